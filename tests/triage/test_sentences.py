from __future__ import annotations

import pytest

from guide.triage import Flow, Level, Rule
from guide.triage.sentences import sentence
from tests.triage.flows import NAMES, published
from tests.triage.makers import boxes, flow, option, radio, rule, warning

SIGNS = (option("aa", text="One leg is swollen"), option("ab", text="A leg is cold"))
AGAIN = (option("ba", text="One leg is swollen"), option("bb", text="A leg is cold"))


def said(*parts: Rule) -> list[str]:
    made = flow(
        warning("a", *SIGNS),
        warning("b", *AGAIN, asked_when="a9"),
        radio("c", option("ca", text="Calf"), option("cb", text="Foot")),
        *parts,
    )
    return [sentence(made, one) for one in made.rules]


def test_one_answer_asks_for_a_level_and_says_why() -> None:
    urgent = rule("x", "aa", level=Level.URGENT, because="This can be a blood clot.")
    assert said(urgent) == [
        "If the answer is “One leg is swollen”: see a {doctor} today. This can be a blood clot."
    ]


def test_a_sign_that_is_asked_for_twice_is_named_once() -> None:
    assert said(rule("x", "aa ba", level=Level.EMERGENCY)) == [
        "If the answer is “One leg is swollen”: call {emergency} now."
    ]


def test_answers_of_which_any_one_is_enough_are_listed() -> None:
    (found,) = said(rule("x", "ab aa ca bb", level=Level.DOCTOR))
    condition = "If one answer is “One leg is swollen”, “A leg is cold” or “Calf”"
    assert found == f"{condition}: see a {{doctor}}, not urgent."


def test_answers_that_must_come_together_are_joined() -> None:
    two = rule("x", "aa ba", "ca cb", level=Level.DOCTOR, soon=True)
    three = rule("y", "aa", "ab", "ca")
    condition = "If one answer is “One leg is swollen”"
    assert said(two, three) == [
        f"{condition}, and one is “Calf” or “Foot”: see a {{doctor}} this week.",
        f"{condition}, one is “A leg is cold”, and one is “Calf”: the level stays as it is.",
    ]


def test_an_answer_that_means_nothing_by_itself_comes_with_its_question() -> None:
    made = flow(
        boxes("a", "aa", label="Where"),
        warning("b", "ba", label="Signs"),
        rule("x", "a0", level=Level.DOCTOR),
    )
    (found,) = [sentence(made, one) for one in made.rules]
    assert found == "If the answer is “Answer a0” at “Where”: see a {doctor}, not urgent."


@pytest.fixture(params=NAMES)
def real(request: pytest.FixtureRequest) -> Flow:
    return published(request.param)


def test_every_rule_of_the_guide_is_one_condition_that_names_each_answer_once(real: Flow) -> None:
    for one in real.rules:
        condition, _, rest = sentence(real, one).partition("”: ")
        assert condition.startswith(("If the answer is “", "If one answer is “"))
        assert rest.endswith(one.because or ".")
        for group in one.groups:
            for text in {real.option_of[code].text for code in group}:
                assert sentence(real, one).count(f"“{text}”") == 1


def test_no_two_rules_of_the_guide_read_the_same(real: Flow) -> None:
    calm = [one for one in real.rules if one.level > Level.SELF_CARE]
    assert len({sentence(real, one) for one in calm}) == len(calm)
