"""The pages of what was: all editions of a unit, any two of them compared, one restored."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, HttpResponseNotAllowed, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.utils import timezone

from guide.admin.press_forms import CompareForm, PlansForm, WithdrawForm, day_of
from guide.admin.proofs import has_proof
from guide.admin.unit_pages import desk_page, planned, seen, unit_or_404
from guide.models import Edition, Unit, Verdict
from guide.pages.rows import RowData, digest
from guide.publishing.changes import changes
from guide.publishing.hands import sign
from guide.publishing.press import restore
from guide.publishing.rows import RowError, rows_of
from guide.publishing.submissions import why_not_theirs

if TYPE_CHECKING:
    from guide.admin.units import UnitAdmin

#: The desk, where a number names an edition.
DESK = "desk"


def editions_page(desk: UnitAdmin, request: HttpRequest, pk: int) -> HttpResponse:
    """List what was published, planned and kept, newest first."""
    return show_editions(desk, request, unit_or_404(desk, request, pk))


def show_editions(
    desk: UnitAdmin, request: HttpRequest, unit: Any, **sent_forms: Any
) -> HttpResponse:
    """Render the list, with a form to withdraw and one to take back plans where they fit."""
    live, plans = desk.live_edition(unit), planned(unit)
    found = desk.editions(unit).defer("rows", "card").select_related("submission__verdict")
    context = {
        "original": unit,
        "editions": [(one, state_of(one, live, plans)) for one in found.order_by("-number")],
        "live": live,
        "has_proof": has_proof(unit.kind),
        "planned": plans,
        "withdraw_form": WithdrawForm(planned=plans, auto_id="withdraw_%s"),
        "plans_form": PlansForm(newest=seen(unit, unit.version), auto_id="plans_%s"),
        "may_take_away": not why_not_theirs(request.user, unit, ()),
        "may_change": desk.has_change_permission(request, unit),
        "may_read": request.user.has_perm("guide.view_edition"),
        **sent_forms,
    }
    return desk_page(desk, request, "editions", "Editions", context)


def state_of(edition: Edition, live: Edition | None, plans: list[Edition]) -> str:
    """Return what became of an edition, in words."""
    if live and edition.pk == live.pk:
        return "Live"
    if edition.withdrawn:
        return "Withdrawn"
    if edition in plans:
        return f"Planned for {day_of(edition)}"
    if edition.live_from is None:
        return _proof_state(edition)
    return "Never went live" if edition.live_from > timezone.now() else "Replaced"


def _proof_state(edition: Edition) -> str:
    submission = getattr(edition, "submission", None)
    if submission is None:
        return "Kept, not public"
    verdict: Verdict | None = getattr(submission, "verdict", None)
    if verdict is None:
        return "Proof, waiting for a check"
    return f"Proof, {verdict.get_outcome_display().lower()}"


def compare_page(desk: UnitAdmin, request: HttpRequest, pk: int) -> HttpResponse:
    """Show what changed from one edition to another, or to the desk. Two selects, no script."""
    if not request.user.has_perm("guide.view_edition"):
        raise PermissionDenied
    unit = unit_or_404(desk, request, pk)
    editions = list(desk.editions(unit).defer("rows", "card").order_by("-number"))
    choices = [(DESK, "The desk now"), *((str(one.number), _named(one)) for one in editions)]
    live = desk.live_edition(unit)
    first = live or (editions[0] if editions else None)
    given = {"old": str(first.number) if first else DESK, "new": DESK, **request.GET.dict()}
    form = CompareForm(given, choices)
    context: dict[str, Any] = {"original": unit, "form": form}
    if form.is_valid():
        old, new = (_rows(desk, unit, form.cleaned_data[name]) for name in ("old", "new"))
        names = dict(choices)
        context |= {
            "changes": changes(old, new),
            "from": names[form.cleaned_data["old"]],
            "to": names[form.cleaned_data["new"]],
        }
    return desk_page(desk, request, "compare", "Compare", context)


def _named(edition: Edition) -> str:
    who = f" by {edition.who}" if edition.who else ""
    day = timezone.localtime(edition.at).strftime("%-d %b %Y")
    return f"Edition {edition.number}, {day}{who}"


def _rows(desk: UnitAdmin, unit: Unit, name: str) -> list[RowData]:
    if name == DESK:
        return rows_of(unit)
    rows: list[RowData] = desk.editions(unit).get(number=int(name)).rows
    return rows


def restore_page(desk: UnitAdmin, request: HttpRequest, pk: int, number: int) -> HttpResponse:
    """Put an edition back on the desk as a draft. POST only."""
    unit = unit_or_404(desk, request, pk)
    if not desk.has_change_permission(request, unit):
        raise PermissionDenied
    if request.method != "POST":
        return HttpResponseNotAllowed(["POST"])
    edition = get_object_or_404(desk.editions(unit), number=number)
    if edition.digest == digest(rows_of(unit)):
        messages.info(request, f"Nothing to restore: the desk says all of edition {number}.")
        return HttpResponseRedirect(desk.page("editions", unit))
    try:
        restore(edition, who=request.user.get_username())
    except RowError as error:
        messages.error(request, f"Edition {number} no longer fits: {error}")
        return HttpResponseRedirect(desk.page("editions", unit))
    sign(unit, request.user)
    desk.log_change(request, unit, f"Restored edition {number} as a draft")
    messages.success(
        request, f"Edition {number} is back on the desk as a draft. Readers see no change yet."
    )
    return HttpResponseRedirect(desk.page("change", unit))
