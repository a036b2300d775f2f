"""The rows behind the grid: which rule each line holds, and how its numbers are written."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from typing import Any, NamedTuple

from guide.models import Level, Option, Rule, RuleGroup, RulePointer, Section
from guide.triage.grid import Block

#: A level of the grid that is two fields of a rule: see a doctor, this week.
SOON = "soon"


class Held(NamedTuple):
    """A rule that a line of the grid holds; none yet, for an answer that fires none.

    `answer` names that answer by its question and itself.
    """

    key: str
    name: str
    rule: Rule | None
    answer: tuple[str, str] = ("", "")

    @property
    def level(self) -> str:
        """How soon to get help, as the grid says it in one word."""
        if self.rule is None:
            return Level.SELF_CARE
        return SOON if self.rule.soon and self.rule.level == Level.DOCTOR else self.rule.level

    @property
    def cautions(self) -> list[str]:
        return [str(caution.pk) for caution in self.rule.cautions.all()] if self.rule else []

    @property
    def weights(self) -> dict[int, int]:
        """The weight of each section that the rule speaks for, by the key of the section."""
        pointers = self.rule.pointers.all() if self.rule else ()
        return {pointer.section_id: pointer.weight for pointer in pointers}


def new_key(question: str, option: str) -> str:
    """Return the key of an answer that fires no rule by itself. No rule is called so."""
    return f"new.{question}.{option}"


def held(block: Block, rules: Mapping[str, Rule]) -> Iterator[Held]:
    """Yield each line of a question whose rule is edited there, or may be begun there."""
    for line in block.lines:
        name = line.option.text
        if line.rule:
            yield Held(line.rule.slug, name, rules[line.rule.slug])
        elif not line.elsewhere:
            answer = block.question.slug, line.option.slug
            yield Held(new_key(*answer), name, None, answer)
    for rule in block.together:
        yield Held(rule.slug, f"the rule {rule.slug}", rules[rule.slug])


def write(
    unit: Any,
    line: Held,
    *,
    level: str,
    cautions: Collection[int],
    weights: Mapping[Section, int | None],
) -> None:
    """Make the rule of a line say this; make the rule first, if there is none."""
    rule = line.rule or _new_rule(unit, line.answer)
    rule.soon = level == SOON
    rule.level = Level.DOCTOR if level == SOON else level
    rule.save()
    rule.cautions.set(cautions)
    for section, weight in weights.items():
        _weigh(rule, section, weight)


def _new_rule(unit: Any, answer: tuple[str, str]) -> Rule:
    """Make the rule of an answer, called like the answer and placed after all others."""
    base = "-".join(answer)[:56].rstrip("-")
    taken = set(unit.rules.values_list("slug", flat=True))
    names = [base, *(f"{base}-{number}" for number in range(2, 100))]
    last = unit.rules.order_by("order").last()
    rule: Rule = Rule.objects.create(
        questionnaire=unit,
        slug=next(name for name in names if name not in taken),
        order=last.order + 1 if last else 0,
    )
    option = Option.objects.get_by_natural_key(unit.slug, *answer)
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
