from __future__ import annotations

from django.http import HttpRequest, HttpResponse

from guide.reading.accessibility import CHECKS
from guide.reading.claims import by_verdict
from guide.reading.claims import claims as all_claims
from guide.reading.how_we_write import how_we_write as made_how
from guide.reading.live import stamp
from guide.reading.sources import CONFIRMED, all_sources
from guide.views.page import page, read_only


@read_only
def about(request: HttpRequest) -> HttpResponse:
    now = stamp()
    return page(request, "guide/about/about.html", now, {"how": made_how(now)})


@read_only
def how_we_write(request: HttpRequest) -> HttpResponse:
    now = stamp()
    context = {"how": made_how(now), "confirmed": CONFIRMED.values()}
    return page(request, "guide/about/how_we_write.html", now, context)


@read_only
def sources(request: HttpRequest) -> HttpResponse:
    now = stamp()
    return page(request, "guide/about/sources.html", now, {"sources": all_sources(now)})


@read_only
def claims(request: HttpRequest) -> HttpResponse:
    now = stamp()
    found = all_claims(now)
    context = {"verdicts": by_verdict(found), "count": len(found)}
    return page(request, "guide/about/claims.html", now, context)


@read_only
def privacy(request: HttpRequest) -> HttpResponse:
    return page(request, "guide/about/privacy.html", stamp(), {})


@read_only
def accessibility(request: HttpRequest) -> HttpResponse:
    return page(request, "guide/about/accessibility.html", stamp(), {"checks": CHECKS})
