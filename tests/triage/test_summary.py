"""A summary for a doctor: nothing that was said is lost, and signs are denied one by one."""

from __future__ import annotations

import random
from dataclasses import replace

import pytest

from guide.triage import Level, Summary, as_text, summarize, walk
from guide.triage.people import somebody
from guide.triage.summary import Line
from tests.triage.flows import NAMES, published
from tests.triage.makers import boxes, codes, flow, option, radio, rule, warning

S, D, U, E = Level

LEGS = flow(
    warning("Signs", option("Sa", said="chest pain"), option("Sb", said="one leg swollen")),
    warning("Checked", "Ca", "Cb", asked_when="Signs9"),
    radio("Where", option("Wa", said="my calf"), option("W9", "unsure", said="hard to say")),
    boxes("Health", option("Ha", said="I take a statin"), "Hb"),
    rule("worst", "Sa Ca", level=E),
    rule("bad", "Sb Cb Checked9", level=U),
    rule("pills", "Ha", level=D),
    rule("where", "W9", level=D, soon=True),
)


def summary(answers: str) -> Summary:
    return summarize(LEGS, codes(answers))


def test_a_sign_that_was_not_chosen_on_an_answered_page_was_denied() -> None:
    found = summary("Sb Wa Health0")
    assert found.yes == (Line("Signs", ("one leg swollen",)), Line("Where", ("my calf",)))
    assert found.no == (Line("Signs", ("chest pain",)), Line("Health", ("Answer Health0",)))


def test_with_none_of_these_every_sign_of_the_page_was_denied() -> None:
    assert summary("Signs0 Wa Ha").no == (Line("Signs", ("chest pain", "one leg swollen")),)


def test_a_page_without_warning_signs_denies_nothing_that_was_not_chosen() -> None:
    assert [line.label for line in summary("Signs0 Wa Ha").no] == ["Signs"]


def test_who_is_not_sure_denies_nothing() -> None:
    found = summary("Signs9 Checked9 W9 Ha")
    assert found.no == ()
    assert found.unsure == (
        Line("Checked", ("Answer Checked9",)),
        Line("Where", ("hard to say",)),
    )


def test_what_was_checked_together_counts_instead_of_not_being_sure() -> None:
    found = summary("Signs9 Checked0 Wa Ha")
    assert found.unsure == ()
    assert found.no == (Line("Checked", ("Answer Ca", "Answer Cb")),)


def test_what_was_not_answered_is_named() -> None:
    assert [line.label for line in summary("Wa").open] == ["Signs", "Health"]


@pytest.mark.parametrize(
    ("answers", "words"),
    [
        ("Signs0 Wa Health0", "Nothing in these answers needs urgent care."),
        ("Signs0 Wa Ha", "See a {doctor}. It is not urgent."),
        ("Signs0 W9 Ha", "See a {doctor} this week."),
        ("Sb", "See a {doctor} today."),
        ("Sa", "Call {emergency} now."),
        ("Health0", "Not all warning signs were asked yet."),
        ("Signs9 Wa Health0", "Not all warning signs were asked yet."),
        ("Ha", "See a {doctor}. Not all warning signs were asked yet."),
        ("W9", "See a {doctor} this week. Not all warning signs were asked yet."),
        ("Signs9 Checked9", "See a {doctor} today."),
    ],
)
def test_it_says_how_soon_to_get_help(answers: str, words: str) -> None:
    assert summary(answers).how_soon == words


def test_it_says_who_answered() -> None:
    assert "person it is about" in summary("Sb").answered_by
    assert "helper" in summarize(replace(LEGS, for_other=True), codes("Sb")).answered_by
    assert "parent" in summarize(replace(LEGS, slug="child"), codes("Sb")).answered_by


def test_as_text_it_says_the_same_and_leaves_room_to_write() -> None:
    text = as_text(summary("Sb Wa"))
    assert text == (
        "Leg symptoms: summary made with LegRelief. Not a diagnosis.\n"
        "Answered by the person it is about.\n"
        "How soon to get help: See a {doctor} today.\n"
        "\n"
        "WHAT I SAID YES TO\n- Signs: one leg swollen\n- Where: my calf\n\n"
        "WHAT I SAID NO TO\n- Signs: chest pain\n\n"
        "NOT ANSWERED\n- Health\n\n"
        "Since when: ____\nMedicines: ____\nMy questions: ____\nDate: ____"
    )


@pytest.mark.parametrize("name", NAMES)
def test_every_question_of_the_path_is_in_it_unless_it_was_checked_together(name: str) -> None:
    of, chance = published(name), random.Random(9)
    for _ in range(300):
        answers = somebody(of, chance.choice)
        path = walk(of, answers)
        found = summarize(of, answers)
        told = {line.label for block in found.blocks for line in block.lines}
        checked = {
            question.label
            for question in path.asked
            if question.codes & path.kept & of.checked_together
        }
        assert told == {question.label for question in path.asked} - checked
        said = {said for block in found.blocks for line in block.lines for said in line.said}
        chosen = path.kept - of.checked_together
        ordinary = {option.quoted for option in of.in_order(chosen) if not option.exclusive}
        assert ordinary <= said
