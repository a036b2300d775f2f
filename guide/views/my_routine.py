"""A routine that lives in its link: to follow, to change, on paper and in a calendar.

The server keeps nothing of it, not even its page. Every change leads to another link.
"""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.cache import cache_control

from guide.pages import calendar_file
from guide.pages.qr import qr_html
from guide.pages.routine_link import REPEATS, STRETCHES_AT_MOST, edited, written
from guide.reading import cramp
from guide.reading import my_routine as reading
from guide.reading.addresses import site
from guide.reading.live import stamp
from guide.views.page import page, read_only


def link_to(held: str) -> str:
    return f"{reverse('my_routine')}?s={held}"


@read_only
@cache_control(no_cache=True)
def my_routine(request: HttpRequest) -> HttpResponse:
    now = stamp()
    found = reading.asked(now, request.GET.get("s", ""))
    changed = edited(found.steps, request.GET.dict())
    if changed is not None:
        return HttpResponseRedirect(f"{link_to(written(changed))}#change")
    context: dict[str, Any] = {
        "page": reading.my_routine(now, found.steps),
        "notes": found.notes,
    }
    if found.steps:
        context |= {"repeats": REPEATS, "full": len(found.steps) == STRETCHES_AT_MOST}
        return page(request, "guide/routines/my_routine.html", now, context)
    context |= {"start_from": reading.to_start_from(now), "emptied": "s" in request.GET}
    return page(request, "guide/routines/no_routine.html", now, context)


@read_only
@cache_control(no_cache=True)
def stretch_sheets(request: HttpRequest) -> HttpResponse:
    """Show stretches to print, two to a page."""
    now = stamp()
    found = reading.asked(now, request.GET.get("s", ""))
    context = {"page": reading.my_routine(now, found.steps), "notes": found.notes}
    return page(request, "guide/routines/stretch_sheets.html", now, context)


@read_only
@cache_control(no_cache=True)
def bedside_card(request: HttpRequest) -> HttpResponse:
    """Show one sheet for the night: help for a cramp, the reader's routine, their numbers."""
    now = stamp()
    steps = reading.asked(now, request.GET.get("s", "")).steps
    context = {
        "page": reading.my_routine(now, steps),
        "muscles": cramp.muscles(now),
        "qr_html": qr_html(site(request) + reverse("cramp")),
    }
    return page(request, "guide/cramp/card.html", now, context)


@read_only
def six_weeks(request: HttpRequest) -> HttpResponse:
    """Send a calendar file with the routine every evening, at the reader's time."""
    now = stamp()
    steps = reading.asked(now, request.GET.get("s", "")).steps
    if not steps:
        return HttpResponseRedirect(reverse("my_routine"))
    text = calendar_file.six_weeks(
        site(request) + link_to(written(steps)),
        calendar_file.start(
            request.GET.get("from", ""), request.GET.get("at", ""), timezone.localdate()
        ),
        reading.my_routine(now, steps)["minutes"],
        alarm="alarm" in request.GET,
        made=now.now,
    )
    headers = {
        "Content-Disposition": 'attachment; filename="evening-routine.ics"',
        "X-Robots-Tag": "noindex",
    }
    return HttpResponse(text, "text/calendar; charset=utf-8", headers=headers)
