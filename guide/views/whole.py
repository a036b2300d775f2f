"""The whole guide on one page, to print: the same for everyone, so it is rendered once."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.template.loader import render_to_string

from guide.reading import cards
from guide.reading import whole as reading
from guide.reading.keeping import kept
from guide.reading.live import Live, stamp
from guide.views.page import page, read_only


@read_only
def whole(request: HttpRequest) -> HttpResponse:
    now = stamp()
    return page(request, "guide/whole/whole.html", now, {"whole_html": _whole_html(now)})


@kept
def _whole_html(live: Live) -> str:
    """Render all between the frame of the page: it is as long as all other pages together."""
    shared = {"countries": cards.countries(live), "words": cards.words(live)}
    return render_to_string("guide/whole/_all.html", {"guide": reading.whole(live), **shared})
