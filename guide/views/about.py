from __future__ import annotations

from functools import partial

from django.http import HttpRequest, HttpResponse

from guide.reading import claims as claims_reading
from guide.reading import how_we_write as writing
from guide.reading import sources as sources_reading
from guide.reading.accessibility import CHECKS
from guide.reading.live import NotLive, stamp
from guide.views.page import moved_or_gone, page, read_only
from guide.views.paging import asked_page, page_number


@read_only
def about(request: HttpRequest) -> HttpResponse:
    now = stamp()
    return page(request, "guide/about/about.html", now, {"texts": writing.texts(now)})


@read_only
def how_we_write(request: HttpRequest) -> HttpResponse:
    now = stamp()
    context = {
        "how": writing.how_we_write(now),
        "texts": writing.texts(now),
        "confirmed": sources_reading.CONFIRMED.values(),
    }
    return page(request, "guide/about/how_we_write.html", now, context)


@read_only
def sources(request: HttpRequest) -> HttpResponse:
    now = stamp()
    found = asked_page(request, partial(sources_reading.sources, now))
    return page(request, "guide/about/sources.html", now, {"page": found})


@read_only
def source(request: HttpRequest, slug: str) -> HttpResponse:
    """Show a source with what rests on it."""
    now = stamp()
    try:
        found = sources_reading.source(now, slug, page_number(request))
    except NotLive:
        return moved_or_gone(request, now, "source", slug)
    return page(request, "guide/about/source.html", now, {"page": found})


@read_only
def claims(request: HttpRequest) -> HttpResponse:
    now = stamp()
    found = asked_page(request, partial(claims_reading.listed, now))
    return page(request, "guide/about/claims.html", now, {"page": found})


@read_only
def claim(request: HttpRequest, slug: str) -> HttpResponse:
    """Show what was found of a claim, and where the guide deals with it."""
    now = stamp()
    try:
        found = claims_reading.claim(now, slug, page_number(request))
    except NotLive:
        return moved_or_gone(request, now, "claim", slug)
    return page(request, "guide/about/claim.html", now, {"page": found})


@read_only
def privacy(request: HttpRequest) -> HttpResponse:
    return page(request, "guide/about/privacy.html", stamp(), {})


@read_only
def accessibility(request: HttpRequest) -> HttpResponse:
    return page(request, "guide/about/accessibility.html", stamp(), {"checks": CHECKS})
