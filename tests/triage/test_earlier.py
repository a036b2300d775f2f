"""Answers from before the questions changed: weighed until they are asked for again."""

from __future__ import annotations

from dataclasses import replace

import pytest

from guide.triage import Answers, Earlier, Flow, Level, assess, carry, earlier, walk
from tests.triage.flows import NAMES, alone, published
from tests.triage.makers import boxes, codes, flow, rule, warning

S, D, U, E = Level

OLD = flow(
    warning("a", "aa"),
    warning("b", "ba", asked_when="a9"),
    boxes("c", "ca"),
    rule("worst", "aa ba", level=E),
    rule("bad", "ca", level=U),
)


def reworded(old: Flow, *slugs: str) -> Flow:
    """The same questions, some of them in other words."""
    return replace(
        old,
        questions=tuple(
            replace(asked, text="In other words?") if asked.slug in slugs else asked
            for asked in old.questions
        ),
    )


def left(old: Flow, new: Flow, said: Answers, since: str = "") -> Earlier | None:
    return earlier(1, old, said, walk(new, carry(old, new, said) | codes(since)))


def level(found: Earlier | None) -> Level | None:
    return found and assess(found.flow, found.path.kept).level


@pytest.mark.parametrize("name", NAMES)
def test_a_sign_whose_question_changed_weighs_as_before_until_it_is_asked_again(name: str) -> None:
    old = published(name)
    for code, said in alone(name).items():
        before = assess(old, said).level
        if before >= U:
            new = reworded(old, old.question_of[code].slug)
            assert level(left(old, new, said)) == before, code


@pytest.mark.parametrize("name", NAMES)
def test_where_all_the_questions_changed_everything_weighs_as_before(name: str) -> None:
    old = published(name)
    new = reworded(old, *(asked.slug for asked in old.questions))
    for said in alone(name).values():
        assert level(left(old, new, said)) == assess(old, said).level


def test_nothing_is_left_where_the_questions_are_the_same() -> None:
    assert left(OLD, OLD, codes("aa c0")) is None


def test_an_answer_given_anew_takes_the_place_of_the_earlier_one() -> None:
    new = reworded(OLD, "a", "c")
    assert level(left(OLD, new, codes("aa ca"))) == E
    assert level(left(OLD, new, codes("aa ca"), "a0")) == U
    assert left(OLD, new, codes("aa ca"), "a0 c0") is None


def test_what_was_checked_together_is_left_until_it_is_checked_again() -> None:
    new = reworded(OLD, "a", "b")
    found = left(OLD, new, codes("a9 ba"), "a9")
    assert level(found) == E
    assert found
    assert [asked.slug for asked in found.again] == ["b"]
    assert left(OLD, new, codes("a9 ba"), "a0") is None


def test_a_question_in_the_place_of_another_asks_again_and_one_taken_out_cannot() -> None:
    first, *others = OLD.questions
    renamed = replace(OLD, questions=(replace(first, slug="x"), *others))
    assert level(left(OLD, renamed, codes("aa c0"))) == E
    assert left(OLD, replace(OLD, questions=OLD.questions[2:]), codes("aa c0")) is None


def test_what_was_not_answered_before_does_not_ask_again() -> None:
    found = left(OLD, reworded(OLD, "a", "c"), codes("ca"))
    assert found
    assert [asked.slug for asked in found.again] == ["c"]
