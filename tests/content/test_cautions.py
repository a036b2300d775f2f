"""Advice that could hurt somebody carries the caution that hides it from them.

Each rule looks for words in a tip. The tips named beside it use the words to warn, or for
something else; hiding those would take a warning away.
"""

from __future__ import annotations

import re

import pytest

from tests.content.conftest import Fixtures

ROOM = {"cool-dark-quiet", "dark-and-cool"}
WARNS_OF_HEAT = {"protect-numb-feet", "keep-it-down", "stop-if-worse", "tell-them-first"}
ABOUT_STRETCHING = {
    "after-six-weeks",
    "certificate-is-not-a-diagnosis",
    "keep-moving-gently",
    "tailored-help",
    "tell-them-first",
    "watch-the-clock",
}

RULES = {
    "heat": (
        r"\b(warm(th|ed|ing)?|heat(ed)?|bath|shower|hot[- ]water)\b",
        {"possible-clot", "numb-skin", "poor-circulation"},
        ROOM | WARNS_OF_HEAT | {"check-your-pee"},
    ),
    "cold": (
        r"\b(cold|cool|ice)\b",
        {"possible-clot", "numb-skin", "poor-circulation"},
        ROOM | WARNS_OF_HEAT,
    ),
    "rubbing": (
        r"\b(rub|massage|roll|knead)(s|ing|ed|er)?\b",
        {"possible-clot"},
        {"tell-them-first"},
    ),
    "stretching": (
        r"\bstretch(es|ed|ing)?\b",
        {"possible-clot"},
        ABOUT_STRETCHING,
    ),
    "raising the legs": (
        r"\b(feet|legs?) up\b|\brais(e|ing)|\belevat|above your heart",
        {"possible-clot", "poor-circulation", "heart-failure"},
        {"stop-if-worse", "keep-it-down"},
    ),
    "drinking more": (
        r"\bdrink (more|enough|plenty|as|water|to)\b|\ba drink\b|extra water",
        {"fluid-limit"},
        {"no-extra-water", "keep-your-fluid-limit"},
    ),
    "potassium": (
        r"potassium|salt substitute|bananas?\b|spinach",
        {"potassium-limit"},
        {"ask-about-potassium"},
    ),
}


@pytest.mark.parametrize("rule", RULES)
def test_a_tip_carries_the_cautions_that_hide_it(fixtures: Fixtures, rule: str) -> None:
    words, needed, free = RULES[rule]
    about = [
        row
        for row in fixtures.of("tip")
        if re.search(words, row.texts("action", "detail"), re.IGNORECASE)
    ]
    assert about
    missing = {
        row.name: needed - row.points_to("cautions")
        for row in about
        if row.fields["slug"] not in free and needed - row.points_to("cautions")
    }
    assert missing == {}


def test_the_cautions_that_must_hide_do_hide(fixtures: Fixtures) -> None:
    hiding = {
        row.fields["slug"] for row in fixtures.of("caution") if row.fields.get("effect") == "hide"
    }
    # These two hide what they ride on, whatever its words: pulls on a sore nerve, and standing.
    by_words = set[str]().union(*(needed for _, needed, _ in RULES.values()))
    assert hiding == {*by_words, "sciatica", "cannot-stand"}


def test_every_stretch_and_every_tip_with_one_asks_for_a_possible_clot(fixtures: Fixtures) -> None:
    stretching = [row for row in fixtures.of("tip") if row.fields.get("stretch")]
    wrong = [
        row.name
        for row in (*fixtures.of("stretch"), *stretching)
        if "possible-clot" not in row.points_to("cautions")
    ]
    assert wrong == []


def test_every_standing_stretch_speaks_of_balance(fixtures: Fixtures) -> None:
    wrong = [
        row.name
        for row in fixtures.of("stretch")
        if "standing" in [row.fields["position"], *row.fields.get("also", [])]
        and "balance" not in row.points_to("cautions")
    ]
    assert wrong == []


def test_what_is_done_standing_is_hidden_from_who_cannot_stand(fixtures: Fixtures) -> None:
    standing = {
        row.fields["slug"]: row
        for row in fixtures.of("stretch")
        if row.fields["position"] == "standing"
    }
    with_one = [
        row for row in fixtures.of("tip") if (row.fields.get("stretch") or [""])[-1] in standing
    ]
    assert with_one
    wrong = [
        row.name
        for row in (*standing.values(), *with_one)
        if "cannot-stand" not in row.points_to("cautions")
    ]
    assert wrong == []


def test_every_stretch_on_the_floor_speaks_of_getting_down(fixtures: Fixtures) -> None:
    wrong = [
        row.name
        for row in fixtures.of("stretch")
        if row.fields["position"] == "floor" and "floor-hard" not in row.points_to("cautions")
    ]
    assert wrong == []


def test_a_tip_that_leads_to_a_stretch_is_hidden_with_it(fixtures: Fixtures) -> None:
    hiding = {
        row.fields["slug"] for row in fixtures.of("caution") if row.fields.get("effect") == "hide"
    }
    needed = {
        row.fields["slug"]: row.points_to("cautions") & hiding for row in fixtures.of("stretch")
    }
    wrong = [
        (row.name, stretch)
        for row in fixtures.of("tip")
        for stretch in row.fields.get("stretch") or []
        if not needed[stretch] <= row.points_to("cautions")
    ]
    assert wrong == []


#: A reaction to quinine can kill (row U16 of the ladder): the one medicine to stop at once.
QUININE = "Stop it and get help."


def test_nobody_is_told_to_stop_a_medicine(fixtures: Fixtures) -> None:
    """Every sentence about it says not to, or to ask first. What a reader answers is their own."""
    about = re.compile(
        r"\b(stop|quit|skip|come off)(ping)?\b( (?!if )[\w’]+){0,3}"
        r" (medicines?|pills?|statins?|tablets?|drugs?|treatment|prescription|it|them)\b",
        re.IGNORECASE,
    )
    sentences = [
        sentence
        for row in fixtures
        if row.kind not in {"option", "question", "safetycase"}
        for text in row.fields.values()
        if isinstance(text, str)
        for sentence in re.split(r"(?<=[.!?]) ", " ".join(text.split()))
        if about.search(sentence)
    ]
    assert len(sentences) > 2
    told = [one for one in sentences if not re.search(r"\b(not|never|ask)\b", one, re.IGNORECASE)]
    assert told == [QUININE]
