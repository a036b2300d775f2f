"""The page that gives a published unit another address."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect

from guide.admin.press_forms import RenameForm
from guide.admin.unit_pages import desk_page, may_publish, posted, unit_or_404
from guide.drawing import draw_soon
from guide.models import Moved, former
from guide.publishing.hands import sign
from guide.publishing.press import Changed, Refused
from guide.publishing.rename import fixed, rename
from guide.publishing.rows import rows_of
from guide.publishing.submissions import TOLD_BY_ROWS, why_not_theirs
from guide.publishing.uses import live_uses

if TYPE_CHECKING:
    from guide.admin.units import UnitAdmin


def may_rename(request: HttpRequest, desk: UnitAdmin, unit: Any) -> bool:
    """Tell whether who asks may rename a unit. Before it is published its slug is a field."""
    allowed = may_publish(request) and desk.has_change_permission(request, unit)
    if not (unit.may_move and allowed and desk.editions(unit).exists()):
        return False
    rows = rows_of(unit) if unit.kind in TOLD_BY_ROWS else ()
    return not why_not_theirs(request.user, unit, rows)


def rename_page(desk: UnitAdmin, request: HttpRequest, pk: int) -> HttpResponse:
    """Show what would lead where; rename it on POST."""
    unit = unit_or_404(desk, request, pk)
    if not may_rename(request, desk, unit):
        raise PermissionDenied
    form = RenameForm(posted(request))
    if form.is_valid() and _renamed(desk, request, unit, form):
        return HttpResponseRedirect(desk.page("change", unit))
    live = desk.live_edition(unit)
    context = {
        "original": unit,
        "form": form,
        "refusals": fixed(unit),
        "address": desk.address(live) if live else "",
        "former": former(Moved.objects.names(), unit.kind, unit.slug),
        "users": [(use.name[0], use.title) for use in live_uses(unit.kind, unit.slug)],
    }
    return desk_page(desk, request, "rename", "Rename", context)


def _renamed(desk: UnitAdmin, request: HttpRequest, unit: Any, form: RenameForm) -> bool:
    old, new = unit.slug, form.cleaned_data["slug"]
    try:
        rename(unit, new, who=request.user.get_username())
    except Refused as error:
        form.add_error("slug", [f"Not renamed. {reason}" for reason in error.reasons])
        return False
    except Changed:
        form.add_error(None, "Not renamed: it was edited at this very moment. Try again.")
        return False
    draw_soon()
    sign(unit, request.user, wrote=False)
    desk.log_change(request, unit, f"Renamed from {old} to {new}")
    messages.success(request, f"Renamed. The address “{old}” leads to “{new}” from now on.")
    return True
