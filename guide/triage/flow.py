"""A questionnaire as the engine sees it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from enum import IntEnum
from functools import cached_property
from typing import NamedTuple

#: What a reader has answered: the codes of the chosen options, in no order.
Answers = frozenset[str]


class Level(IntEnum):
    """How soon to get help. The highest level of the rules that fire wins."""

    SELF_CARE = 0
    DOCTOR = 1
    URGENT = 2
    EMERGENCY = 3

    @property
    def slug(self) -> str:
        """The level's name in rows and templates, such as self_care."""
        return self.name.lower()

    @property
    def label(self) -> str:
        """What the desk calls the level: guide.models.Level says the same."""
        return _LABELS[self]


_LABELS = {
    Level.SELF_CARE: "Look after it at home",
    Level.DOCTOR: "See a doctor, not urgent",
    Level.URGENT: "Urgent, today",
    Level.EMERGENCY: "Emergency, now",
}


@dataclass(frozen=True)
class Option:
    """One answer. `exclusive` is "none" or "unsure" for one that goes with no other."""

    code: str
    slug: str
    text: str
    said: str = ""
    exclusive: str = ""

    @property
    def quoted(self) -> str:
        """The answer as the result quotes it back."""
        return self.said or self.text


@dataclass(frozen=True)
class Question:
    """Only asks. Asked when any of `asked_when` was chosen; always, if that is empty."""

    slug: str
    text: str
    label: str
    options: tuple[Option, ...]
    hint: str = ""
    why: str = ""
    help: str = ""
    many: bool = False
    warning: bool = False
    picture: str = ""
    asked_when: frozenset[str] = frozenset()

    @cached_property
    def codes(self) -> frozenset[str]:
        return frozenset(option.code for option in self.options)

    @cached_property
    def ordinary(self) -> tuple[Option, ...]:
        """The options that say something, not "none of these" nor "not sure"."""
        return tuple(option for option in self.options if not option.exclusive)

    @cached_property
    def exclusive(self) -> frozenset[str]:
        """The codes that go with no other: "none of these" and "not sure"."""
        return frozenset(option.code for option in self.options if option.exclusive)

    @cached_property
    def unsure(self) -> frozenset[str]:
        return frozenset(option.code for option in self.options if option.exclusive == "unsure")

    @cached_property
    def gives_way(self) -> frozenset[str]:
        """The codes that a sign takes the place of when it is chosen."""
        return self.exclusive if self.many else self.codes

    def accepts(self, given: frozenset[str]) -> bool:
        """Tell whether these codes of this question are an answer to it."""
        return len(given) == 1 or (self.many and bool(given) and given.isdisjoint(self.exclusive))

    def asks_the_same_as(self, other: Question) -> bool:
        """Tell whether an answer to one is an answer to the other, whatever the helping words."""
        return self._meaning == other._meaning

    @property
    def _meaning(self) -> object:
        answers = frozenset((option.code, option.text, option.exclusive) for option in self.options)
        return self.slug, self.text, self.many, answers


@dataclass(frozen=True)
class Rule:
    """Fires when each of its groups has at least one chosen option. Only ever raises.

    `pointers` says how much it speaks for reading a section; `implements` names rows of the
    safety ladder; `sources` what the rule rests on.
    """

    slug: str
    groups: tuple[frozenset[str], ...]
    level: Level = Level.SELF_CARE
    soon: bool = False
    because: str = ""
    implements: str = ""
    cautions: tuple[str, ...] = ()
    sources: tuple[str, ...] = ()
    pointers: Mapping[str, int] = field(default_factory=dict)

    def fires(self, chosen: Answers) -> bool:
        for group in self.groups:  # noqa: SIM110 - twice as fast as all(), and called most
            if group.isdisjoint(chosen):
                return False
        return True

    @cached_property
    def codes(self) -> frozenset[str]:
        return frozenset().union(*self.groups)


@dataclass(frozen=True)
class Case:
    """A person's answers and what must come of them."""

    slug: str
    story: str
    answers: Answers
    level: Level
    must_show: frozenset[str] = frozenset()
    must_not_show: frozenset[str] = frozenset()


