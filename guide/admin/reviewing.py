"""Four eyes: the pages on which an editor submits, and another person checks that proof."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, HttpResponseNotAllowed, HttpResponseRedirect

from guide.admin.press_forms import PublishForm, SendBackForm, SubmitForm
from guide.admin.proofs import has_proof
from guide.admin.publishing import published
from guide.admin.unit_pages import (
    desk_page,
    may_publish,
    planned,
    posted,
    seen,
    unit_or_404,
)
from guide.models import Submission, Unit
from guide.publishing.changes import changes
from guide.publishing.guards import refusals
from guide.publishing.press import Changed
from guide.publishing.rows import rows_of
from guide.publishing.submissions import (
    overtaken,
    publish_submission,
    send_back,
    submit,
    waiting,
    why_not,
)

if TYPE_CHECKING:
    from guide.admin.units import UnitAdmin


def submit_page(desk: UnitAdmin, request: HttpRequest, pk: int) -> HttpResponse:
    """Show what changed since the live edition; ask somebody else to check it on POST."""
    unit = unit_or_404(desk, request, pk)
    if not desk.has_change_permission(request, unit):
        raise PermissionDenied
    live, rows = desk.live_edition(unit), rows_of(unit)
    found = changes(live.rows if live else [], rows)
    if live and live.version == unit.version and not found:
        messages.info(request, f"Nothing to check: edition {live.number} says all of this.")
        return HttpResponseRedirect(desk.page("change", unit))
    form = SubmitForm(posted(request), newest=seen(unit, unit.version))
    if form.is_valid() and _submitted(desk, request, unit, form):
        return HttpResponseRedirect(desk.page("change", unit))
    context = {
        "original": unit,
        "form": form,
        "live": live,
        "older": waiting(unit),
        "changes": found,
        "refusals": refusals(unit.kind, unit.slug, rows),
    }
    return desk_page(desk, request, "submit", "Submit for a check", context)


def _submitted(desk: UnitAdmin, request: HttpRequest, unit: Unit, form: SubmitForm) -> bool:
    note = form.cleaned_data["note"]
    try:
        submission = submit(unit, user=request.user, note=note)  # type: ignore[arg-type]
    except Changed:
        form.add_error(None, "Not submitted: it was changed at this very moment. Look again.")
        return False
    desk.log_change(request, unit, f"Submitted proof {submission.proof.number}: {note}")
    messages.success(
        request,
        "Submitted. Somebody else checks it now. You may go on editing: the proof stays as it is.",
    )
    return True


def review_page(desk: UnitAdmin, request: HttpRequest, pk: int) -> HttpResponse:
    """Show the proof of a unit against what is live; publish that proof on POST."""
    unit = unit_or_404(desk, request, pk)
    submission = waiting(unit)
    if submission is None:
        messages.info(request, "Nothing waits for a check here.")
        return HttpResponseRedirect(desk.page("change", unit))
    refused = why_not(request.user, unit, submission)
    if refused and request.method == "POST":
        raise PermissionDenied
    form = _publish_form(unit, submission, posted(request))
    may_press = not refused and not overtaken(submission)
    press = partial(publish_submission, submission)
    if may_press and form.is_valid() and published(desk, request, unit, form, press):
        return HttpResponseRedirect(desk.page("change", unit))
    return _show(desk, request, unit, submission, form=form)


def send_back_page(desk: UnitAdmin, request: HttpRequest, pk: int) -> HttpResponse:
    """Give a proof back with a note on what is still to do. POST only."""
    unit = unit_or_404(desk, request, pk)
    if not may_publish(request):
        raise PermissionDenied
    if request.method != "POST":
        return HttpResponseNotAllowed(["POST"])
    submission = waiting(unit)
    if submission is None:
        messages.info(request, "Nothing waits for a check here.")
        return HttpResponseRedirect(desk.page("change", unit))
    form = _send_back_form(unit, submission, request.POST)
    if not form.is_valid():
        return _show(desk, request, unit, submission, send_back_form=form)
    note = form.cleaned_data["note"]
    try:
        send_back(submission, who=request.user.get_username(), note=note)
    except Changed:
        messages.error(request, "Not sent back: somebody else decided it at this very moment.")
    else:
        desk.log_change(request, unit, f"Sent back proof {submission.proof.number}: {note}")
        messages.success(request, f"Sent back to {submission.proof.who}.")
    return HttpResponseRedirect(desk.page("change", unit))


def _show(
    desk: UnitAdmin, request: HttpRequest, unit: Any, submission: Submission, **sent_forms: Any
) -> HttpResponse:
    proof, live = submission.proof, desk.live_edition(unit)
    context = {
        "original": unit,
        "proof": proof,
        "proof_url": desk.page("edition", unit, proof.number) if has_proof(unit.kind) else "",
        "live": live,
        "planned": planned(unit),
        "changes": changes(live.rows if live else [], proof.rows),
        "refusals": refusals(proof.kind, proof.slug, proof.rows),
        "moved_on": unit.version != proof.version,
        "why_not": why_not(request.user, unit, submission) or overtaken(submission),
        "may_publish": may_publish(request),
        "form": _publish_form(unit, submission, None),
        "send_back_form": _send_back_form(unit, submission, None),
        **sent_forms,
    }
    return desk_page(desk, request, "review", "Read the proof", context)


def _publish_form(unit: Unit, submission: Submission, data: Any) -> PublishForm:
    """The note of who submitted stands in it, for who checks to keep or to better."""
    form = PublishForm(
        data,
        planned=planned(unit),
        newest=seen(unit, submission.proof.number),
        initial={"note": submission.proof.note},
    )
    form.fields["note"].label = "What changed, and why?"
    return form


def _send_back_form(unit: Unit, submission: Submission, data: Any) -> SendBackForm:
    return SendBackForm(data, newest=seen(unit, submission.proof.number), auto_id="back_%s")
