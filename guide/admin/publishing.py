"""The pages of the press: publish, withdraw, and take back what was planned.

Each is a plain function. `desk` is the UnitAdmin whose unit it is, and every page checks on
the server who asks.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING, Any

from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import (
    HttpRequest,
    HttpResponse,
    HttpResponseNotAllowed,
    HttpResponseRedirect,
)

from guide.admin.history import show_editions
from guide.admin.press_forms import PlansForm, PublishForm, WithdrawForm, day_of
from guide.admin.unit_pages import desk_page, newest_of, planned, posted, seen, unit_or_404
from guide.drawing import draw_soon
from guide.models import Edition, Unit
from guide.publishing.changes import changes
from guide.publishing.guards import refusals
from guide.publishing.press import Changed, Refused, publish, take_back_plans, withdraw
from guide.publishing.rows import rows_of
from guide.publishing.submissions import why_not_theirs, why_not_unchecked

if TYPE_CHECKING:
    from guide.admin.units import UnitAdmin


def publish_page(desk: UnitAdmin, request: HttpRequest, pk: int) -> HttpResponse:
    """Show what changed since the live edition; publish it on POST."""
    unit = unit_or_404(desk, request, pk)
    live, rows = desk.live_edition(unit), rows_of(unit)
    if why_not_unchecked(request.user, unit, rows):
        raise PermissionDenied
    found = changes(live.rows if live else [], rows)
    if live and live.version == unit.version and not found:
        messages.info(request, f"Nothing to publish: edition {live.number} says all of this.")
        return HttpResponseRedirect(desk.page("change", unit))
    plans = planned(unit)
    form = PublishForm(posted(request), planned=plans, newest=seen(unit, unit.version))
    if form.is_valid() and published(desk, request, unit, form, partial(publish, unit)):
        return HttpResponseRedirect(desk.page("change", unit))
    context = {
        "original": unit,
        "form": form,
        "live": live,
        "planned": plans,
        "changes": found,
        "refusals": [] if form.is_bound else refusals(unit.kind, unit.slug, rows),
    }
    return desk_page(desk, request, "publish", "Publish", context)


def published(
    desk: UnitAdmin,
    request: HttpRequest,
    unit: Unit,
    form: PublishForm,
    press: Callable[..., Edition],
) -> bool:
    """Press what the form says and tell it. Where it was refused, the form says why."""
    cleaned = form.cleaned_data
    edition = pressed(
        form,
        "Not published",
        lambda: press(
            who=request.user.get_username(),
            note=cleaned["note"],
            live_from=cleaned["live_from"],
            newest=newest_of(cleaned["version"]),
        ),
    )
    if edition:
        _say_published(desk, request, unit, edition)
    return bool(edition)


def pressed(form: forms.Form, refused: str, press: Callable[[], Edition]) -> Edition | None:
    """Return what a press made. Where it was refused, say why on the form and return None."""
    try:
        edition = press()
    except Refused as error:
        form.add_error(None, [f"{refused}. {reason}" for reason in error.reasons])
    except Changed:
        form.add_error(None, f"{refused}: it was changed at this very moment. Look again.")
    else:
        draw_soon()
        return edition
    return None


def _say_published(desk: UnitAdmin, request: HttpRequest, unit: Unit, edition: Edition) -> None:
    """Tell who pressed, and the trail, what readers see from now on or from when."""
    plans = {plan.pk for plan in planned(unit)}
    if edition.pk in plans:
        words, when = "Planned", f"Readers see edition {edition.number} from {day_of(edition)} on."
    else:
        words, when = "Published", f"Readers see edition {edition.number} now."
    desk.log_change(request, unit, f"{words} edition {edition.number}: {edition.note}")
    messages.success(request, f"{words}. {when}")


def withdraw_page(desk: UnitAdmin, request: HttpRequest, pk: int) -> HttpResponse:
    """Take a unit away from readers. POST only."""
    unit = _to_take_away(desk, request, pk)
    if request.method != "POST":
        return HttpResponseNotAllowed(["POST"])
    form = WithdrawForm(request.POST, planned=planned(unit), auto_id="withdraw_%s")
    if form.is_valid() and _withdrawn(desk, request, unit, form):
        return HttpResponseRedirect(desk.page("editions", unit))
    return show_editions(desk, request, unit, withdraw_form=form)


def _withdrawn(desk: UnitAdmin, request: HttpRequest, unit: Unit, form: WithdrawForm) -> bool:
    message, who = form.cleaned_data["message"], request.user.get_username()
    if pressed(form, "Not withdrawn", lambda: withdraw(unit, message=message, who=who)):
        desk.log_change(request, unit, f"Withdrew it: {message}")
        messages.success(request, "Withdrawn. Readers no longer see it.")
        return True
    return False


def plans_page(desk: UnitAdmin, request: HttpRequest, pk: int) -> HttpResponse:
    """Take back what was planned, so that readers go on seeing what they see. POST only."""
    unit = _to_take_away(desk, request, pk)
    if request.method != "POST":
        return HttpResponseNotAllowed(["POST"])
    form = PlansForm(request.POST, newest=seen(unit, unit.version), auto_id="plans_%s")
    plans = planned(unit)
    if plans and form.is_valid() and _taken_back(desk, request, unit, form, plans[0]):
        return HttpResponseRedirect(desk.page("editions", unit))
    return show_editions(desk, request, unit, plans_form=form)


def _taken_back(
    desk: UnitAdmin, request: HttpRequest, unit: Unit, form: PlansForm, plan: Edition
) -> bool:
    note, newest = form.cleaned_data["note"], newest_of(form.cleaned_data["version"])
    who = request.user.get_username()
    if pressed(
        form,
        "Not taken back",
        lambda: take_back_plans(plan, who=who, note=note, newest=newest),
    ):
        desk.log_change(request, unit, f"Took back what was planned: {note}")
        messages.success(request, "Taken back. Nothing goes live by itself any more.")
        return True
    return False


def _to_take_away(desk: UnitAdmin, request: HttpRequest, pk: int) -> Any:
    unit = unit_or_404(desk, request, pk)
    if why_not_theirs(request.user, unit, ()):
        raise PermissionDenied
    return unit
