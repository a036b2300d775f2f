"""What one answer more, less or other would change: for whoever tries the rules at the desk.

A reader is told of warning signs only (`Assessment.would_change`); this looks both ways.
"""

from __future__ import annotations

from collections.abc import Iterator
from operator import attrgetter
from typing import NamedTuple

from guide.triage.assess import Outcome, outcome
from guide.triage.flow import Answers, Flow, Option, Question
from guide.triage.path import walk


class Flip(NamedTuple):
    """An answer that is given, or taken back, and what all answers then come to."""

    option: Option
    given: bool
    outcome: Outcome


def flips(flow: Flow, answers: Answers) -> list[Flip]:
    """Return each single answer that would move how soon to get help, the most urgent first.

    Only questions that are asked are looked at, so there are never more than answers to them.
    """
    path = walk(flow, answers)
    now = outcome(flow, path.kept).how_soon
    found = [
        flip
        for question in path.asked
        for flip in _of(flow, question, path.kept)
        if flip.outcome.how_soon != now
    ]
    return sorted(found, key=attrgetter("outcome.how_soon"), reverse=True)


def _of(flow: Flow, question: Question, kept: Answers) -> Iterator[Flip]:
    for option in question.options:
        code = frozenset({option.code})
        if not code & kept:
            gives_way = question.codes if option.exclusive else question.gives_way
            yield Flip(option, given=True, outcome=outcome(flow, (kept - gives_way) | code))
        elif question.many:
            yield Flip(option, given=False, outcome=outcome(flow, kept - code))