class Change(NamedTuple):
    """A warning sign, and the level that choosing it leads to; `soon` as in a rule."""

    question: str
    option: Option
    level: Level
    soon: bool = False


@dataclass(frozen=True)
class Flow:
    """A whole questionnaire. Questions, options, rules and cases are in their order.

    `for_other` says in whose voice it asks: somebody answers for the person.
    """

    slug: str
    title: str
    questions: tuple[Question, ...]
    rules: tuple[Rule, ...] = ()
    cases: tuple[Case, ...] = ()
    summary: str = ""
    intro: str = ""
    for_other: bool = False

    @cached_property
    def option_of(self) -> dict[str, Option]:
        return {option.code: option for question in self.questions for option in question.options}

    @cached_property
    def question_of(self) -> dict[str, Question]:
        return {option.code: question for question in self.questions for option in question.options}

    @cached_property
    def place_of(self) -> dict[str, int]:
        """Where each code stands when the questions are read from the first to the last."""
        return {code: place for place, code in enumerate(self.option_of)}

    @cached_property
    def floor_of(self) -> dict[str, Level]:
        """For each code, the level that it leads to whatever else is answered."""
        floor = dict.fromkeys(self.option_of, Level.SELF_CARE)
        for rule in self.rules:
            if len(rule.groups) == 1:
                for code in rule.codes:
                    floor[code] = max(floor[code], rule.level)
        return floor

    @cached_property
    def opening(self) -> frozenset[str]:
        """The codes that open a question."""
        return frozenset().union(*(question.asked_when for question in self.questions))

    @cached_property
    def raised_by(self) -> dict[str, tuple[Rule, ...]]:
        """For each code, the rules that lead higher than its floor, the most urgent first."""
        found: defaultdict[str, list[Rule]] = defaultdict(list)
        for rule in sorted(self.rules, key=lambda rule: -rule.level):
            for code in rule.codes:
                if rule.level > self.floor_of[code]:
                    found[code].append(rule)
        return {code: tuple(rules) for code, rules in found.items()}

    @cached_property
    def signs_of(self) -> dict[str, tuple[Change, ...]]:
        """For each question its ordinary answers, each with the level that it leads to alone."""
        soon = {
            code
            for rule in self.rules
            for code in rule.codes
            if rule.soon and len(rule.groups) == 1 and self.floor_of[code] is Level.DOCTOR
        }
        return {
            question.slug: tuple(
                Change(question.slug, option, self.floor_of[option.code], option.code in soon)
                for option in question.ordinary
            )
            for question in self.questions
        }

    @cached_property
    def rules_led_by(self) -> dict[str, tuple[int, ...]]:
        """For each code, the places of the rules whose smallest group holds it.

        A rule can only fire if that group is met, so looking up the chosen codes here finds
        every rule that may fire without trying them all.
        """
        found: defaultdict[str, list[int]] = defaultdict(list)
        for place, rule in enumerate(self.rules):
            for code in min(rule.groups, key=len, default=frozenset[str]()):
                found[code].append(place)
        return {code: tuple(places) for code, places in found.items()}

    @cached_property
    def follow_ups(self) -> tuple[Question, ...]:
        """The "Check together" questions: asked only of those who were not sure before."""
        unsure = frozenset().union(*(question.unsure for question in self.questions))
        return tuple(
            question
            for question in self.questions
            if question.warning and question.asked_when and question.asked_when <= unsure
        )

    @cached_property
    def checked_together(self) -> frozenset[str]:
        """The "not sure" codes that open a follow-up."""
        return frozenset().union(*(question.asked_when for question in self.follow_ups))

    def name_of(self, option: Option) -> str:
        """Name an answer as the desk does: with its question, as another may ask the same."""
        return f"“{self.question_of[option.code].label}: {option.text}”"

    def in_order(self, codes: Iterable[str]) -> list[Option]:
        """Return the options of these codes as they are asked."""
        return [self.option_of[code] for code in sorted(codes, key=self.place_of.__getitem__)]
