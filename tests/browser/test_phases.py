"""The phases of the timer, asked of the real file in a real browser."""

from __future__ import annotations

from itertools import pairwise
from typing import Any

import pytest
from django.conf import settings
from playwright.sync_api import Page

from guide.pages.doses import Dose, seconds

pytestmark = pytest.mark.browser

Phase = dict[str, Any]
Step = dict[str, Any]

HOLDS = (None, 2, 10, 30)
REPEATS = (1, 2, 10)
RESTS = (0, 10)
SIDES = ("each", "together", "sore")
DOSES = [
    {"hold": hold, "repeats": repeats, "rest": rest, "sides": sides}
    for hold in HOLDS
    for repeats in REPEATS
    for rest in RESTS
    for sides in SIDES
]
TRIAL = {"hold": 10, "repeats": 3, "rest": 10, "sides": "each"}
LEADS = {"ready": 5, "ease": 3, "change": 6, "next": 10, "done": 0}


@pytest.fixture
def player(page: Page) -> Page:
    page.evaluate("window.legrelief = {}")
    page.add_script_tag(path=settings.BASE_DIR / "static" / "js" / "phases.js")
    return page


def phases(page: Page, *steps: Step) -> list[Phase]:
    found: list[Phase] = page.evaluate("steps => legrelief.phases(steps)", list(steps))
    return found


def kinds(found: list[Phase]) -> list[str]:
    return [f"{phase['kind']} {phase['side'] or ''}".strip() for phase in found]


def as_dose(step: Step) -> Dose:
    return Dose(
        hold_seconds=step["hold"],
        hold_seconds_max=None,
        until_eased=False,
        repeats=step["repeats"],
        repeats_max=None,
        rest_seconds=step["rest"],
        sides=step["sides"],
    )


def test_phases_follow_each_other_without_a_gap(player: Page) -> None:
    for found in [phases(player, dose, TRIAL) for dose in DOSES]:
        assert found[0]["start"] == 0
        assert all(one["end"] == other["start"] for one, other in pairwise(found))
        assert all(one["start"] < one["end"] for one in found[:-1])
        assert found[-1]["kind"] == "done"


def test_holds_and_rests_take_as_long_as_the_page_says_and_lead_ins_never_vary(
    player: Page,
) -> None:
    for dose in DOSES:
        found = phases(player, dose)
        leads = [phase for phase in found if phase["kind"] in LEADS]
        assert {phase["kind"]: phase["end"] - phase["start"] for phase in leads}.items() <= (
            LEADS.items()
        )
        led = sum(LEADS[phase["kind"]] for phase in leads)
        assert found[-1]["end"] - led == seconds(as_dose(dose))[0], dose


def test_the_routine_of_the_trial_phase_by_phase(player: Page) -> None:
    side = ["hold {0}", "rest {0}", "hold {0}", "rest {0}", "hold {0}"]
    left, right = ([one.format(leg) for one in side] for leg in ("left", "right"))
    stretch = ["ready left", *left, "change right", *right]
    found = phases(player, TRIAL, TRIAL)
    assert kinds(found) == [*stretch, "next", *stretch, "done"]
    assert [phase["time"] for phase in found if phase["kind"] == "hold"] == [1, 2, 3] * 4
    assert found[-1]["end"] == 2 * (5 + 50 + 6 + 50) + 10


@pytest.mark.parametrize("sides", ["together", "sore"])
def test_there_is_no_change_of_sides_where_there_is_one_side(player: Page, sides: str) -> None:
    assert kinds(phases(player, {**TRIAL, "sides": sides, "repeats": 1})) == [
        "ready",
        "hold",
        "done",
    ]


def test_two_holds_never_touch(player: Page) -> None:
    for dose in DOSES:
        for one, other in pairwise(phases(player, dose, dose)):
            assert (one["kind"], other["kind"]) != ("hold", "hold"), dose


def test_a_movement_without_a_hold_counts_its_repeats(player: Page) -> None:
    found = phases(player, {"hold": 0, "repeats": 4, "rest": 0, "sides": "together"})
    assert kinds(found) == ["ready", "move", "move", "move", "move", "done"]
    assert [(phase["time"], phase["of"]) for phase in found[1:-1]] == [
        (1, 4),
        (2, 4),
        (3, 4),
        (4, 4),
    ]


@pytest.mark.parametrize(
    ("elapsed", "kind", "left"),
    [
        (0, "ready", 5),
        (0.001, "ready", 5),
        (4.999, "ready", 1),
        (5, "hold", 10),
        (14.2, "hold", 1),
        (15, "rest", 10),
        (110.9, "hold", 1),
        (111, "done", 0),
        (99999, "done", 0),
    ],
)
def test_the_clock_says_which_phase_it_is_and_how_many_seconds_are_left(
    player: Page, elapsed: float, kind: str, left: int
) -> None:
    found = player.evaluate(
        "([step, elapsed]) => legrelief.at(legrelief.phases([step]), elapsed)", [TRIAL, elapsed]
    )
    assert (found["phase"]["kind"], found["left"]) == (kind, left)
