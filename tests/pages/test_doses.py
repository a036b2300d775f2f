from __future__ import annotations

from typing import Any

import pytest

from guide.pages.doses import Dose, line, minutes, seconds, written_out


def dose(**own: Any) -> Dose:
    values: Dose = {
        "hold_seconds": 10,
        "hold_seconds_max": None,
        "until_eased": False,
        "repeats": 3,
        "repeats_max": None,
        "rest_seconds": 0,
        "sides": "each",
    }
    return {**values, **own}  # type: ignore[typeddict-item]


TRIAL = dose(rest_seconds=10)


@pytest.mark.parametrize(
    ("given", "said"),
    [
        (TRIAL, "Hold 10 seconds. 3 times each leg. Rest 10 seconds between."),
        (
            dose(hold_seconds=20, hold_seconds_max=30, repeats=2, repeats_max=3),
            "Hold 20 to 30 seconds. 2 to 3 times each leg.",
        ),
        (dose(hold_seconds=30, repeats=1, rest_seconds=10), "Hold 30 seconds. Once each leg."),
        (dose(hold_seconds=None, repeats=20, sides="together"), "20 times."),
        (dose(repeats=1, sides="sore"), "Hold 10 seconds. Once on the cramped leg."),
        (dose(hold_seconds=None, until_eased=True), "Hold until the cramp lets go."),
        (
            dose(repeats=1, repeats_max=2, rest_seconds=5),
            "Hold 10 seconds. 1 to 2 times each leg. Rest 5 seconds between.",
        ),
    ],
)
def test_a_dose_is_said_in_words(given: Dose, said: str) -> None:
    assert line(given) == said


@pytest.mark.parametrize(
    ("given", "said"),
    [
        (
            TRIAL,
            [
                "Left leg: hold 10 seconds, rest 10 seconds, 3 times.",
                "Change sides.",
                "Right leg: hold 10 seconds, rest 10 seconds, 3 times.",
            ],
        ),
        (
            dose(hold_seconds=20, hold_seconds_max=30, repeats=2, repeats_max=3, sides="together"),
            ["Hold 20 to 30 seconds, 2 to 3 times."],
        ),
        (
            dose(hold_seconds=30, repeats=1, rest_seconds=10),
            ["Left leg: hold 30 seconds.", "Change sides.", "Right leg: hold 30 seconds."],
        ),
        (dose(hold_seconds=None, sides="together"), ["Move slowly, 3 times."]),
        (dose(repeats=1, sides="sore"), ["Cramped leg: hold 10 seconds."]),
        (dose(hold_seconds=None, until_eased=True), ["Hold until the cramp lets go."]),
    ],
)
def test_a_dose_is_written_out_to_follow_without_a_timer(given: Dose, said: list[str]) -> None:
    assert written_out(given) == said


@pytest.mark.parametrize(
    ("given", "spent"),
    [
        (TRIAL, (100, 100)),
        (dose(sides="together"), (30, 30)),
        (dose(hold_seconds=20, hold_seconds_max=30, repeats=2, repeats_max=3), (80, 180)),
        (dose(hold_seconds=None, repeats=20, sides="together"), (60, 60)),
        (dose(hold_seconds=None, until_eased=True), (0, 0)),
    ],
)
def test_a_dose_takes_its_holds_and_rests_on_each_side(given: Dose, spent: tuple[int, int]) -> None:
    assert seconds(given) == spent


@pytest.mark.parametrize(
    ("span", "said"),
    [
        ((200, 200), "About 3 minutes"),
        ((60, 60), "About 1 minute"),
        ((40, 44), "Under a minute"),
        ((50, 130), "About 1 to 2 minutes"),
        ((360, 480), "About 6 to 8 minutes"),
        ((170, 190), "About 3 minutes"),
    ],
)
def test_time_is_said_in_minutes(span: tuple[int, int], said: str) -> None:
    assert minutes(*span) == said


def test_the_routine_of_the_trial_takes_about_three_minutes() -> None:
    """Two stretches, three holds of ten seconds with ten seconds between, on each leg."""
    assert minutes(*(2 * spent for spent in seconds(TRIAL))) == "About 3 minutes"
