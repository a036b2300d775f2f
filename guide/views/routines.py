from __future__ import annotations

from django.http import HttpRequest, HttpResponse

from guide.pages import structured
from guide.reading import positions
from guide.reading import routines as reading
from guide.reading.live import NotLive, stamp
from guide.views.page import moved_or_gone, page, read_only


@read_only
def routines(request: HttpRequest) -> HttpResponse:
    now = stamp()
    found = reading.routines(now)
    context = {"routines": found, "shown": positions.shown(found)}
    return page(request, "guide/routines/routines.html", now, context)


@read_only
def routine(request: HttpRequest, slug: str) -> HttpResponse:
    now = stamp()
    try:
        found = reading.routine(now, slug)
    except NotLive:
        return moved_or_gone(request, now, "routine", slug)
    described = structured.medical_page(found["checked"], found["updated"])
    context = {"page": found, "described_as": described}
    return page(request, "guide/routines/routine.html", now, context)
