from __future__ import annotations

import pytest

from guide.models import RoutineStep
from guide.reading.live import NotLive, live
from guide.reading.stretches import (
    cramp,
    filtered,
    filters,
    library,
    routine,
    routines,
    stretch,
)
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


def test_cramp_now_shows_only_stretches_for_a_cramp() -> None:
    make.published(make.stretch("toe-pull", moments=["cramp"], order=10))
    make.published(make.stretch("bedtime"))
    assert [page["text"]["slug"] for page in cramp(live())["stretches"]] == ["toe-pull"]


def test_the_time_of_a_routine_is_added_up_from_its_stretches() -> None:
    calf, thigh = make.stretch("calf", rest_seconds=10), make.stretch("thigh", rest_seconds=10)
    for unit in (calf, thigh, make.routine(steps=[calf, thigh])):
        make.published(unit)
    assert routine(live(), "short")["time"] == "About 3 minutes"
    (card,) = routines(live())
    assert (card["count"], card["time"]) == (2, "About 3 minutes")


def test_a_routine_may_set_a_dose_of_its_own() -> None:
    calf = make.stretch("calf", hold_seconds=20, hold_seconds_max=30, repeats=2)
    made = make.routine(steps=[calf])
    RoutineStep.objects.update(hold_seconds=15)
    make.published(calf)
    make.published(made)
    assert routine(live(), "short")["steps"][0]["dose_line"].startswith("Hold 15 seconds.")


def test_a_stretch_that_is_not_live_drops_out_of_a_routine_and_its_time() -> None:
    calf, thigh = make.stretch("calf"), make.stretch("thigh")
    made = make.routine(steps=[calf, thigh])
    make.published(calf)
    make.published(made)
    page = routine(live(), "short")
    assert [step["slug"] for step in page["steps"]] == ["calf"]
    assert routines(live())[0]["time"] == page["time"]
