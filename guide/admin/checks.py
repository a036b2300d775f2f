"""Checked by a clinician: one button for those who may say so, and lists that nag kindly."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.utils import timezone

from guide.admin.press_forms import CheckForm
from guide.admin.unit_pages import desk_page, posted, unit_or_404
from guide.models import Unit
from guide.publishing.changes import changes
from guide.publishing.checks import Check
from guide.publishing.hands import sign
from guide.publishing.rows import rows_of

if TYPE_CHECKING:
    from django.db.models import QuerySet

    from guide.admin.units import UnitAdmin


class CheckFilter(admin.SimpleListFilter):
    title = "clinical check"
    parameter_name = "check"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, str]]:
        return [(value, str(label)) for value, label in Check.choices]

    def queryset(self, request: HttpRequest, queryset: QuerySet[Any]) -> QuerySet[Any]:
        value = self.value()
        return queryset.filter(check=value) if value else queryset


def may_check(request: HttpRequest) -> bool:
    """Tell whether who asks may say that a clinician has checked a page."""
    return request.user.has_perm("guide.check")


def check_page(desk: UnitAdmin, request: HttpRequest, pk: int) -> HttpResponse:
    """Ask who has checked the text as it stands on the desk; note it on POST, as of today."""
    unit = unit_or_404(desk, request, pk)
    if not may_check(request):
        raise PermissionDenied
    suggested = unit.checked_by or request.user.get_full_name()  # type: ignore[union-attr]
    with transaction.atomic():
        newest = (
            type(unit).objects.select_for_update().get(pk=unit.pk)
            if request.method == "POST"
            else unit
        )
        form = CheckForm(
            posted(request), newest=str(newest.version), initial={"checked_by": suggested}
        )
        if form.is_valid():
            return _checked(desk, request, newest, form.cleaned_data["checked_by"])
    live = desk.live_edition(unit)
    found = changes(live.rows if live else [], rows_of(unit))
    context = {"original": unit, "form": form, "live": live, "changes": found}
    return desk_page(desk, request, "check", "Mark as checked", context)


def _checked(desk: UnitAdmin, request: HttpRequest, unit: Unit, by: str) -> HttpResponse:
    unit.checked_on, unit.checked_by = timezone.localdate(), by
    unit.save()
    sign(unit, request.user, wrote=False)
    desk.log_change(request, unit, f"Checked by {by}")
    messages.success(request, "Marked as checked today. Readers see it once it is published.")
    return HttpResponseRedirect(desk.page("change", unit))
