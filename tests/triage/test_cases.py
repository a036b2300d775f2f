"""Safety cases say who is led astray, and which rules nobody would miss."""

from __future__ import annotations

from dataclasses import replace

import pytest

from guide import models
from guide.triage import Case, Flow, Level, Rule, failing_cases, missing_cases
from tests.triage.flows import published
from tests.triage.makers import case, flow, radio, rule, warning

S, D, U, E = Level


def made(*more: Rule | Case) -> Flow:
    return flow(
        warning("a", "aa", "ab"),
        warning("b", "ba", asked_when="a9"),
        radio("c", "ca", "cb"),
        rule("bad", "aa ba", level=E),
        *more,
    )


def test_a_case_that_comes_to_what_it_expects_does_not_fail() -> None:
    read = rule("read", "ca", pointers={"shoes": 4, "calves": 3})
    assert failing_cases(made(read, case("a0 ca", S, show="shoes", hide="calves"))) == []


@pytest.mark.parametrize(
    ("answers", "show", "hide", "said"),
    [
        ("aa", "", "", "comes out as “Emergency, now”, not as “Look after it at home”."),
        ("a0 ca", "calves", "", "does not show the section “calves”."),
        ("a0 ca", "", "shoes", "shows the section “shoes”."),
        (
            "a0 ba ca",
            "",
            "",
            "gives “b: Answer ba”, which cannot be answered together with the rest.",
        ),
        (
            "a0 ca cb",
            "",
            "",
            (
                "gives “c: Answer ca”, “c: Answer cb”, which cannot be answered together "
                "with the rest."
            ),
        ),
    ],
)
def test_a_failing_case_says_what_came_instead(
    answers: str, show: str, hide: str, said: str
) -> None:
    read = rule("read", "ca", pointers={"shoes": 4})
    assert failing_cases(made(read, case(answers, S, show, hide))) == [
        f"The case “ann” (It aches.) {said}"
    ]


def test_a_long_story_is_cut_where_a_case_is_named() -> None:
    long = replace(case("aa", S), story="It aches. " * 40)
    assert len(failing_cases(made(long))[0]) < 200


#: A case for each level. Of the rules, either of the first two could be lost unseen.
PEOPLE: list[Rule | Case] = [
    rule("worry", "ab", level=U),
    rule("worry-too", "ab", level=U),
    rule("visit", "ca", level=D),
    case("aa", E),
    case("ab", U),
    case("a0 ca", D),
    case("a0 cb", S),
]


def test_a_rule_whose_level_another_rule_gives_as_well_is_guarded_by_no_case() -> None:
    assert missing_cases(made(*PEOPLE)) == [
        f"The rule “{slug}” could be lost unseen. Add a safety case that no other rule leads to "
        "“Urgent, today”."
        for slug in ("worry", "worry-too")
    ]


def test_every_level_needs_a_case() -> None:
    assert missing_cases(made(*PEOPLE[:3])) == [
        f"No safety case must come out as “{level.label}”. Add one." for level in Level
    ]


def test_a_rule_that_raises_nothing_needs_no_case() -> None:
    read = rule("read", "cb", pointers={"shoes": 4}, because="It is the shoes.")
    assert missing_cases(made(read, PEOPLE[0], *PEOPLE[2:])) == []


def test_without_a_rule_that_is_not_named_or_at_a_lower_level_some_case_fails() -> None:
    """What is fast is right: each rule is taken out, and lowered, and all cases are run."""
    legs = published("legs")
    fewer = Flow(legs.slug, legs.title, legs.questions, legs.rules, legs.cases[::3])
    said = missing_cases(fewer)
    named = {one.slug for one in legs.rules if any(f"“{one.slug}”" in line for line in said)}
    raising = [one for one in legs.rules if one.level > S]
    assert 10 < len(named) < len(raising) - 10
    for one in raising:
        others = tuple(other for other in legs.rules if other is not one)
        lower = replace(one, level=Level(one.level - 1))
        for rules in (others, (*others, lower)):
            assert failing_cases(replace(fewer, rules=rules)) or one.slug in named


def test_levels_are_called_what_the_desk_calls_them() -> None:
    assert [(level.slug, level.label) for level in Level] == models.Level.choices
