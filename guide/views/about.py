from __future__ import annotations

from django.http import HttpRequest, HttpResponse

from guide.reading.articles import EVIDENCE_LABELS
from guide.reading.live import live
from guide.reading.sources import all_sources
from guide.views.page import page, read_only


@read_only
def about(request: HttpRequest) -> HttpResponse:
    return page(request, "guide/about/about.html", live(), {})


@read_only
def how_we_write(request: HttpRequest) -> HttpResponse:
    context = {"evidence": EVIDENCE_LABELS}
    return page(request, "guide/about/how_we_write.html", live(), context)


@read_only
def sources(request: HttpRequest) -> HttpResponse:
    now = live()
    return page(request, "guide/about/sources.html", now, {"sources": all_sources(now)})


@read_only
def privacy(request: HttpRequest) -> HttpResponse:
    return page(request, "guide/about/privacy.html", live(), {})


@read_only
def accessibility(request: HttpRequest) -> HttpResponse:
    return page(request, "guide/about/accessibility.html", live(), {})
