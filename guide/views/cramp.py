from __future__ import annotations

from django.http import HttpRequest, HttpResponse

from guide.reading import cramp as reading
from guide.reading.live import stamp
from guide.views.page import page, read_only


@read_only
def cramp(request: HttpRequest) -> HttpResponse:
    now = stamp()
    return page(request, "guide/cramp/cramp.html", now, {"page": reading.cramp(now)})


@read_only
def rest(request: HttpRequest) -> HttpResponse:
    return page(request, "guide/cramp/rest.html", stamp(), {})
