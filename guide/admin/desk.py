"""What every page of the desk shares: its widgets, and how it saves."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.contrib import admin
from django.contrib.admin.widgets import RelatedFieldWidgetWrapper
from django.db import models
from django.http import HttpRequest

from guide.admin.findings import FoundAdmin
from guide.admin.forms import (
    DeskForm,
    FindMany,
    FindOne,
    Line,
    PartForm,
    PartFormSet,
    Prose,
    unit_of,
)
from guide.admin.listing import SearchedAdmin
from guide.models import Row
from guide.publishing.hands import keep_desk, sign
from guide.publishing.values import Plain

if TYPE_CHECKING:
    ModelAdmin = admin.ModelAdmin[Any]
    StackedInline = admin.StackedInline[Any, Any]
    TabularInline = admin.TabularInline[Any, Any]
    Inline = admin.options.InlineModelAdmin[Any, Any]
    Options = admin.options.BaseModelAdmin[Any]
else:
    ModelAdmin = admin.ModelAdmin
    StackedInline = admin.StackedInline
    TabularInline = admin.TabularInline
    Inline = Options = object

LONG_LINE = 120
#: Letters of a text: ten times the longest of the guide, and few enough to look through at once.
LONG_TEXT = 30_000
#: Far more parts than a page can use; few enough to answer any posted count quickly.
MOST_PARTS = 100

#: The same two folded groups close the page of every unit that has them.
RESTS_ON: tuple[str, Any] = (
    "What it rests on",
    {"fields": ("sources", "claims"), "classes": ("collapse",)},
)
CHECKED: tuple[str, Any] = (
    "Clinical check",
    {"fields": ("checked_on", "checked_by"), "classes": ("collapse",)},
)


class Widgets(Options):
    formfield_overrides = {
        models.TextField: {"widget": Prose, "max_length": LONG_TEXT},
        models.JSONField: {"decoder": Plain},
    }

    def formfield_for_dbfield(self, db_field: Any, request: HttpRequest, **kwargs: Any) -> Any:
        """Give long lines room. Take away icons that would delete a unit or leave the page."""
        if type(db_field) is models.CharField and (db_field.max_length or 0) >= LONG_LINE:
            kwargs.setdefault("widget", Line())
        if db_field.name in self.get_autocomplete_fields(request):
            find = FindMany if db_field.many_to_many else FindOne
            kwargs.setdefault("widget", find(db_field, self.admin_site))
        field = super().formfield_for_dbfield(db_field, request, **kwargs)
        widget = getattr(field, "widget", None)
        if isinstance(widget, RelatedFieldWidgetWrapper):
            widget.can_delete_related = widget.can_view_related = False
        return field


class Parts(Widgets, Inline):
    """Rows on the page of their unit, no more than a page can hold."""

    form = PartForm
    formset = PartFormSet
    extra = 0
    max_num = MOST_PARTS

    def get_formset(self, request: HttpRequest, obj: Any = None, **kwargs: Any) -> Any:
        return super().get_formset(request, obj, absolute_max=MOST_PARTS, **kwargs)


class StackedParts(Parts, StackedInline):
    """Parts, each folded under its own words."""

    template = "admin/guide/parts.html"


class TabularParts(Parts, TabularInline):
    """Short parts, a line each, under a fold with help for their fields."""

    template = "admin/guide/lines.html"

    def get_formset(self, request: HttpRequest, obj: Any = None, **kwargs: Any) -> Any:
        formset = super().get_formset(request, obj, **kwargs)
        formset.says_names = True
        return formset


class DeskAdmin(FoundAdmin, SearchedAdmin, Widgets, ModelAdmin):
    """Saves what was changed, once, under the name of who changed it."""

    form = DeskForm
    actions = None

    def posted_forms(self, request: HttpRequest, row: Row | None) -> tuple[Any, list[Any]]:
        """Return the form and formsets of what was posted, as the admin makes them to save it.

        They are not to be saved.
        """
        make: Any = self.get_form(request, row, change=row is not None)
        form = make(request.POST, instance=row)
        form.will_save = False
        formsets, _ = self._create_formsets(request, form.instance, change=row is not None)  # type: ignore[attr-defined]
        return form, formsets

    def save_model(self, request: HttpRequest, obj: Row, form: Any, change: bool) -> None:
        """Save a new or changed row. A form sent unchanged does not make a new version."""
        if change and form.cleaned_data["writes_over"]:
            keep_desk(unit_of(obj), request.user.get_username())
        if not change or form.changed_data:
            super().save_model(request, obj, form, change)

    def save_related(
        self,
        request: HttpRequest,
        form: Any,
        formsets: list[Any],
        change: bool,
    ) -> None:
        super().save_related(request, form, formsets, change)
        if not change or form.changed_data or any(formset.has_changed() for formset in formsets):
            sign(unit_of(form.instance), request.user)
