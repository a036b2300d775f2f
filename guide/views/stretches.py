from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from guide.reading import stretches
from guide.reading.live import NotLive, live
from guide.views.page import page


@require_safe
def library(request: HttpRequest) -> HttpResponse:
    now = live()
    filters = stretches.filters(request.GET.dict())
    context = {
        "filters": filters,
        "chosen": {found["name"]: found["chosen"] for found in filters if found["chosen"]},
        "stretches": stretches.filtered(stretches.library(now), filters),
    }
    return page(request, "guide/stretches/library.html", now, context)


@require_safe
def stretch(request: HttpRequest, slug: str) -> HttpResponse:
    now = live()
    try:
        found = stretches.stretch(now, slug)
    except NotLive as error:
        raise Http404 from error
    return page(request, "guide/stretches/stretch.html", now, {"page": found})


@require_safe
def cramp(request: HttpRequest) -> HttpResponse:
    now = live()
    return page(request, "guide/stretches/cramp.html", now, {"page": stretches.cramp(now)})
