"""What is read out when asking for help, and whose voice it is."""

from __future__ import annotations

import random
from dataclasses import replace

import pytest

from guide.triage import Flow, Level, aloud, assess
from guide.triage.people import somebody
from tests.triage.flows import NAMES, published
from tests.triage.makers import boxes, codes, flow, option, rule, warning

S, D, U, E = Level

LEGS = flow(
    warning("a", option("aa", said="one leg newly swollen"), option("ab", said="chest pain")),
    boxes("b", option("ba", said="I take a statin"), option("bb", said="my leg aches"), "bc"),
    rule("lung", "ab", level=E, because="This can be a clot in the lung. Every minute counts."),
    rule("clot", "aa", level=U, because="This can be a blood clot."),
    rule("mild", "bb", level=D),
    rule("statin", "ba", level=D, soon=True, because="A {doctor} can check it."),
)


def heard(answers: str, of: Flow = LEGS) -> tuple[str, ...]:
    return aloud(of, assess(of, codes(answers)))


def test_it_says_what_is_needed_why_and_what_it_can_be() -> None:
    assert heard("aa b0") == (
        "I need to see a {doctor} today.",
        "Here is why: one leg newly swollen.",
        "A guide to leg pain says: “This can be a blood clot.”",
    )


@pytest.mark.parametrize(
    ("answers", "needed"),
    [
        ("ab", "I need an ambulance."),
        ("aa", "I need to see a {doctor} today."),
        ("a0 ba", "I need to see a {doctor} this week."),
        ("a0 bb", "I need to see a {doctor}, but it is not urgent."),
    ],
)
def test_each_level_asks_for_its_own_help(answers: str, needed: str) -> None:
    assert heard(answers)[0] == needed


def test_nobody_is_called_for_self_care() -> None:
    assert heard("a0 bc") == ()


def test_of_what_the_guide_says_only_the_first_sentence_is_read_out() -> None:
    assert heard("ab")[2] == "A guide to leg pain says: “This can be a clot in the lung.”"


def test_a_rule_that_says_nothing_is_not_quoted() -> None:
    assert len(heard("a0 bb")) == 2


def test_what_is_needed_this_week_comes_first() -> None:
    assert heard("a0 ba bb")[1] == "Here is why: I take a statin; my leg aches."


def test_reasons_of_a_lower_level_are_left_out() -> None:
    assert heard("aa ba")[1] == "Here is why: one leg newly swollen."


def test_of_many_rules_only_what_is_short_enough_is_quoted() -> None:
    made = flow(
        warning(
            "a",
            option("aa", said="five words of my own"),
            option("ab", said="a sign in so many words that it takes a whole breath to say it all"),
            option("ac", said="one more short sign"),
        ),
        *(rule(code, code, level=U) for code in ("aa", "ab", "ac")),
    )
    assert heard("aa ab ac", made)[1] == "Here is why: five words of my own; one more short sign."
    assert heard("ab", made)[1].startswith("Here is why: a sign in so many words")


def test_of_a_rule_that_takes_many_answers_the_last_two_are_quoted() -> None:
    made = flow(
        boxes("a", option("aa", said="my calf"), option("ab", said="it aches")),
        boxes("b", option("ba", said="I had surgery")),
        rule("x", "aa", "ab", "ba", level=U),
    )
    assert heard("aa ab ba", made)[1] == "Here is why: it aches; I had surgery."


def test_of_two_long_answers_to_one_rule_the_last_is_quoted() -> None:
    long = "a sign in so many words that it takes a whole breath to say it"
    made = flow(
        warning("a", option("aa", said=f"first {long}"), option("ab", said=f"then {long}")),
        rule("x", "aa ab", level=U),
    )
    assert heard("aa ab", made)[1] == f"Here is why: then {long}."


def test_a_helper_asks_for_someone_and_a_parent_for_a_child() -> None:
    assert heard("ab", replace(LEGS, for_other=True))[0] == (
        "I am calling for someone who needs an ambulance."
    )
    assert heard("ab", replace(LEGS, slug="child"))[0] == (
        "I am calling for my child, who needs an ambulance."
    )


@pytest.mark.parametrize("name", NAMES)
def test_whatever_is_answered_it_takes_at_most_three_short_sentences(
    name: str,
) -> None:
    of, chance = published(name), random.Random(8)
    counted = 0
    for _ in range(500):
        found = assess(of, somebody(of, chance.choice))
        sentences = aloud(of, found)
        assert bool(sentences) == (found.level > S)
        assert len(sentences) <= 3
        assert all(len(line.split()) <= 34 for line in sentences), sentences
        counted += bool(sentences)
    assert counted > 100
