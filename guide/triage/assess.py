"""What the answers come to: how soon to get help, why, and what to read."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from enum import StrEnum
from operator import attrgetter
from typing import NamedTuple

from guide.triage.flow import Answers, Change, Flow, Level, Question, Rule
from guide.triage.path import Path, walk

#: A section is shown from this many points up, and so many sections at most.
SHOWN_FROM = 4
SHOWN_AT_MOST = 5

#: What may be read at a level that is not named here: anything. Elsewhere, only this, so
#: that nothing delays a person who needs help and nobody is told to stretch meanwhile.
READ_AT_MOST = {
    Level.EMERGENCY: frozenset[str](),
    Level.URGENT: frozenset({"red-flags"}),
}


class Fit(StrEnum):
    """How strongly the answers speak for a section."""

    BEST = "Fits best"
    ALSO = "Also fits"
    LOOK = "Worth a look"


class Reason(NamedTuple):
    """A rule that fired: what the reader said, and what that can mean.

    `question` is where the last of these answers was given.
    """

    rule: str
    level: Level
    soon: bool
    said: tuple[str, ...]
    because: str
    question: str


class Pointer(NamedTuple):
    """A section to read. `because` quotes the answers that speak for it most."""

    section: str
    points: int
    fit: Fit
    because: tuple[str, ...]


class Assessment(NamedTuple):
    """Everything the result page tells. Tuples are in the order in which to tell it."""

    level: Level
    soon: bool
    reasons: tuple[Reason, ...]
    pointers: tuple[Pointer, ...]
    cautions: tuple[str, ...]
    not_asked: tuple[Question, ...]
    would_change: tuple[Change, ...]

    @property
    def worst(self) -> tuple[Reason, ...]:
        """The reasons for the level, without those for a lower one."""
        return tuple(reason for reason in self.reasons if reason.level is self.level)


def assess(flow: Flow, answers: Answers) -> Assessment:
    """Return what these answers come to. They may be incomplete; what is off the path is void."""
    path = walk(flow, answers)
    fired = _fired(flow, path.kept)
    level, soon = _how_soon(fired)
    return Assessment(
        level=level,
        soon=soon,
        reasons=tuple(_reasons(flow, fired, path.kept)),
        pointers=tuple(_pointers(flow, fired, path.kept, level)),
        cautions=tuple(sorted({slug for rule in fired for slug in rule.cautions})),
        not_asked=path.unanswered,
        would_change=tuple(_would_change(flow, path, level)),
    )


class Outcome(NamedTuple):
    """What answers come to without the words: enough to tell two editions apart."""

    level: Level
    soon: bool
    sections: frozenset[str]
    cautions: frozenset[str]

    @property
    def how_soon(self) -> tuple[Level, bool]:
        """How soon to get help; the greater, the sooner."""
        return self.level, self.soon


def outcome(flow: Flow, answers: Answers) -> Outcome:
    """Return what an assessment of these answers comes to, without what it says of it."""
    kept = walk(flow, answers).kept
    fired = _fired(flow, kept)
    level, soon = _how_soon(fired)
    return Outcome(
        level=level,
        soon=soon,
        sections=frozenset(one.section for one in _pointers(flow, fired, kept, level)),
        cautions=frozenset(slug for rule in fired for slug in rule.cautions),
    )


def points(rules: Iterable[Rule]) -> dict[str, int]:
    """Return how many points these rules give to each section together."""
    total: defaultdict[str, int] = defaultdict(int)
    for rule in rules:
        for section, weight in rule.pointers.items():
            total[section] += weight
    return total


def _fired(flow: Flow, chosen: Answers) -> list[Rule]:
    """Return the rules that fire, in their order."""
    places = {place for code in chosen for place in flow.rules_led_by.get(code, ())}
    return [flow.rules[place] for place in sorted(places) if flow.rules[place].fires(chosen)]


def _how_soon(fired: list[Rule]) -> tuple[Level, bool]:
    level = max((rule.level for rule in fired), default=Level.SELF_CARE)
    return level, level is Level.DOCTOR and any(rule.soon for rule in fired)


def _reasons(flow: Flow, fired: list[Rule], chosen: Answers) -> Iterator[Reason]:
    for rule in sorted(fired, key=attrgetter("level"), reverse=True):
        if rule.because or rule.level > Level.SELF_CARE:
            options = flow.in_order(rule.codes & chosen)
            said = tuple(option.quoted for option in options)
            asked = flow.question_of[options[-1].code].slug
            yield Reason(rule.slug, rule.level, rule.soon, said, rule.because, asked)


def _said(flow: Flow, rule: Rule, chosen: Answers) -> tuple[str, ...]:
    return tuple([option.quoted for option in flow.in_order(rule.codes & chosen)])


def _pointers(flow: Flow, fired: list[Rule], chosen: Answers, level: Level) -> Iterator[Pointer]:
    """Yield the sections with the most points; of equals, those spoken for by an earlier answer."""
    allowed = READ_AT_MOST.get(level)
    shown = {
        section: total
        for section, total in points(fired).items()
        if total >= SHOWN_FROM and (allowed is None or section in allowed)
    }
    strongest: dict[str, Rule] = {}
    for rule in fired:
        for section, weight in rule.pointers.items():
            if section not in strongest or weight > strongest[section].pointers[section]:
                strongest[section] = rule

    def place(section: str) -> tuple[int, int, str]:
        first = min(flow.place_of[code] for code in strongest[section].codes & chosen)
        return -shown[section], first, section

    for section in sorted(shown, key=place)[:SHOWN_AT_MOST]:
        because = _said(flow, strongest[section], chosen)
        yield Pointer(section, shown[section], _fit(shown[section]), because)


def _fit(total: int) -> Fit:
    if total >= 8:
        return Fit.BEST
    return Fit.ALSO if total > SHOWN_FROM else Fit.LOOK


def _would_change(flow: Flow, path: Path, level: Level) -> list[Change]:
    """Return each warning sign that would raise the level if it were chosen, worst first."""
    if level is Level.EMERGENCY:
        return []
    kept, found = path.kept, []
    for question in path.asked:
        if not question.warning or not flow.checked_together.isdisjoint(question.codes & kept):
            continue
        others = kept - question.gives_way
        closes = not flow.opening.isdisjoint(kept & question.gives_way)
        for alone in flow.signs_of[question.slug]:
            change = alone
            if alone.option.code in flow.raised_by:
                chosen = others | {alone.option.code}
                change = _with_others(flow, alone, walk(flow, chosen).kept if closes else chosen)
            if change.level > level:
                found.append(change)
    return sorted(found, key=attrgetter("level"), reverse=True)


def _with_others(flow: Flow, alone: Change, chosen: Answers) -> Change:
    """Return a sign with the level that it leads to together with the others chosen."""
    for rule in flow.raised_by[alone.option.code]:
        if rule.fires(chosen):
            return alone._replace(level=rule.level, soon=rule.soon)
    return alone
