"""The pages of the press: publish, editions, withdraw, restore. Each is plain functions.

`desk` is the UnitAdmin whose unit it is. Every page checks on the server who asks.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import (
    Http404,
    HttpRequest,
    HttpResponse,
    HttpResponseNotAllowed,
    HttpResponseRedirect,
)
from django.shortcuts import get_object_or_404
from django.template.response import TemplateResponse
from django.utils import timezone

from guide.admin.desk import sign
from guide.admin.forms import PublishForm, WithdrawForm
from guide.models import Moved, Unit, renamed
from guide.pages.rows import digest
from guide.publishing.changes import changes
from guide.publishing.guards import refusals
from guide.publishing.press import Changed, Refused, publish, restore, withdraw
from guide.publishing.rows import RowError, rows_of

if TYPE_CHECKING:
    from guide.admin.units import UnitAdmin


def may_publish(request: HttpRequest) -> bool:
    """Tell whether who asks may publish and withdraw."""
    return request.user.has_perm("guide.publish")


def publish_page(desk: UnitAdmin, request: HttpRequest, pk: int) -> HttpResponse:
    """Show what changed since the live edition; publish it on POST."""
    unit = unit_or_404(desk, request, pk)
    if not may_publish(request):
        raise PermissionDenied
    live, rows = desk.live_edition(unit), rows_of(unit)
    found = changes(renamed(live.rows, Moved.objects.names()) if live else [], rows)
    if live and live.version == unit.version and not found:
        messages.info(request, f"Nothing to publish: edition {live.number} says all of this.")
        return HttpResponseRedirect(desk.page("change", unit))
    form = PublishForm(posted(request), newest=unit.version)
    if form.is_valid() and _published(desk, request, unit, form):
        return HttpResponseRedirect(desk.page("change", unit))
    context = {
        "original": unit,
        "form": form,
        "live": live,
        "changes": found,
        "refusals": [] if form.is_bound else refusals(unit.kind, unit.slug, rows),
    }
    return desk_page(desk, request, "publish", context)


def _published(desk: UnitAdmin, request: HttpRequest, unit: Unit, form: PublishForm) -> bool:
    note = form.cleaned_data["note"]
    try:
        edition = publish(unit, who=request.user.get_username(), note=note)
    except Refused as error:
        form.add_error(None, [f"Not published. {reason}" for reason in error.reasons])
        return False
    except Changed:
        form.add_error(None, "Not published: it was edited at this very moment. Publish again.")
        return False
    desk.log_change(request, unit, f"Published edition {edition.number}: {note}")
    messages.success(request, f"Published. Readers see edition {edition.number} now.")
    return True


def editions_page(desk: UnitAdmin, request: HttpRequest, pk: int) -> HttpResponse:
    """List what was published and kept, newest first."""
    return _editions(desk, request, unit_or_404(desk, request, pk), WithdrawForm())


def withdraw_page(desk: UnitAdmin, request: HttpRequest, pk: int) -> HttpResponse:
    """Take a unit away from readers. POST only."""
    unit = unit_or_404(desk, request, pk)
    if not may_publish(request):
        raise PermissionDenied
    if request.method != "POST":
        return HttpResponseNotAllowed(["POST"])
    form = WithdrawForm(request.POST)
    if form.is_valid() and _withdrawn(desk, request, unit, form):
        return HttpResponseRedirect(desk.page("editions", unit))
    return _editions(desk, request, unit, form)


def _withdrawn(desk: UnitAdmin, request: HttpRequest, unit: Unit, form: WithdrawForm) -> bool:
    message = form.cleaned_data["message"]
    try:
        withdraw(unit, message=message, who=request.user.get_username())
    except Refused as error:
        form.add_error(None, [f"Not withdrawn. {reason}" for reason in error.reasons])
        return False
    except Changed:
        form.add_error(None, "Not withdrawn: it was edited at this very moment. Try again.")
        return False
    desk.log_change(request, unit, f"Withdrew it: {message}")
    messages.success(request, "Withdrawn. Readers no longer see it.")
    return True


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


def unit_or_404(desk: UnitAdmin, request: HttpRequest, pk: int) -> Any:
    """Return a unit that who asks may see."""
    unit = desk.get_object(request, str(pk))
    if not desk.has_view_permission(request, unit):
        raise PermissionDenied
    if unit is None:
        raise Http404
    return unit


def posted(request: HttpRequest) -> Any:
    """Return what a form is bound to: nothing, unless it was sent."""
    return request.POST if request.method == "POST" else None


def _editions(desk: UnitAdmin, request: HttpRequest, unit: Any, form: WithdrawForm) -> HttpResponse:
    context = {
        "original": unit,
        "editions": desk.editions(unit).defer("rows", "card").order_by("-number"),
        "live": desk.live_edition(unit),
        "now": timezone.now(),
        "form": form,
        "may_publish": may_publish(request),
        "may_change": desk.has_change_permission(request, unit),
        "may_read": request.user.has_perm("guide.view_edition"),
    }
    return desk_page(desk, request, "editions", context)


def desk_page(
    desk: UnitAdmin, request: HttpRequest, name: str, context: dict[str, Any]
) -> HttpResponse:
    """Answer with one of the pages of the press; `name` is its template and its title."""
    shared = {
        **desk.admin_site.each_context(request),
        "title": name.capitalize(),
        "subtitle": str(context["original"]),
        "opts": desk.opts,
    }
    return TemplateResponse(request, f"admin/guide/{name}.html", {**shared, **context})
