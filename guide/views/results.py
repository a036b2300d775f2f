"""What the answers come to: on a page for the reader, and on one sheet for a doctor."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect

from guide.reading import results
from guide.triage import Level, aloud, as_text, summarize, voice
from guide.triage.summary import TO_FILL_IN
from guide.views.page import page, read_only
from guide.views.questionnaires import address, answer_rows, if_live, next_address
from guide.views.sitting import Sitting, sitting, weigh


@if_live
@read_only
def result(request: HttpRequest, slug: str) -> HttpResponse:
    at = sitting(request, slug)
    now, (flow, path, found) = at.live, weigh(at)
    calm = found.level <= Level.DOCTOR
    if calm and (instead := _instead_of_calm(at)):
        return HttpResponseRedirect(instead)
    read_next = results.read_next(now, found)
    context = {
        "flow": flow,
        "voice": voice(flow),
        "level": found.level.slug,
        "found": found,
        "aloud": aloud(flow, found),
        "out_of_scope": results.out_of_scope(found, read_next),
        "read_next": read_next,
        "tonight": results.tonight(now, found, read_next) if calm else None,
        "cautions": results.raised(now, found.cautions),
        "would_change": results.would_change(found),
        "rows": answer_rows(flow, path),
        "open_warning": any(asked.warning for asked in found.not_asked),
        "next": at.path.next,
        "asked_anew": at.asked_anew,
        "by_earlier": flow is not at.flow,
    }
    return page(request, "guide/questionnaires/result.html", now, context)


def _instead_of_calm(at: Sitting) -> str:
    """Return where to go before anybody is told that all is calm; nowhere if that may be told.

    A warning sign whose question changed half-way is asked first.
    """
    if not at.path.kept:
        return address("check", at.flow.slug)
    again = [asked for before in at.earlier for asked in before.again]
    return next_address(at.flow.slug, at.path) if any(asked.warning for asked in again) else ""


@if_live
@read_only
def summary(request: HttpRequest, slug: str) -> HttpResponse:
    """Show the answers on one sheet; in an emergency the result, so that nothing delays."""
    at = sitting(request, slug)
    flow, path, found = weigh(at)
    if not path.kept or found.level is Level.EMERGENCY:
        return HttpResponseRedirect(address("check_result", slug))
    sheet = summarize(flow, path.kept)
    context = {
        "flow": flow,
        "sheet": sheet,
        "to_fill_in": TO_FILL_IN,
        "text": as_text(sheet),
        "next": at.path.next,
        "asked_anew": at.asked_anew,
        "by_earlier": flow is not at.flow,
    }
    return page(request, "guide/questionnaires/summary.html", at.live, context)
