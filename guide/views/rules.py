"""The questions and rules, in the open: the same page for everyone, so no answer touches it."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.template.loader import render_to_string

from guide.reading import cards
from guide.reading.keeping import kept
from guide.reading.live import Live, stamp
from guide.reading.rules import all_rules
from guide.views.page import page, read_only


@read_only
def rules(request: HttpRequest) -> HttpResponse:
    now = stamp()
    return page(request, "guide/rules/rules.html", now, {"rules_html": _rules_html(now)})


@kept
def _rules_html(live: Live) -> str:
    """Render all between the frame of the page: over a hundred rules take ten times as long
    as an article."""
    context = {"page": all_rules(live), "words": cards.words(live)}
    return render_to_string("guide/rules/_all.html", context)
