"""Where a unit is used: on its page, as a number in its list, and before it is deleted."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any, NamedTuple

from django.contrib import admin
from django.contrib.admin.views.main import ChangeList
from django.http import HttpRequest, HttpResponse
from django.utils.html import format_html
from django.utils.text import capfirst

from guide.admin.listing import Listing, page_of
from guide.models import UNIT_BY_KIND, Row, Unit
from guide.publishing.guards import held_by
from guide.publishing.refusal import Refusal
from guide.publishing.uses import LiveUse, Use, desk_uses, live_uses, pointing_to, use_counts

if TYPE_CHECKING:
    ModelAdmin = admin.ModelAdmin[Any]
else:
    ModelAdmin = object


class WhereUsed(NamedTuple):
    """What points to a unit, and why it could not be withdrawn now."""

    listing: Listing
    held: Sequence[Refusal]


def where_used(unit: Unit) -> WhereUsed:
    """Return what points to a unit: the desk first, then what only readers still see."""
    live = live_uses(unit.kind, unit.slug)
    seen = {use.name for use in live}
    uses: defaultdict[tuple[Unit, type[Row], str], list[Use]] = defaultdict(list)
    for use in desk_uses(unit):
        uses[use.unit, type(use.row), use.field].append(use)
    drafted = {_name(user) for user, _, _ in uses}
    rows: list[tuple[str, Sequence[object]]] = [
        (page_of(user), (_title(user), _how(alike), "Yes" if _name(user) in seen else "Not yet"))
        for (user, _, _), alike in uses.items()
    ]
    rows += [_live_row(use) for use in live if use.name not in drafted]
    columns = ("Where", "How", "Do readers see it there?")
    listing = Listing("Where it is used", columns, rows, nothing="Nothing points to it.")
    return WhereUsed(listing, held_by(unit.kind, unit.slug, live))


def _name(unit: Unit) -> tuple[str, str]:
    return unit.kind, unit.slug


def _title(unit: Unit) -> str:
    return f"{str(unit._meta.verbose_name).capitalize()} “{unit}”"


def _how(alike: Sequence[Use]) -> str:
    """Say in which field of which part, or of how many, a unit points here."""
    row, field = alike[0]
    if isinstance(row, Unit):
        return field
    if len(alike) > 1:
        return f"{field} of {len(alike)} {row._meta.verbose_name_plural}"
    return f"{field} of the {row._meta.verbose_name} “{row}”"


def _live_row(use: LiveUse) -> tuple[str, Sequence[object]]:
    """Return what no row of the desk says any more, but an edition that is still public."""
    kind, slug = use.name
    unit = UNIT_BY_KIND[kind].objects.filter(slug=slug).first()
    how = "Taken out on the desk, and not published yet" if unit else "Its unit is gone"
    return page_of(unit) if unit else "", (capfirst(use.called), how, "Yes")


class UsedList(ChangeList):
    """A list whose rows know how many rows point to them: one query a page."""

    def get_results(self, request: HttpRequest) -> None:
        super().get_results(request)
        units: Any = self.result_list
        counts = use_counts(self.model, [unit.pk for unit in units])  # type: ignore[arg-type]
        for unit in units:
            unit.uses = counts[unit.pk]


class UsedAdmin(ModelAdmin):
    """A unit says where it is used, and is not deleted as long as it is."""

    delete_confirmation_template = "admin/guide/delete.html"

    def get_changelist(self, request: HttpRequest, **kwargs: Any) -> type[ChangeList]:
        return UsedList

    def get_list_display(self, request: HttpRequest) -> Any:
        shown = list(super().get_list_display(request))
        model: type[Unit] = self.model
        if pointing_to(model):
            shown.insert(shown.index("state"), "used")
        return shown

    @admin.display(description="used")
    def used(self, unit: Any) -> str:
        return str(unit.uses)

    def render_change_form(
        self, request: HttpRequest, context: dict[str, Any], *args: Any, **kwargs: Any
    ) -> HttpResponse:
        if unit := kwargs.get("obj"):
            context["where_used"] = where_used(unit)
        return super().render_change_form(request, context, *args, **kwargs)

    def get_deleted_objects(self, objs: Any, request: HttpRequest) -> Any:
        """Whatever points to a unit holds it, rows that would silently forget it as well."""
        deleted, counts, lacking, protected = super().get_deleted_objects(objs, request)
        uses = [use for unit in objs for use in desk_uses(unit)]
        held = [
            format_html('<a href="{}">{}</a>: {}', page_of(use.unit), _title(use.unit), _how([use]))
            for use in uses
        ]
        return deleted, counts, lacking, list(dict.fromkeys(held)) or protected
