from __future__ import annotations

import random

import pytest

from guide.triage import Flow, Level, walk
from guide.triage.people import somebody
from guide.triage.what_if import flips
from tests.triage import twin
from tests.triage.flows import NAMES, published
from tests.triage.makers import boxes, codes, flow, radio, rule

FLOW = flow(
    boxes("a", "aa", "ab"),
    radio("b", "ba", "bb"),
    radio("c", "ca", asked_when="bb"),
    rule("x", "aa", level=Level.URGENT),
    rule("y", "ab", "ba", level=Level.DOCTOR),
    rule("z", "ab", "bb", level=Level.DOCTOR, soon=True),
    rule("w", "ca", level=Level.EMERGENCY),
)


def changes(answers: str, of: Flow = FLOW) -> dict[str, tuple[bool, Level, bool]]:
    return {
        flip.option.code: (flip.given, flip.outcome.level, flip.outcome.soon)
        for flip in flips(of, codes(answers))
    }


def test_one_answer_more_is_tried_on_every_question_that_is_asked() -> None:
    assert changes("") == {"aa": (True, Level.URGENT, False)}
    assert changes("bb") == {
        "ca": (True, Level.EMERGENCY, False),
        "aa": (True, Level.URGENT, False),
        "ab": (True, Level.DOCTOR, True),
    }


def test_an_answer_taken_back_may_lower_the_level() -> None:
    assert changes("aa ab")["aa"] == (False, Level.SELF_CARE, False)


def test_another_answer_takes_the_place_of_one_that_goes_with_no_other() -> None:
    assert changes("ab ba")["bb"] == (True, Level.DOCTOR, True), "this week is sooner"
    assert changes("ab ba")["a0"] == (True, Level.SELF_CARE, False)


def test_the_most_urgent_comes_first_and_what_moves_nothing_is_left_out() -> None:
    levels = [flip.outcome.how_soon for flip in flips(FLOW, codes("bb"))]
    assert levels == sorted(levels, reverse=True)
    assert "ba" not in changes("")


@pytest.mark.parametrize("name", NAMES)
def test_each_is_what_comes_of_it_when_it_is_tried(name: str) -> None:
    made, choose, seen = published(name), random.Random(5).choice, 0
    for _ in range(60):
        kept = walk(made, somebody(made, choose)).kept
        for flip in flips(made, kept):
            question = made.question_of[flip.option.code]
            code = {flip.option.code}
            if not flip.given:
                tried = kept - code
            elif question.many and not flip.option.exclusive:
                tried = (kept - question.exclusive) | code
            else:
                tried = (kept - question.codes) | code
            assert flip.outcome.level is twin.level(made, tried)
            seen += 1
    assert seen > 500
