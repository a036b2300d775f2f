from __future__ import annotations

import re
from itertools import pairwise
from pathlib import Path

import pytest

from guide.triage import Flow, Level, Question, Rule, problems
from guide.triage.problems import PARTS_OF
from guide.triage.reach import can_come_to
from tests.triage.makers import (
    boxes,
    flow,
    option,
    question,
    radio,
    rule,
    warning,
)

S, D, U, E = Level
TEMPLATES = Path(__file__).resolve().parents[2] / "templates"


def sound(*more: Question | Rule) -> Flow:
    """A flow without a problem, and what a test adds to it."""
    return flow(
        warning("a", "aa"),
        warning("b", "ba", asked_when="a9"),
        radio("c", "ca", "cb"),
        rule("bad", "aa ba", level=E),
        rule("still", "b9", level=U),
        *more,
    )


def test_a_sound_flow_has_no_problems() -> None:
    assert problems(sound()) == []


@pytest.mark.parametrize(
    ("more", "said"),
    [
        ([radio("d", "ca")], "The code ca stands for “c: Answer ca”, “d: Answer ca”. Give"),
        ([radio("d")], "“d” has no answers"),
        ([radio("d", *(f"d{n}" for n in range(9)))], "“d” has 9 answers"),
        ([question("d", "da", many=True)], "“d” takes many answers but offers no “none"),
        ([radio("d", "da", asked_when="da")], "“d” waits for an answer to itself or to a later"),
        (
            [radio("d", "da", asked_when="ea"), radio("e", "ea")],
            "“d” waits for an answer to itself",
        ),
        ([radio("d", "da", asked_when="ea"), radio("e", "ea")], "“d” can never be asked"),
        ([rule("x")], "The rule “x” has an empty group"),
        ([rule("x", "ca", "")], "The rule “x” has an empty group"),
        ([rule("x", "ca", "cb")], "The rule “x” can never fire"),
        ([rule("x", "ca", pointers={"shoes": 3})], "What points to it: the rule “x”."),
        (
            [rule("x", "ca", pointers={"shoes": 2}), rule("y", "cb", pointers={"shoes": 2})],
            "No answers give the section “shoes” the 4 points",
        ),
        ([radio("d", "da"), rule("x", "da", level=E)], "“d” has an answer that leads to “Emerg"),
        ([radio("d", "hip", "knee", picture="leg")], "of its part: front-thigh, back-thigh, shin"),
    ],
)
def test_a_problem_is_told_in_plain_words(more: list[Question | Rule], said: str) -> None:
    assert any(said in line for line in problems(sound(*more)))


def test_none_and_not_sure_take_no_room_on_a_page() -> None:
    assert problems(sound(boxes("d", *(f"d{n}" for n in range(1, 9))))) == []


def test_points_of_rules_that_can_fire_together_add_up() -> None:
    together: list[Question | Rule] = [
        boxes("d", "da", "db"),
        rule("x", "da", pointers={"shoes": 2}),
        rule("y", "db", pointers={"shoes": 2}),
    ]
    assert problems(sound(*together)) == []


def test_a_rule_that_needs_answers_of_two_branches_can_never_fire() -> None:
    branches = [radio("d", "da", asked_when="ca"), radio("e", "ea", asked_when="cb")]
    assert problems(sound(*branches, rule("x", "da", level=D))) == []
    assert problems(sound(*branches, rule("x", "da", "ea", level=D))) == [
        "The rule “x” can never fire: no reader can give all its answers."
    ]


def test_a_warning_sign_needs_a_rule_of_its_own() -> None:
    only_together = flow(
        boxes("a", "aa", warning=True), radio("c", "ca"), rule("x", "aa", "ca", level=E)
    )
    assert problems(only_together) == [
        (
            "“a: Answer aa” is a warning sign, but no rule of its own leads further than "
            "“Look after it at home”."
        )
    ]


def test_a_sign_and_its_twin_are_told_apart() -> None:
    """Both pages use the same words for it."""
    twins = flow(
        warning("a", option("aa", text="One leg is swollen")),
        warning("b", option("ba", text="One leg is swollen"), asked_when="a9"),
        rule("still", "b9", level=D),
    )
    assert [line.partition(" is a")[0] for line in problems(twins)] == [
        "“a: One leg is swollen”",
        "“b: One leg is swollen”",
    ]


