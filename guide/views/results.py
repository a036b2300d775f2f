"""What the answers come to: on a page for the reader, and on one sheet for a doctor."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse

from guide.reading import questionnaires, results
from guide.reading.live import live
from guide.triage import Level, aloud, as_text, assess, summarize, voice, walk
from guide.triage.summary import TO_FILL_IN
from guide.views import answers
from guide.views.page import page, read_only
from guide.views.questionnaires import answer_rows, if_live


@if_live
@read_only
def result(request: HttpRequest, slug: str) -> HttpResponse:
    now = live()
    _, flow = questionnaires.flow(now, slug)
    path = walk(flow, answers.read(request, now, slug).answers)
    if not path.kept:
        return HttpResponseRedirect(reverse("check", args=[slug]))
    found = assess(flow, path.kept)
    calm = found.level <= Level.DOCTOR
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
        "next": path.next,
    }
    return page(request, "guide/questionnaires/result.html", now, context)


@if_live
@read_only
def summary(request: HttpRequest, slug: str) -> HttpResponse:
    """Show the answers on one sheet; in an emergency the result, so that nothing delays."""
    now = live()
    _, flow = questionnaires.flow(now, slug)
    path = walk(flow, answers.read(request, now, slug).answers)
    if not path.kept or assess(flow, path.kept).level is Level.EMERGENCY:
        return HttpResponseRedirect(reverse("check_result", args=[slug]))
    sheet = summarize(flow, path.kept)
    context = {
        "flow": flow,
        "sheet": sheet,
        "to_fill_in": TO_FILL_IN,
        "text": as_text(sheet),
    }
    return page(request, "guide/questionnaires/summary.html", now, context)
