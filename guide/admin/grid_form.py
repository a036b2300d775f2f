"""The numbers of one question in the grid, as a form that is saved like a page of the desk."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Any, NamedTuple

from django import forms

from guide.admin.drafts import THIS_WEEK, how_soon
from guide.admin.forms import DeskForm, unit_of
from guide.models import Option, Questionnaire, Rule, RuleGroup, RulePointer, Section
from guide.triage import Level
from guide.triage.grid import Block

if TYPE_CHECKING:
    from django.utils.functional import _StrPromise

SOON = "soon"
LEVELS: list[tuple[str, str | _StrPromise]] = [
    (Level.SELF_CARE.slug, "–"),
    (Level.DOCTOR.slug, Level.DOCTOR.label),
    (SOON, THIS_WEEK),
    (Level.URGENT.slug, Level.URGENT.label),
    (Level.EMERGENCY.slug, Level.EMERGENCY.label),
]


class Held(NamedTuple):
    """A rule that a line of the grid holds; none yet, for an answer that fires none.

    `answer` names that answer by its question and itself.
    """

    key: str
    name: str
    rule: Rule | None
    answer: tuple[str, str] = ("", "")


class GridForm(DeskForm):
    """At least, and a weight for each section: of every rule that stands at one question.

    An answer without a rule of its own gets one with its first number.
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
        self.lines = list(_held(block, rules))
        for line in self.lines:
            self.fields[level_name(line.key)] = _level_field(line)
            weights = _weights(line.rule)
            for section in columns:
                field = _weight_field(line, section, weights.get(section.pk))
                self.fields[weight_name(line.key, section.slug)] = field

    def _post_clean(self) -> None:
        """Leave the questionnaire's own words alone: no field of them is here."""

    def write(self) -> bool:
        """Write what was changed; tell whether anything was."""
        changed = [line for line in self.lines if self._changed(line)]
        for line in changed:
            self._write(line)
        return bool(changed)

    def _changed(self, line: Held) -> list[str]:
        mine = [level_name(line.key), *(weight_name(line.key, one.slug) for one in self.columns)]
        return [name for name in mine if name in self.changed_data]

    def _write(self, line: Held) -> None:
        changed = self._changed(line)
        rule = line.rule or _new_rule(unit_of(self.instance), line)
        level = self.cleaned_data[level_name(line.key)]
        if level_name(line.key) in changed:
            rule.soon = level == SOON
            rule.level = Level.DOCTOR.slug if level == SOON else level
            rule.save()
        for section in self.columns:
            if (name := weight_name(line.key, section.slug)) in changed:
                _weigh(rule, section, self.cleaned_data[name])


def level_name(key: str) -> str:
    return f"{key}.level"


def weight_name(key: str, section: str) -> str:
    return f"{key}:{section}"


def new_key(question: str, option: str) -> str:
    """Return the key of an answer that fires no rule by itself. No rule is called so."""
    return f"new.{question}.{option}"


def _held(block: Block, rules: dict[str, Rule]) -> Iterator[Held]:
    for line in block.lines:
        name = line.option.text
        if line.rule:
            yield Held(line.rule.slug, name, rules[line.rule.slug])
        elif not line.elsewhere:
            answer = block.question.slug, line.option.slug
            yield Held(new_key(*answer), name, None, answer)
    for rule in block.together:
        yield Held(rule.slug, f"the rule {rule.slug}", rules[rule.slug])


def _level_field(line: Held) -> forms.Field:
    rule = line.rule
    level = rule.level if rule else Level.SELF_CARE.slug
    return forms.ChoiceField(
        choices=LEVELS,
        initial=SOON if rule and rule.soon and level == Level.DOCTOR.slug else level,
        label=f"At least, for {line.name}",
        widget=forms.Select(attrs={"aria-label": f"At least, for {line.name}"}),
    )


def _weight_field(line: Held, section: Section, weight: int | None) -> forms.Field:
    """A narrow box. Its name for a screen reader is its line and its column."""
    box = {"aria-label": f"{section.title}, for {line.name}", "inputmode": "numeric", "size": 1}
    return forms.IntegerField(
        required=False,
        min_value=1,
        max_value=8,
        initial=weight,
        label=f"{section.title}, for {line.name}",
        widget=forms.TextInput(attrs={**box, "autocomplete": "off", "maxlength": 1}),
        error_messages=dict.fromkeys(("invalid", "min_value", "max_value"), "1 to 8, or empty."),
    )


def _weights(rule: Rule | None) -> dict[int, int]:
    return {one.section_id: one.weight for one in rule.pointers.all()} if rule else {}


def _new_rule(unit: Any, line: Held) -> Rule:
    """Make the rule of an answer, called like the answer and placed after all others."""
    option = Option.objects.get_by_natural_key(unit.slug, *line.answer)
    base = "-".join(line.answer)[:56].rstrip("-")
    taken = set(unit.rules.values_list("slug", flat=True))
    names = [base, *(f"{base}-{number}" for number in range(2, 100))]
    last = unit.rules.order_by("order").last()
    rule: Rule = Rule.objects.create(
        questionnaire=unit,
        slug=next(name for name in names if name not in taken),
        order=last.order + 1 if last else 0,
    )
    RuleGroup.objects.create(rule=rule, slug="answer").options.set([option])
    return rule


def _weigh(rule: Rule, section: Section, weight: int | None) -> None:
    pointer = RulePointer.objects.filter(rule=rule, section=section).first()
    if weight is None:
        if pointer:
            pointer.delete()
        return
    pointer = pointer or RulePointer(rule=rule, section=section)
    pointer.weight = weight
    pointer.save()


def level_words(rule: Any) -> str:
    """Return the level of a rule of a flow as a cell shows it; a dash for none."""
    return "–" if rule.level is Level.SELF_CARE else how_soon(rule.level, rule.soon)