def test_a_question_that_stops_asking_for_warning_signs_is_told_once() -> None:
    calm: list[Question | Rule] = [boxes("d", "da", "db"), rule("x", "da db", level=E)]
    assert problems(sound(*calm)) == [
        (
            "“d” has an answer that leads to “Emergency, now” by itself. "
            "Tick “asks for warning signs” for it."
        )
    ]
    assert problems(sound(boxes("d", "da"), rule("x", "da", level=U))) == []


def test_a_picture_whose_parts_all_have_an_answer_is_no_problem() -> None:
    parts = [option(f"d{n}", slug=slug) for n, slug in enumerate(PARTS_OF["leg"])]
    assert problems(sound(radio("d", *parts, picture="leg"))) == []
    assert problems(sound(radio("d", *parts[1:], picture="leg"))) == [
        "“d” shows a picture, but no answer has the short name of its part: hip."
    ]


def test_the_parts_are_those_of_the_picture() -> None:
    components = TEMPLATES / "components"
    drawn = (components / "_leg.html").read_text(encoding="utf-8")
    named = (components / "_leg_picker.html").read_text(encoding="utf-8")
    assert set(re.findall(r'<path data-part="([\w-]+)"', drawn)) == set(PARTS_OF["leg"])
    assert set(re.findall(r'part == "([\w-]+)"', named)) == set(PARTS_OF["leg"])


def test_not_being_sure_must_open_a_follow_up_or_lead_to_help() -> None:
    alone = flow(warning("a", "aa"), rule("x", "aa", level=U))
    assert problems(alone) == [
        (
            "Not being sure at “a” must open a “Check together” question or lead to at least "
            "“See a doctor, not urgent”."
        )
    ]


def test_not_being_sure_of_an_emergency_sign_is_urgent() -> None:
    lax = flow(warning("a", "aa"), rule("x", "aa", level=E), rule("y", "a9", level=D))
    assert problems(lax) == [
        (
            "Not being sure at “a” must open a “Check together” question or lead to at least "
            "“Urgent, today”."
        )
    ]


def test_ten_questions_fit_on_a_path_and_check_together_is_not_counted() -> None:
    more = [radio(f"q{n}", f"q{n}") for n in range(8)]
    assert problems(sound(*more)) == []
    assert "One path has 11 questions" in problems(sound(*more, radio("z", "za")))[0]


def test_questions_of_different_branches_do_not_add_up() -> None:
    left = [radio(f"l{n}", f"l{n}", asked_when="ca") for n in range(8)]
    right = [radio(f"r{n}", f"r{n}", asked_when="cb") for n in range(8)]
    assert problems(sound(*left, *right)) == []


def test_branches_opened_on_one_page_add_up() -> None:
    gates = [boxes("d", "da", "db", "dc")]
    pages = [radio(f"p{n}", f"p{n}", asked_when=f"d{'abc'[n % 3]}") for n in range(8)]
    assert "One path has 11 questions" in problems(sound(*gates, *pages))[0]


def test_a_long_chain_of_gates_is_followed_to_its_end() -> None:
    slugs = [f"k{number:03}" for number in range(300)]
    chain = [
        radio(two, two[:1] + two[-3:], asked_when=one[:1] + one[-3:])
        for one, two in pairwise(slugs)
    ]
    made = flow(radio("k000", "k000"), *chain)
    assert any(line.startswith("One path has 300 questions") for line in problems(made))


def test_answers_that_do_not_fit_in_a_cookie_are_refused() -> None:
    pages = [
        boxes(f"{letter}{n}", *(f"{letter}{n}{m}" for m in "abcdefgh"), asked_when="ca")
        for letter in "efghij"
        for n in range(3)
    ]
    assert not any("bytes" in line for line in problems(sound(*pages[:12])))
    assert problems(sound(*pages))[-1].endswith("at most 500 fit.")


def test_a_search_through_too_many_answers_is_given_up_and_accuses_nobody() -> None:
    """Publishing must not hang on a check."""
    pages = [radio(f"q{n}", *(f"q{n}{m}" for m in range(8))) for n in range(8)]
    made = flow(*pages)
    assert not can_come_to(made, pages[0].codes | pages[1].codes, lambda _: False)
    assert can_come_to(made, frozenset(made.option_of), lambda _: False)
