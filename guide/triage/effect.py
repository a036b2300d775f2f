"""What a draft would change for people, against the edition that readers have.

Tried on every safety case and on a crowd of made-up people, the same ones each time.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from itertools import chain
from typing import NamedTuple

from guide.triage.assess import Outcome, outcome, points
from guide.triage.flow import Answers, Case, Flow
from guide.triage.path import walk
from guide.triage.people import SEED, crowd
from guide.triage.reach import can_be_shown

PEOPLE = 20_000
EXAMPLES_AT_MOST = 10
#: So many of those who move are looked at for examples: each takes some forty assessments.
LOOKED_AT_MOST = 300


class Move(NamedTuple):
    """Answers that come to something else in the draft, and how many people they stand for."""

    answers: Answers
    was: Outcome
    now: Outcome
    people: int = 1

    @property
    def up(self) -> bool:
        return self.now.how_soon > self.was.how_soon


class MovedCase(NamedTuple):
    """A safety case that comes out sooner or later than it did."""

    case: Case
    move: Move


class Effect(NamedTuple):
    """What differs. Of people, those who move up or down, and those who are told other things.

    `examples` are the fewest answers that still move so, each for all people like it among the
    first that were looked at.
    """

    cases: int
    moved_cases: tuple[MovedCase, ...]
    people: int
    up: int
    down: int
    other_sections: int
    lost_cautions: int
    new_cautions: int
    examples: tuple[Move, ...]
    lost_sections: tuple[str, ...]
    new_sections: tuple[str, ...]


def effect(old: Flow, new: Flow, people: int = PEOPLE) -> Effect:
    """Compare a draft with the live edition, case by case and person by person."""
    cases = {case.slug: case for case in (*old.cases, *new.cases)}
    moved_cases = [MovedCase(case, _move(old, new, case.answers)) for case in cases.values()]
    moves = [_move(old, new, answers) for answers in _people(old, new, people)]
    moved = [move for move in moves if _moved(move)]
    was, now = _shown(old), _shown(new)
    return Effect(
        cases=len(cases),
        moved_cases=tuple(one for one in moved_cases if _moved(one.move)),
        people=len(moves),
        up=sum(move.up for move in moved),
        down=sum(not move.up for move in moved),
        other_sections=sum(move.was.sections != move.now.sections for move in moves),
        lost_cautions=sum(not move.was.cautions <= move.now.cautions for move in moves),
        new_cautions=sum(not move.now.cautions <= move.was.cautions for move in moves),
        examples=tuple(_examples(old, new, moved)),
        lost_sections=tuple(sorted(was - now)),
        new_sections=tuple(sorted(now - was)),
    )


def _people(old: Flow, new: Flow, count: int) -> Iterator[Answers]:
    """Yield people who answer the draft, and as many who answer the live edition.

    Whoever only answered the draft could not miss a sign that it no longer asks for.
    """
    others = crowd(old, count // 2, seed=SEED + 1)
    return chain(crowd(new, count - count // 2), others)


def _move(old: Flow, new: Flow, answers: Answers) -> Move:
    return Move(answers, outcome(old, answers), outcome(new, answers))


def _moved(move: Move) -> bool:
    return move.was.how_soon != move.now.how_soon


def _shown(flow: Flow) -> frozenset[str]:
    return frozenset(section for section in points(flow.rules) if can_be_shown(flow, section))


def _examples(old: Flow, new: Flow, moved: list[Move]) -> Iterator[Move]:
    """Yield the fewest answers that stand for those who move: down, then up, as many of each."""
    down, up = (_alike(old, new, [one for one in moved if one.up is up]) for up in (False, True))
    half = EXAMPLES_AT_MOST // 2
    yield from down[: EXAMPLES_AT_MOST - min(len(up), half)]
    yield from up[: EXAMPLES_AT_MOST - min(len(down), half)]


def _alike(old: Flow, new: Flow, moved: list[Move]) -> list[Move]:
    """Return one move for all that come down to the same answers, those of most people first."""
    found = Counter(_fewest(old, new, move) for move in moved[:LOOKED_AT_MOST])
    return [_move(old, new, answers)._replace(people=n) for answers, n in found.most_common()]


def _fewest(old: Flow, new: Flow, move: Move) -> Answers:
    """Leave out what is not needed to move in the same way."""
    kept = walk(old, move.answers).kept | walk(new, move.answers).kept
    for code in sorted(kept, reverse=True):
        fewer = _move(old, new, kept - {code})
        if (fewer.was.how_soon, fewer.now.how_soon) == (move.was.how_soon, move.now.how_soon):
            kept -= {code}
    return kept
