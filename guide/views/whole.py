"""The whole guide to print: the same for everyone, so it is rendered once."""

from __future__ import annotations

from functools import partial
from typing import NamedTuple

from django.http import HttpRequest, HttpResponse
from django.template.loader import render_to_string

from guide.reading import cards
from guide.reading import whole as reading
from guide.reading.keeping import kept_few
from guide.reading.live import Live, stamp
from guide.views.page import page, read_only
from guide.views.paging import asked_page, page_number


class _Drawn(NamedTuple):
    """All between the frame of a page, and whether there are more pages."""

    text_html: str
    has_more: bool


@read_only
def whole(request: HttpRequest) -> HttpResponse:
    now, number = stamp(), page_number(request)
    drawn = asked_page(request, partial(_drawn, now))
    is_one = number == 1 and not drawn.has_more
    context = {"number": number, "drawn": drawn, "is_one": is_one}
    return page(request, "guide/whole/whole.html", now, context)


@kept_few
def _drawn(live: Live, number: int) -> _Drawn:
    """Render a page: it is as long as many articles together."""
    guide = reading.whole(live, number)
    shared = {"countries": cards.countries(live), "words": cards.words(live)}
    text_html = render_to_string("guide/whole/_all.html", {"guide": guide, **shared})
    return _Drawn(text_html, guide["has_more"])
