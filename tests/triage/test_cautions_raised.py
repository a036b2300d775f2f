"""Rules raise the cautions that their meaning asks for: those are what hides advice.

Two tables that a new rule cannot forget: by the row of the safety ladder that it implements,
and by the answer itself, whichever rules hear it.
"""

from __future__ import annotations

import pytest

from guide.triage import Flow, assess
from tests.triage.flows import NAMES, alone, published

#: What each row of the ladder means for advice, besides asking for help.
BY_ROW = {
    "possible-clot": "E01 U01 U01r U02 U08 U17",
    "poor-circulation": "E04 E05 U05 B04",
    "heart-failure": "E12 U14",
    "fluid-limit": "U14 B17",
    "potassium-limit": "B17",
    "numb-skin": "E03 E15 U06 U10 B03",
    "pregnancy": "U02 B10 H07",
    "keep-medicine": "B07",
    "foot-wound": "U06",
    "fragile-skin": "E08 U03 B09",
    "recent-injury": "E06 U18",
}

#: Answers that make a kind of advice unsafe by themselves, each with its cautions.
BY_ANSWER = {
    "legs": {
        "leg.swollen": "possible-clot",
        "signs.long-cramp": "possible-clot",
        "pregnancy.one-leg": "possible-clot pregnancy",
        "leg.cold": "poor-circulation",
        "pattern.walking": "poor-circulation",
        "pattern.hanging": "poor-circulation",
        "care.arteries": "poor-circulation",
        "signs.swollen-breathless": "heart-failure fluid-limit",
        "care.heart": "heart-failure fluid-limit potassium-limit keep-medicine",
        "care.kidney": "fluid-limit potassium-limit keep-medicine",
        "care.liver": "fluid-limit potassium-limit keep-medicine",
        "health.tablets": "potassium-limit keep-medicine",
        "health.statin": "keep-medicine",
        "health.new-medicine": "keep-medicine",
        "health.thinner": "blood-thinner keep-medicine",
        "health.pregnant": "pregnancy",
        "feel.tingling": "numb-skin balance",
        "days.numb": "numb-skin balance",
        "days.cannot-stand": "balance cannot-stand",
        "signs.weak": "numb-skin balance",
        "now.saddle": "numb-skin",
        "now.both-legs": "numb-skin",
        "care.diabetes": "numb-skin",
        "care.diabetes-foot": "numb-skin foot-wound",
        "leg.wound": "foot-wound poor-circulation",
        "leg.hot": "fragile-skin",
        "feel.hurt": "recent-injury",
        "care.bones-joints": "brittle-bones balance joint-replacement",
    },
    "child": {
        "signs.one-leg": "possible-clot",
        "signs.joint": "possible-clot",
        "more.long-cramp": "possible-clot",
        "now.cold-leg": "poor-circulation",
        "now.weak": "numb-skin",
        "feel.tingling": "numb-skin",
        "more.illness": "fluid-limit potassium-limit keep-medicine",
        "signs.wound": "foot-wound",
        "feel.hurt": "recent-injury",
    },
}


@pytest.fixture(params=NAMES)
def flow(request: pytest.FixtureRequest) -> Flow:
    return published(request.param)


def test_a_rule_raises_what_the_rows_that_it_implements_ask_for(flow: Flow) -> None:
    forgotten = [
        (rule.slug, row, caution)
        for rule in flow.rules
        for row in rule.implements.split()
        for caution, rows in BY_ROW.items()
        if row in rows.split() and caution not in rule.cautions
    ]
    assert forgotten == []


def test_an_answer_raises_its_cautions_on_whichever_page_it_is_given(flow: Flow) -> None:
    forgotten = [
        (said, caution)
        for said, cautions in BY_ANSWER[flow.slug].items()
        for asked in flow.questions
        for option in asked.options
        if said == f"{asked.slug.removesuffix('-check')}.{option.slug}"
        for caution in cautions.split()
        if caution not in assess(flow, alone(flow.slug)[option.code]).cautions
    ]
    assert forgotten == []


def test_the_table_speaks_of_answers_that_there_are(flow: Flow) -> None:
    given = {f"{asked.slug}.{option.slug}" for asked in flow.questions for option in asked.options}
    assert set(BY_ANSWER[flow.slug]) <= given
