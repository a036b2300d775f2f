from __future__ import annotations

from django.http import HttpRequest, HttpResponse

from guide.pages import doses, structured
from guide.pages.countries import plain
from guide.reading import positions, stretches
from guide.reading.live import NotLive, stamp
from guide.views.page import moved_or_gone, page, read_only


@read_only
def library(request: HttpRequest) -> HttpResponse:
    now = stamp()
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
    now = stamp()
    try:
        found = stretches.stretch(now, slug)
    except NotLive:
        return moved_or_gone(request, now, "stretch", slug)
    context = {"page": found, "described_as": _described(found)}
    return page(request, "guide/stretches/stretch.html", now, context)


def _described(found: stretches.StretchPage) -> structured.Thing:
    text = found["text"]
    _, seconds = doses.seconds(text["dose"])
    done = structured.how_to(
        text["name"],
        plain(text["summary"], []),
        [plain(step, []) for step in text["steps"]],
        seconds=seconds,
        tool=text["equipment"],
    )
    return structured.medical_page(text["checked"], found["updated"]) | {"mainEntity": done}
