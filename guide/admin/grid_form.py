"""The numbers of one question in the grid, as a form that is saved like a page of the desk."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from django import forms

from guide.admin.drafts import THIS_WEEK
from guide.admin.forms import DeskForm, unit_of
from guide.admin.grid_rows import SOON, Held, held, write
from guide.models import Caution, Level, Questionnaire, Rule, Section
from guide.triage.grid import Block

if TYPE_CHECKING:
    from django.utils.functional import _StrPromise

LEVELS: list[tuple[str, str | _StrPromise]] = [
    (Level.SELF_CARE, "–"),
    (Level.DOCTOR, Level.DOCTOR.label),
    (SOON, THIS_WEEK),
    (Level.URGENT, Level.URGENT.label),
    (Level.EMERGENCY, Level.EMERGENCY.label),
]


class GridForm(DeskForm):
    """Level, cautions, and a weight for each section: of every rule that stands at one question.

    An answer without a rule of its own gets one with the first that is chosen for it.
    """

    class Meta:
        model = Questionnaire
        fields = ()

    def __init__(
        self,
        *args: Any,
        block: Block,
        columns: Sequence[Section],
        rules: dict[str, Rule],
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        self.block = block
        self.columns = columns
        self.lines = list(held(block, rules))
        cautions = [(str(pk), name) for pk, name in Caution.objects.values_list("pk", "name")]
        for line in self.lines:
            self.fields[level_name(line.key)] = _level_field(line)
            self.fields[cautions_name(line.key)] = _cautions_field(line, cautions)
            for section in columns:
                self.fields[weight_name(line.key, section)] = _weight_field(line, section)

    def _post_clean(self) -> None:
        """Leave the questionnaire's own words alone: no field of them is here."""

    def write(self) -> bool:
        """Write each line that was changed; tell whether any was."""
        changed = [line for line in self.lines if self._changed(line)]
        for line in changed:
            write(
                unit_of(self.instance),
                line,
                level=self.cleaned_data[level_name(line.key)],
                cautions=[int(pk) for pk in self.cleaned_data[cautions_name(line.key)]],
                weights={
                    section: self.cleaned_data[name]
                    for section in self.columns
                    if (name := weight_name(line.key, section)) in self.changed_data
                },
            )
        return bool(changed)

    def _changed(self, line: Held) -> bool:
        weights = (weight_name(line.key, section) for section in self.columns)
        names = {level_name(line.key), cautions_name(line.key), *weights}
        return not names.isdisjoint(self.changed_data)


def level_name(key: str) -> str:
    return f"{key}.level"


def cautions_name(key: str) -> str:
    return f"{key}.cautions"


def weight_name(key: str, section: Section) -> str:
    return f"{key}:{section.slug}"


def _level_field(line: Held) -> forms.Field:
    return forms.ChoiceField(
        choices=LEVELS,
        initial=line.level,
        label=f"At least, for {line.name}",
        widget=forms.Select(attrs={"aria-label": f"At least, for {line.name}"}),
    )


def _cautions_field(line: Held, choices: list[tuple[str, str]]) -> forms.Field:
    return forms.MultipleChoiceField(
        required=False,
        choices=choices,
        initial=line.cautions,
        label=f"Cautions, for {line.name}",
        widget=forms.CheckboxSelectMultiple,
    )


def _weight_field(line: Held, section: Section) -> forms.Field:
    """A narrow box. Its name for a screen reader is its line and its column."""
    box = {"aria-label": f"{section.title}, for {line.name}", "inputmode": "numeric", "size": 1}
    return forms.IntegerField(
        required=False,
        min_value=1,
        max_value=8,
        initial=line.weights.get(section.pk),
        label=f"{section.title}, for {line.name}",
        widget=forms.TextInput(attrs={**box, "autocomplete": "off", "maxlength": 1}),
        error_messages=dict.fromkeys(("invalid", "min_value", "max_value"), "1 to 8, or empty."),
    )
