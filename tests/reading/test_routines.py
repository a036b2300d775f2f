from __future__ import annotations

import pytest

from guide.models import RoutineStep
from guide.reading.live import live
from guide.reading.routines import followed, routine, routines
from tests import make

pytestmark = pytest.mark.django_db


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


def test_a_routine_says_how_each_stretch_is_done_with_its_holds_written_out() -> None:
    calf = make.stretch("calf", hold_seconds=20, rest_seconds=0)
    made = make.routine(steps=[calf])
    RoutineStep.objects.update(hold_seconds=15)
    make.published(calf)
    make.published(made)
    (step,) = routine(live(), "short")["steps"]
    assert step["how"] == ["Stand at a wall."]
    assert step["holds"] == [
        "Left leg: hold 15 seconds, 3 times.",
        "Change sides.",
        "Right leg: hold 15 seconds, 3 times.",
    ]


def test_a_stretch_in_a_routine_brings_its_easier_one_to_follow_instead() -> None:
    easy = make.stretch("easy")
    hard = make.stretch("hard", easier=easy)
    for unit in (easy, hard, make.routine(steps=[hard])):
        make.published(unit)
    (step,) = routine(live(), "short")["steps"]
    assert step["easier"]
    assert (step["easier"]["slug"], step["easier"]["how"]) == ("easy", ["Stand at a wall."])
    assert step["easier"]["easier"] is None


def test_an_easier_stretch_that_is_not_live_is_not_offered() -> None:
    hard = make.stretch("hard", easier=make.stretch("easy"))
    for unit in (hard, make.routine(steps=[hard])):
        make.published(unit)
    assert routine(live(), "short")["steps"][0]["easier"] is None


def test_stretches_can_be_followed_in_any_order_and_more_than_once() -> None:
    for slug in ("calf", "thigh"):
        make.published(make.stretch(slug))
    wanted = [("thigh", {}), ("calf", {"repeats": 1}), ("thigh", {"hold_seconds": 5}), ("no", {})]
    steps = followed(live(), wanted)
    assert [(step["slug"], step["dose"]["hold_seconds"]) for step in steps] == [
        ("thigh", 10),
        ("calf", 10),
        ("thigh", 5),
    ]
