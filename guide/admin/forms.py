"""Forms of the desk: a form that was overtaken saves nothing unseen and loses nothing."""

from __future__ import annotations

import re
from collections.abc import Collection
from functools import cached_property
from typing import TYPE_CHECKING, Any

from django import forms
from django.contrib.admin.widgets import (
    AdminTextareaWidget,
    AutocompleteSelect,
    AutocompleteSelectMultiple,
)
from django.core.exceptions import ValidationError
from django.forms.formsets import DELETION_FIELD_NAME
from django.forms.models import BaseInlineFormSet
from django.forms.utils import pretty_name
from django.utils import timezone
from django.utils.formats import date_format

from guide.admin.notes import NotedField
from guide.models import Part, Row, Unit, tidy
from guide.publishing.changes import Change, changes
from guide.publishing.hands import desk_at
from guide.publishing.rows import rows_of

if TYPE_CHECKING:
    RowModelForm = forms.ModelForm[Row]
    InlineFormSet = BaseInlineFormSet[Any, Any, Any]
else:
    RowModelForm = forms.ModelForm
    InlineFormSet = BaseInlineFormSet


def unit_of(row: Row) -> Unit:
    """Return the unit that a row is edited and published with: itself, if it is one."""
    return row.unit if isinstance(row, Part) else row  # type: ignore[return-value]


class Prose(AdminTextareaWidget):
    """A text box. Browsers post CRLF; untidied, every save would look like a change."""

    def value_from_datadict(self, data: Any, files: Any, name: str) -> Any:
        value = super().value_from_datadict(data, files, name)
        return tidy(value) if isinstance(value, str) else value


class Line(Prose):
    """A box for one long line. It grows, so that a whole sentence is seen."""

    def __init__(self) -> None:
        super().__init__(attrs={"rows": 1, "class": "desk-line"})

    def value_from_datadict(self, data: Any, files: Any, name: str) -> Any:
        value = super().value_from_datadict(data, files, name)
        return " ".join(value.split("\n")) if isinstance(value, str) else value


class _Finds(forms.Select):
    """Draws only what can be the key of a row: an address may name anything to begin with."""

    def format_value(self, value: Any) -> list[str]:
        return list(filter(_possible_key, super().format_value(value)))


class FindOne(_Finds, AutocompleteSelect):
    """A box that finds a row. What cannot be the key of one becomes a key that no row has.

    Such a value is then a wrong choice; Django's own widget would fail to draw it again.
    """

    def value_from_datadict(self, data: Any, files: Any, name: str) -> Any:
        value = super().value_from_datadict(data, files, name)
        return _possible_key(value) if value else value


class FindMany(_Finds, AutocompleteSelectMultiple):
    """The same for any number of rows."""

    def value_from_datadict(self, data: Any, files: Any, name: str) -> Any:
        return [_possible_key(key) for key in super().value_from_datadict(data, files, name)]


def _possible_key(key: object) -> object:
    return key if re.fullmatch("[0-9]{1,18}", str(key)) else 0


class DeskForm(RowModelForm):
    """Knows the version of the unit it was opened at, and writes over no newer one unseen.

    It is refused with everything that was typed still in it, and with what the other person
    changed (`theirs`). It goes through once its box is ticked, and `writes_over` then tells
    the page to keep the other text first.
    """

    #: False for a form that is only looked at: it writes over nothing, so it is never stale.
    will_save = True

    opened_version = forms.IntegerField(widget=forms.HiddenInput, required=False)
    #: The version of the desk that a refusal has shown.
    seen_version = forms.IntegerField(widget=forms.HiddenInput, required=False)
    writes_over = forms.BooleanField(
        required=False, label="Put my text in the place of theirs. Theirs is kept under Editions."
    )

    #: What somebody else changed while this form was open; None while nobody did.
    theirs: list[Change] | None = None
    theirs_by = ""

    bound_field_class = NotedField

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if self.instance.pk:
            self.initial["opened_version"] = unit_of(self.instance).version

    @cached_property
    def changed_data(self) -> list[str]:
        """The fields of the row that differ from the desk."""
        own = {"opened_version", "seen_version", "writes_over"}
        return [name for name in super().changed_data if name not in own]

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        if self.will_save and self.instance.pk:
            self._refuse_if_stale(unit_of(self.instance), cleaned)
        return cleaned

    def _refuse_if_stale(self, unit: Unit, cleaned: dict[str, Any]) -> None:
        # The lock holds until the admin's transaction ends, so that of two people who save
        # at the same moment one is told.
        rows = type(unit).objects.select_for_update(of=("self",)).select_related("edited_by")
        newest, opened = rows.get(pk=unit.pk), cleaned.get("opened_version")
        if newest.version == opened:
            return
        was = desk_at(newest, opened) if opened else None
        who = newest.edited_by.get_username() if newest.edited_by else "Somebody"
        self.theirs, self.theirs_by = changes(was, rows_of(newest)) if was else [], who
        if cleaned["writes_over"] and cleaned.get("seen_version") == newest.version:
            return
        self.data = posted_with(self.data, seen_version=newest.version, writes_over="")
        when = date_format(timezone.localtime(newest.edited_at), "DATETIME_FORMAT")
        raise ValidationError(
            f"{who} changed “{newest}” on {when}, while you had this page open. Nothing is "
            "saved yet, and all that you typed is still below."
        )


