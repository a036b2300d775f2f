from __future__ import annotations

from itertools import pairwise

import pytest

from guide.triage import Case, Flow, Level, Question, Rule, failing_cases, problems
from guide.triage.reach import can_come_to
from tests.triage.makers import (
    boxes,
    case,
    flow,
    question,
    radio,
    rule,
    warning,
)

S, D, U, E = Level


def sound(*more: Question | Rule | Case) -> Flow:
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
        ([radio("d", "ca")], "The code ca stands for 2 answers"),
        ([radio("d")], "“d” has no answers"),
        ([radio("d", *(f"d{n}" for n in range(9)))], "“d” has 9 answers"),
        ([question("d", "da", many=True)], "“d” takes many answers but offers no “none"),
        ([radio("d", "da", asked_when="da")], "“d” waits for an answer to itself or to a later"),
        (
            [radio("d", "da", asked_when="ea"), radio("e", "ea")],
            "“d” waits for an answer to itself",
        ),
        ([radio("d", "da", asked_when="ea"), radio("e", "ea")], "“d” can never be asked"),
        ([rule("x")], "The rule x has an empty group"),
        ([rule("x", "ca", "")], "The rule x has an empty group"),
        ([rule("x", "ca", "cb")], "The rule x can never fire"),
        ([rule("x", "ca", pointers={"shoes": 3})], "The section shoes is pointed to"),
        (
            [rule("x", "ca", pointers={"shoes": 2}), rule("y", "cb", pointers={"shoes": 2})],
            "The section shoes is pointed to",
        ),
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
        "The rule x can never fire: no reader can give all its answers."
    ]


def test_a_warning_sign_needs_a_rule_of_its_own() -> None:
    only_together = flow(
        boxes("a", "aa", warning=True), radio("c", "ca"), rule("x", "aa", "ca", level=E)
    )
    assert problems(only_together) == [
        "“Answer aa” is a warning sign, but no rule of its own leads further than self-care."
    ]


def test_not_being_sure_must_open_a_follow_up_or_lead_to_help() -> None:
    alone = flow(warning("a", "aa"), rule("x", "aa", level=U))
    assert problems(alone) == [
        "Not being sure at “a” must open a “Check together” question or lead to doctor or higher."
    ]


def test_not_being_sure_of_an_emergency_sign_is_urgent() -> None:
    lax = flow(warning("a", "aa"), rule("x", "aa", level=E), rule("y", "a9", level=D))
    assert problems(lax) == [
        "Not being sure at “a” must open a “Check together” question or lead to urgent or higher."
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
        for n in range(9)
    ]
    assert not any("bytes" in line for line in problems(sound(*pages[:40])))
    assert problems(sound(*pages))[-1].endswith("at most 1500 fit.")


def test_a_case_that_comes_to_what_it_expects_does_not_fail() -> None:
    read = rule("read", "ca", pointers={"shoes": 4, "calves": 3})
    assert failing_cases(sound(read, case("a0 ca", S, show="shoes", hide="calves"))) == []


@pytest.mark.parametrize(
    ("answers", "show", "hide", "said"),
    [
        ("aa", "", "", "ann: comes to emergency, expected self_care."),
        ("a0 ca", "calves", "", "ann: does not show calves."),
        ("a0 ca", "", "shoes", "ann: shows shoes."),
        ("a0 ba ca", "", "", "ann: “Answer ba” cannot be answered together with the rest."),
        (
            "a0 ca cb",
            "",
            "",
            "ann: “Answer ca”, “Answer cb” cannot be answered together with the rest.",
        ),
    ],
)
def test_a_failing_case_says_what_came_instead(
    answers: str, show: str, hide: str, said: str
) -> None:
    read = rule("read", "ca", pointers={"shoes": 4})
    assert failing_cases(sound(read, case(answers, S, show, hide))) == [said]


def test_a_search_through_too_many_answers_is_given_up_and_accuses_nobody() -> None:
    """Publishing must not hang on a check."""
    pages = [radio(f"q{n}", *(f"q{n}{m}" for m in range(8))) for n in range(8)]
    made = flow(*pages)
    assert not can_come_to(made, pages[0].codes | pages[1].codes, lambda _: False)
    assert can_come_to(made, frozenset(made.option_of), lambda _: False)
