from __future__ import annotations

import random
from dataclasses import replace

import pytest

from guide.triage import Answers, Flow, Level, carry, led_to, walk
from guide.triage.people import somebody
from tests.triage.flows import NAMES, published
from tests.triage.makers import boxes, codes, flow, option, radio

FLOW = flow(
    boxes("a", "aa", "ab"),
    radio("b", "ba", "bb"),
    boxes("c", "ca", "cb", asked_when="bb"),
    radio("d", "da", "db"),
)


def next_slug(answers: str, of: Flow = FLOW) -> str | None:
    todo = walk(of, codes(answers)).next
    return todo.slug if todo else None


def kept(answers: str, of: Flow = FLOW) -> Answers:
    return walk(of, codes(answers)).kept


def test_the_first_question_without_an_answer_is_next() -> None:
    assert next_slug("") == "a"
    assert next_slug("aa ab") == "b"
    assert next_slug("ba da") == "a"


def test_a_path_with_all_its_answers_has_no_next_question() -> None:
    assert next_slug("a0 ba da") is None


def test_a_gated_question_is_asked_only_of_those_who_open_it() -> None:
    assert [asked.slug for asked in walk(FLOW, codes("aa ba")).asked] == ["a", "b", "d"]
    assert [asked.slug for asked in walk(FLOW, codes("aa bb")).asked] == ["a", "b", "c", "d"]


def test_any_of_the_opening_answers_opens_a_question() -> None:
    gated = flow(boxes("a", "aa", "ab", "ac"), radio("b", "ba", asked_when="aa ab"))
    assert [next_slug(one, gated) for one in ("aa", "ab", "ac", "aa ac")] == ["b", "b", None, "b"]


def test_answers_to_a_question_that_left_the_path_are_dropped() -> None:
    assert kept("a0 bb ca da") == codes("a0 bb ca da")
    assert kept("a0 ba ca da") == codes("a0 ba da")


def test_a_dropped_answer_opens_nothing() -> None:
    chain = flow(
        radio("a", "aa", "ab"), radio("b", "ba", asked_when="ab"), radio("c", "ca", asked_when="ba")
    )
    assert kept("aa ba ca", chain) == codes("aa")


def test_none_together_with_a_sign_is_asked_again() -> None:
    assert kept("a0 aa ba") == codes("ba")
    assert next_slug("a0 aa ba") == "a"


def test_two_answers_to_a_question_that_takes_one_are_asked_again() -> None:
    assert kept("aa ba bb da") == codes("aa da")
    assert next_slug("aa ba bb da") == "b"


@pytest.mark.parametrize("forged", ["zz", "zz yy"])
def test_codes_that_nobody_gave_out_are_dropped(forged: str) -> None:
    assert kept(f"aa ba {forged}") == codes("aa ba")


def test_the_path_names_what_has_no_answer() -> None:
    assert [asked.slug for asked in walk(FLOW, codes("aa bb")).unanswered] == ["c", "d"]


@pytest.mark.parametrize("name", NAMES)
def test_every_serious_sign_can_be_led_to_from_any_answers(name: str) -> None:
    of, chance = published(name), random.Random(5)
    signs = [code for code, level in of.floor_of.items() if level >= Level.URGENT]
    for given in [frozenset[str](), *(somebody(of, chance.choice) for _ in range(50))]:
        for sign in signs:
            asked = of.question_of[sign]
            answers = led_to(of, asked, (given - asked.codes) | {sign})
            assert sign in walk(of, answers).kept


@pytest.mark.parametrize(
    ("answers", "led"),
    [
        ("sb", "w9 sb"),
        ("w0 sb", "w9 sb"),
        ("wa wb sb", "wa wb sb"),
        ("w0 ta sb", "w9 ta sb"),
    ],
)
def test_of_the_ways_to_a_question_the_one_that_claims_least_is_taken(
    answers: str, led: str
) -> None:
    of = flow(
        boxes("w", "wa", "wb", option("w9", "unsure")),
        radio("s", "sa", "sb", asked_when="wb w9"),
        boxes("t", "ta"),
    )
    assert led_to(of, of.questions[1], codes(answers)) == codes(led)


def edited(place: int, **fields: object) -> Flow:
    questions = list(FLOW.questions)
    questions[place] = replace(questions[place], **fields)  # type: ignore[arg-type]
    return replace(FLOW, questions=tuple(questions))


def test_answers_carry_over_to_an_edition_that_asks_the_same() -> None:
    helped = edited(1, hint="Select one.", why="To help.", help="Look.", label="Feel")
    assert carry(FLOW, helped, codes("aa ba da")) == codes("aa ba da")


@pytest.mark.parametrize(
    "change",
    [
        {"text": "How does it feel?"},
        {"options": (option("ba"), option("bb", text="Other words"))},
        {"options": (option("ba"), option("bc"))},
        {"many": True},
    ],
)
def test_answers_to_a_question_that_changed_its_meaning_are_asked_anew(
    change: dict[str, object],
) -> None:
    assert carry(FLOW, edited(1, **change), codes("aa ba da")) == codes("aa da")


def test_answers_to_a_question_that_is_gone_are_dropped() -> None:
    assert carry(FLOW, flow(*FLOW.questions[:1]), codes("aa ba da")) == codes("aa")