class PartForm(RowModelForm):
    """A part on the page of its unit. Its short name is chosen once: it is the part's key."""

    bound_field_class = NotedField

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if self.instance.pk and "slug" in self.fields:
            self.fields["slug"].widget.attrs["readonly"] = True

    def validate_unique(self) -> None:
        """Check constraints that hold the unit too: Django leaves them out of inlines."""
        super().validate_unique()
        if self.errors:
            return
        names = (field.name for field in self.instance._meta.fields)
        try:
            self.instance.validate_constraints(exclude={*names} - self.fields.keys())
        except ValidationError as error:
            self.add_error(None, error)

    def clean_slug(self) -> str:
        slug: str = self.cleaned_data["slug"]
        return self.initial["slug"] if self.instance.pk else slug


class PartFormSet(InlineFormSet):
    #: Whether fields have to say their own names: in a table, no label does.
    says_names = False

    def add_fields(self, form: Any, index: int | None) -> None:
        super().add_fields(form, index)
        if self.says_names:
            for name, field in form.fields.items():
                widget = getattr(field.widget, "widget", field.widget)  # that which finds rows
                widget.attrs["aria-label"] = field.label or pretty_name(name)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if self.data:  # of a form without a single field, Django makes a plain dict
            known = {str(pk) for pk in self.get_queryset().values_list("pk", flat=True)}
            self.data = gone_rows_as_new(self.data, str(self.prefix), known)

    def get_unique_error_message(self, unique_check: Any) -> str:
        fields = {field.name: field.verbose_name for field in self.fk.model._meta.concrete_fields}
        names = " and ".join(str(fields[name]) for name in unique_check if name != self.fk.name)
        return f"No two of them may have the same {names}. Change one."

    def get_form_error(self) -> str:
        return "Another one on this page has the same."

    def is_gone(self, form: Any) -> bool:
        """Tell whether the row of a form that was checked is to be deleted."""
        return bool(self.can_delete and form.cleaned_data.get(DELETION_FIELD_NAME))


def gone_rows_as_new(data: Any, prefix: str, known: Collection[str]) -> Any:
    """Return posted rows of a formset so that those deleted meanwhile are new ones.

    Django refuses a row whose original is gone, for as long as it is sent: what was typed
    in it could never be saved. A gone row that was to be deleted is left out.
    """
    row_key = re.compile(rf"{re.escape(prefix)}-([0-9]{{1,9}})-(.+)\Z")
    rows: dict[int, dict[str, list[Any]]] = {}
    for key, values in data.lists():
        if found := row_key.match(key):
            rows.setdefault(int(found[1]), {})[found[2]] = values
    gone = [n for n, row in rows.items() if row.get("id", [""])[0] not in {"", *known}]
    if not gone:
        return data
    moved = data.copy()
    for key in filter(row_key.match, data):
        del moved[key]
    for number in gone:
        rows[number]["id"] = [""]
    kept = sorted(number for number in rows if rows[number].get("id", [""])[0])
    new = sorted(n for n in rows if n not in kept and not (n in gone and "DELETE" in rows[n]))
    for place, number in enumerate([*kept, *new]):
        for name, values in rows[number].items():
            moved.setlist(f"{prefix}-{place}-{name}", values)
    moved[f"{prefix}-INITIAL_FORMS"] = str(len(kept))
    moved[f"{prefix}-TOTAL_FORMS"] = str(len(kept) + len(new))
    return moved


def posted_with(data: Any, **values: object) -> Any:
    """Return what was posted, with some values replaced."""
    posted = data.copy()
    for name, value in values.items():
        posted[name] = value
    return posted
