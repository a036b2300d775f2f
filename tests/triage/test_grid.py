from __future__ import annotations

import pytest

from guide.triage import Flow, Level
from guide.triage.grid import grid, unfinished
from tests.triage.flows import NAMES, published
from tests.triage.makers import boxes, flow, radio, rule

FLOW = flow(
    boxes("a", "aa", "ab"),
    radio("b", "ba", "bb"),
    rule("alone", "aa", level=Level.URGENT),
    rule("shared", "ab ba"),
    rule("more", "aa bb"),
    rule("both", "aa ab", "bb"),
    rule("empty"),
    rule("half", "aa", ""),
)


def lines(of: Flow, question: str) -> list[tuple[str, str, list[str], list[str]]]:
    (block,) = [block for block in grid(of) if block.question.slug == question]
    return [
        (
            line.option.code,
            line.rule.slug if line.rule else "",
            [option.code for option in line.also],
            [one.slug for one in line.elsewhere],
        )
        for line in block.lines
    ]


def test_each_answer_has_a_line_for_each_rule_that_it_fires_first() -> None:
    assert lines(FLOW, "a") == [
        ("aa", "alone", [], []),
        ("aa", "more", ["bb"], []),
        ("ab", "shared", ["ba"], []),
        ("a0", "", [], []),
    ]


def test_an_answer_whose_rule_stands_earlier_says_where() -> None:
    assert lines(FLOW, "b") == [("ba", "", [], ["shared"]), ("bb", "", [], ["more"])]


def test_a_rule_of_several_answers_stands_where_the_last_of_them_is_given() -> None:
    assert [[one.slug for one in block.together] for block in grid(FLOW)] == [[], ["both"]]


def test_a_rule_without_answers_is_unfinished() -> None:
    assert [one.slug for one in unfinished(FLOW)] == ["empty", "half"]


@pytest.mark.parametrize("name", NAMES)
def test_every_rule_stands_in_one_place(name: str) -> None:
    made = published(name)
    found = [
        one.slug
        for block in grid(made)
        for one in (*(line.rule for line in block.lines if line.rule), *block.together)
    ]
    assert sorted(found) == sorted(one.slug for one in made.rules)
