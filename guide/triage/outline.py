"""Where each question leads: what a flow comes to when it is told or drawn."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise
from typing import NamedTuple

from guide.triage.flow import Flow, Level, Option, Question, Rule

#: From this level up an answer leads straight to the result.
TO_RESULT_FROM = Level.URGENT


class Gate(NamedTuple):
    """The answers to one question that open a later one, and those that do not."""

    question: Question
    opening: tuple[Option, ...]
    others: tuple[Option, ...]


class Lead(NamedTuple):
    """Answers of a question that lead the same way when nothing is chosen beside them.

    They lead straight to the result if their `level` is high; `to` is empty then. Otherwise
    the first question of `to` that these people are asked comes next; None is the end.
    """

    options: tuple[Option, ...]
    level: Level
    to: tuple[Question | None, ...]


class Stop(NamedTuple):
    """A question, when it is asked (`gates`: any of them; none: always) and where it leads.

    `completes` are the rules that an answer here can complete together with other answers,
    and that lead straight to the result as well.
    """

    question: Question
    gates: tuple[Gate, ...]
    leads: tuple[Lead, ...]
    completes: tuple[Rule, ...]


def outline(flow: Flow) -> list[Stop]:
    """Return the questions of a flow, in their order, with where each of them leads."""
    return [
        Stop(
            question,
            gates=tuple(_gates(flow, question)),
            leads=tuple(_leads(flow, question)),
            completes=tuple(rule for rule in flow.rules if _completes(flow, question, rule)),
        )
        for question in flow.questions
    ]


def _gates(flow: Flow, question: Question) -> Iterator[Gate]:
    for earlier in flow.questions:
        opening = tuple(found for found in earlier.options if found.code in question.asked_when)
        if opening:
            others = tuple(found for found in earlier.options if found not in opening)
            yield Gate(earlier, opening, others)


def _leads(flow: Flow, question: Question) -> Iterator[Lead]:
    """Yield what leads to the result, worst first, then what leads on, in order."""
    alike: dict[tuple[Level, tuple[Question | None, ...]], list[Option]] = {}
    for option in question.options:
        level = flow.floor_of[option.code]
        if level >= TO_RESULT_FROM:
            alike.setdefault((level, ()), []).append(option)
        else:
            way = Level.SELF_CARE, _next(flow, question, option.code)
            alike.setdefault(way, []).append(option)
    for level, to in sorted(alike, key=lambda way: -way[0]):
        yield Lead(tuple(alike[level, to]), level, to)


def _next(flow: Flow, question: Question, code: str) -> tuple[Question | None, ...]:
    """Return the questions that may come right after an answer that is given alone."""
    behind = _behind(flow, question)
    opened = [asked.asked_when for asked in behind if asked.asked_when]
    void = _ruled_out(behind) | (question.codes - {code})
    passed, found = False, list[Question | None]()
    for other in flow.questions:
        if other is question:
            passed = True
        elif other.asked_when and other.asked_when <= void:
            void |= other.codes
        elif passed:
            found.append(other)
            sure = not other.asked_when or code in other.asked_when
            if sure or any(gate <= other.asked_when for gate in opened):
                return tuple(found)
            # What follows comes right after the answer only where this one is not asked.
            void |= other.codes
    return (*found, None)


def _behind(flow: Flow, question: Question) -> list[Question]:
    """Return the question, the one whose answers alone open it, the one that opens that..."""
    found = [question]
    for earlier in reversed(flow.questions[: flow.questions.index(question)]):
        if found[-1].asked_when and found[-1].asked_when <= earlier.codes:
            found.append(earlier)
    return found


def _ruled_out(behind: list[Question]) -> frozenset[str]:
    """Return the answers that nobody can have given who came this way."""
    out = frozenset[str]()
    for later, earlier in pairwise(behind):
        opening = later.asked_when
        if not earlier.many or opening <= earlier.exclusive:
            out |= earlier.codes - opening
        elif opening.isdisjoint(earlier.exclusive):
            out |= earlier.exclusive
    return out


def _completes(flow: Flow, question: Question, rule: Rule) -> bool:
    """Tell whether an answer here can be the last that a combination waits for."""
    if rule.level < TO_RESULT_FROM or len(rule.groups) < 2 or rule.codes.isdisjoint(question.codes):
        return False
    last = max(flow.place_of[option.code] for option in question.options)
    return all(any(flow.place_of[code] <= last for code in group) for group in rule.groups)
