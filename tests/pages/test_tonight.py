from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from guide.pages.doses import Dose
from guide.pages.routine_link import STRETCHES_AT_MOST, Known, Step, read, written
from guide.pages.tonight import fill, spent
from tests.pages.test_doses import dose
from tests.triage.flows import reproducible

CALF = ("calf", dose(hold_seconds=20, hold_seconds_max=30, repeats=2, repeats_max=3))
HEEL = ("heel", dose(hold_seconds=10, repeats=10))
PUMP = ("pump", dose(hold_seconds=None, repeats=10, sides="together"))


@st.composite
def doses(draw: st.DrawFn) -> Dose:
    hold = draw(st.none() | st.integers(5, 40))
    repeats = draw(st.integers(1, 9))
    return dose(
        hold_seconds=hold,
        hold_seconds_max=hold and draw(st.none() | st.integers(hold + 1, 60)),
        repeats=repeats,
        repeats_max=draw(st.none() | st.integers(repeats + 1, 10)),
        rest_seconds=draw(st.integers(0, 30)),
        sides=draw(st.sampled_from(["each", "together"])),
    )


@reproducible
@given(st.lists(doses(), max_size=12), st.sampled_from([3, 5, 10]))
def test_a_routine_stays_within_the_minutes_and_is_a_link_that_reads_the_same(
    found: list[Dose], minutes: int
) -> None:
    named = {f"stretch-{number}": one for number, one in enumerate(found)}
    steps = fill(named.items(), minutes)
    assert sum(spent(step, named[step.slug]) for step in steps) <= minutes * 60
    assert len(steps) <= STRETCHES_AT_MOST
    known = {slug: Known(slug, one) for slug, one in named.items()}
    assert read(written(steps), known) == (steps, ())


def test_first_there_are_more_stretches_then_more_of_each() -> None:
    assert fill([CALF, HEEL], 3) == (Step("calf", 20, 2), Step("heel", repeats=3))
    assert fill([CALF, HEEL], 10) == (Step("calf", 30, 3), Step("heel"))


def test_what_does_not_fit_makes_room_for_what_does() -> None:
    long = ("long", dose(hold_seconds=60, repeats=3))
    assert fill([long, PUMP], 3) == (Step("pump"),)


def test_a_movement_is_not_cut_short() -> None:
    assert fill([PUMP], 3) == (Step("pump"),)


@pytest.mark.parametrize("minutes", [3, 10])
def test_out_of_nothing_comes_nothing(minutes: int) -> None:
    assert fill([], minutes) == ()
