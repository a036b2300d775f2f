from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse

from guide.pages import structured
from guide.reading import articles
from guide.reading.live import NotLive, stamp
from guide.views.page import page, read_only


@read_only
def get_help(request: HttpRequest) -> HttpResponse:
    now = stamp()
    try:
        found = articles.warning_signs(now)
    except NotLive as error:
        raise Http404 from error
    described = structured.medical_page(found["checked"], found["updated"])
    context = {"section": found, "described_as": described}
    return page(request, "guide/help/help.html", now, context)
