"""The rules as a grid: answers down, sections across.

A rule stands once, at the first answer that fires it by itself; one that waits for several
answers stands at the question where the last of them is given. So each number of the grid is
in one place only, and to change it there is to change the rule.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from guide.triage.flow import Flow, Option, Question, Rule


class Line(NamedTuple):
    """A line of the grid: an answer with a rule that it fires by itself, if it has one.

    `also` are the other answers that fire the same rule. `elsewhere` are rules that this
    answer fires and that stand at an earlier one.
    """

    option: Option
    rule: Rule | None = None
    also: tuple[Option, ...] = ()
    elsewhere: tuple[Rule, ...] = ()


class Block(NamedTuple):
    """A question with a line for each of its answers, and the rules that it completes."""

    question: Question
    lines: tuple[Line, ...]
    together: tuple[Rule, ...]


def grid(flow: Flow) -> list[Block]:
    """Return all rules of a flow, each in one place, but for those that are unfinished."""
    finished = [rule for rule in flow.rules if _finished(rule)]
    alone = [rule for rule in finished if len(rule.groups) == 1]
    together = [rule for rule in finished if len(rule.groups) > 1]
    return [
        Block(
            question,
            lines=tuple(
                line for option in question.options for line in _lines(flow, option, alone)
            ),
            together=tuple(rule for rule in together if _last(flow, rule).code in question.codes),
        )
        for question in flow.questions
    ]


def unfinished(flow: Flow) -> list[Rule]:
    """Return the rules that wait for an answer that nobody has named yet."""
    return [rule for rule in flow.rules if not _finished(rule)]


def _finished(rule: Rule) -> bool:
    return bool(rule.groups) and all(rule.groups)


def _lines(flow: Flow, option: Option, alone: list[Rule]) -> Iterator[Line]:
    """Yield a line for each rule that stands at an answer; one without, if there is none."""
    fired = [rule for rule in alone if option.code in rule.codes]
    here = [rule for rule in fired if flow.in_order(rule.codes)[0] == option]
    elsewhere = tuple(rule for rule in fired if rule not in here)
    for place, rule in enumerate(here):
        also = tuple(flow.in_order(rule.codes - {option.code}))
        yield Line(option, rule, also, () if place else elsewhere)
    if not here:
        yield Line(option, elsewhere=elsewhere)


def _last(flow: Flow, rule: Rule) -> Option:
    return flow.in_order(rule.codes)[-1]
