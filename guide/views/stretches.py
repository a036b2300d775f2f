from __future__ import annotations

from django.http import HttpRequest, HttpResponse

from guide.reading import positions, stretches
from guide.reading.live import NotLive, live
from guide.views.page import gone, page, read_only


@read_only
def library(request: HttpRequest) -> HttpResponse:
    now = live()
    filters = stretches.filters(request.GET.dict())
    found = stretches.filtered(stretches.library(now), filters)
    context = {
        "filters": filters,
        "chosen": {found["name"]: found["chosen"] for found in filters if found["chosen"]},
        "stretches": found,
        "shown": positions.shown(found),
    }
    return page(request, "guide/stretches/library.html", now, context)


@read_only
def stretch(request: HttpRequest, slug: str) -> HttpResponse:
    now = live()
    try:
        found = stretches.stretch(now, slug)
    except NotLive:
        return gone(request, now, "stretch", slug)
    return page(request, "guide/stretches/stretch.html", now, {"page": found})
