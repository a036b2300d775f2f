from __future__ import annotations

import pytest

from guide.reading.live import NotLive, live
from guide.reading.stretches import filtered, filters, library, stretch
from tests import make

pytestmark = pytest.mark.django_db


def test_the_library_shows_live_stretches_in_order() -> None:
    make.published(make.stretch("late", order=20))
    make.published(make.stretch("early", order=10))
    make.stretch("draft", order=5)
    assert [card["slug"] for card in library(live())] == ["early", "late"]


@pytest.mark.parametrize(
    ("wanted", "found"),
    [
        ({}, ["calf-wall", "thigh-wall", "calf-chair"]),
        ({"muscle": "calf"}, ["calf-wall", "calf-chair"]),
        ({"muscle": "calf", "position": "standing"}, ["calf-wall"]),
        ({"moment": "cramp"}, []),
        ({"muscle": "wing", "colour": "red"}, ["calf-wall", "thigh-wall", "calf-chair"]),
    ],
)
def test_filters_narrow_the_library_and_unknown_values_count_as_none(
    wanted: dict[str, str], found: list[str]
) -> None:
    make.published(make.stretch("calf-wall"))
    make.published(make.stretch("calf-chair", position="chair"))
    make.published(make.stretch("thigh-wall", muscles=["quad"]))
    assert [card["slug"] for card in filtered(library(live()), filters(wanted))] == found


def test_a_stretch_leads_to_gentler_harder_and_similar_ones() -> None:
    easy, hard = make.stretch("easy"), make.stretch("hard")
    made = make.stretch("middle", easier=easy, harder=hard)
    other = make.stretch("elsewhere", muscles=["quad"])
    for unit in (easy, hard, made, other):
        make.published(unit)
    page = stretch(live(), "middle")
    assert page["easier"]
    assert page["harder"]
    assert (page["easier"]["slug"], page["harder"]["slug"]) == ("easy", "hard")
    assert {card["slug"] for card in page["others"]} == {"easy", "hard"}
    assert page["card"]["how"] == ["Stand at a wall."]
    assert page["card"]["easier"]
    assert page["card"]["easier"]["slug"] == "easy"


def test_a_stretch_shows_the_live_sentences_of_its_cautions() -> None:
    caution, made = make.caution(), make.stretch()
    made.cautions.add(caution)
    make.published(caution)
    make.published(made)
    assert [shown["sentence"] for shown in stretch(live(), "wall-calf")["cautions"]] == [
        caution.sentence
    ]


def test_a_draft_stretch_is_not_live() -> None:
    make.stretch()
    with pytest.raises(NotLive):
        stretch(live(), "wall-calf")
