from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from guide.reading import stretches
from guide.reading.live import NotLive, live
from guide.views.page import page


@require_safe
def routines(request: HttpRequest) -> HttpResponse:
    now = live()
    context = {"routines": stretches.routines(now)}
    return page(request, "guide/routines/routines.html", now, context)


@require_safe
def routine(request: HttpRequest, slug: str) -> HttpResponse:
    now = live()
    try:
        found = stretches.routine(now, slug)
    except NotLive as error:
        raise Http404 from error
    return page(request, "guide/routines/routine.html", now, {"page": found})
