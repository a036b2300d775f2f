"""A field with what was found in it right under it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple

from django import forms
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

#: What sets a note apart that is more than advice, in words and not in color alone.
_LEAD = format_html("<strong>{}</strong> ", "Before this can be published:")


class Note(NamedTuple):
    """What was found in a field, and whether it keeps its unit from being published."""

    said: str
    refused: bool


class NotedField(forms.BoundField):
    """A field of a form whose `notes` hold what was found in it, by the name of the field.

    The notes are part of the field, so that every template of the admin shows them, and they
    describe it, so that a screen reader says them with it.
    """

    def as_widget(
        self,
        widget: forms.Widget | None = None,
        attrs: dict[str, Any] | None = None,
        only_initial: bool = False,  # noqa: FBT002 - as Django has it
    ) -> SafeString:
        html = super().as_widget(widget, attrs, only_initial)
        return html + self._notes_html() if self._notes else html

    @property
    def aria_describedby(self) -> str | None:
        said = super().aria_describedby
        return f"{said} {self._notes_id}".strip() if self._notes else said

    @property
    def _notes(self) -> Sequence[Note]:
        notes: Mapping[str, Sequence[Note]] = getattr(self.form, "notes", {})
        return notes.get(self.name, ())

    @property
    def _notes_id(self) -> str:
        return f"{self.auto_id}_notes"

    def _notes_html(self) -> SafeString:
        lines = ((_LEAD if note.refused else "", note.said) for note in self._notes)
        items = format_html_join("", "<li>{}{}</li>", lines)
        return format_html('<ul class="desk-notes" id="{}">{}</ul>', self._notes_id, items)
