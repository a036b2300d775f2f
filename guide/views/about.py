from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from guide.reading.articles import EVIDENCE_LABELS
from guide.reading.live import live
from guide.reading.sources import all_sources
from guide.views.page import page


@require_safe
def about(request: HttpRequest) -> HttpResponse:
    return page(request, "guide/about/about.html", live(), {})


@require_safe
def how_we_write(request: HttpRequest) -> HttpResponse:
    context = {"evidence": EVIDENCE_LABELS}
    return page(request, "guide/about/how_we_write.html", live(), context)


@require_safe
def sources(request: HttpRequest) -> HttpResponse:
    now = live()
    return page(request, "guide/about/sources.html", now, {"sources": all_sources(now)})


@require_safe
def privacy(request: HttpRequest) -> HttpResponse:
    return page(request, "guide/about/privacy.html", live(), {})


@require_safe
def accessibility(request: HttpRequest) -> HttpResponse:
    return page(request, "guide/about/accessibility.html", live(), {})
