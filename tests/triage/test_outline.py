from __future__ import annotations

import random

import pytest

from guide.triage import Answers, Flow, Level, walk
from guide.triage.outline import Stop, outline
from guide.triage.people import somebody
from tests.triage.flows import NAMES, published
from tests.triage.makers import boxes, flow, radio, rule, warning

Ways = dict[str, list[str | None]]


def ways(stop: Stop) -> Ways:
    """For each code, the slugs of the questions it may lead to; the end is None."""
    return {
        option.code: [question.slug if question else None for question in lead.to]
        for lead in stop.leads
        for option in lead.options
    }


def ways_of(made: Flow, slug: str) -> Ways:
    return next(ways(stop) for stop in outline(made) if stop.question.slug == slug)


def test_a_sign_that_needs_help_today_leads_straight_to_the_result() -> None:
    made = flow(
        warning("a", "aa", "ab", "ac"),
        boxes("b", "ba"),
        rule("x", "aa", level=Level.EMERGENCY),
        rule("y", "ab", level=Level.URGENT),
        rule("z", "ac", level=Level.DOCTOR),
    )
    (stop, _) = outline(made)
    assert [(lead.level, [found.code for found in lead.options]) for lead in stop.leads] == [
        (Level.EMERGENCY, ["aa"]),
        (Level.URGENT, ["ab"]),
        (Level.SELF_CARE, ["ac", "a9", "a0"]),
    ]
    assert ways(stop) == {"aa": [], "ab": [], "ac": ["b"], "a0": ["b"], "a9": ["b"]}


def test_an_answer_leads_to_the_first_question_that_is_asked_then() -> None:
    made = flow(
        radio("a", "aa", "ab"),
        boxes("b", "ba", asked_when="aa"),
        boxes("c", "ca", asked_when="ba"),
        boxes("d", "da"),
    )
    assert ways_of(made, "a") == {"aa": ["b"], "ab": ["d"]}
    assert ways_of(made, "b") == {"ba": ["c"], "b0": ["d"]}
    assert ways_of(made, "d") == {"da": [None], "d0": [None]}


def test_where_an_earlier_answer_decides_each_way_is_named() -> None:
    made = flow(
        boxes("a", "aa", "ab"), boxes("b", "ba", asked_when="aa"), boxes("c", "ca", asked_when="ab")
    )
    assert ways_of(made, "b") == {"ba": ["c", None], "b0": ["c", None]}


def test_an_answer_that_others_rule_out_leads_nowhere() -> None:
    made = flow(
        radio("a", "aa", "ab"), boxes("b", "ba", asked_when="aa"), boxes("c", "ca", asked_when="ab")
    )
    assert ways_of(made, "b") == {"ba": [None], "b0": [None]}


def test_a_gate_says_which_answers_open_it_and_which_do_not() -> None:
    (_, stop) = outline(flow(radio("a", "aa", "ab"), boxes("b", "ba", asked_when="aa")))
    (gate,) = stop.gates
    assert [found.code for found in gate.opening] == ["aa"]
    assert [found.code for found in gate.others] == ["ab"]


def test_a_combination_is_completed_wherever_its_last_answer_may_be_given() -> None:
    made = flow(
        boxes("a", "aa"),
        boxes("b", "ba"),
        boxes("c", "ca"),
        rule("x", "aa ca", "ba", level=Level.URGENT),
        rule("calm", "aa", "ba", level=Level.DOCTOR),
        rule("single", "ba", level=Level.URGENT),
    )
    assert [[done.slug for done in stop.completes] for stop in outline(made)] == [[], ["x"], ["x"]]


def choose(made: Flow, answers: Answers, code: str) -> Answers:
    """Give this answer: beside others of its question where they go together."""
    question = next(found for found in made.questions if code in found.codes)
    together = question.many and code not in question.exclusive
    return answers - (question.exclusive if together else question.codes) | {code}


def somebody_who_answers(made: Flow, code: str, chance: random.Random) -> Answers:
    """Somebody who is asked the question of this answer, and gives nothing beside it."""
    asked = next(found for found in made.questions if code in found.codes)
    answers = somebody(made, chance.choice) - asked.codes | {code}
    while asked.asked_when:
        opening = chance.choice(sorted(asked.asked_when))
        answers = choose(made, answers, opening)
        asked = next(found for found in made.questions if opening in found.codes)
    return answers


@pytest.mark.parametrize("name", NAMES)
def test_what_the_outline_says_is_what_readers_go_through(name: str) -> None:
    """Nobody takes a way that is not named, and somebody takes each way that is."""
    made, chance = published(name), random.Random(13)
    for stop in outline(made):
        for code, to in ways(stop).items():
            taken = set()
            for _ in range(150 if to else 0):
                path = walk(made, somebody_who_answers(made, code, chance))
                rest = path.asked[path.asked.index(stop.question) + 1 :]
                taken.add(rest[0].slug if rest else None)
            assert taken == set(to), code
