"""A routine for tonight: as many stretches as fit the minutes, then as much of each as fits."""

from __future__ import annotations

from collections.abc import Iterable

from guide.pages.doses import Dose, seconds, with_own
from guide.pages.routine_link import STRETCHES_AT_MOST, Step, Steps

#: The dose that was tried has three holds a leg (S09): as many are enough to count as done.
ENOUGH_HOLDS = 3


def fill(stretches: Iterable[tuple[str, Dose]], minutes: int) -> Steps:
    """Return stretches to do within so many minutes, the first ones first."""
    room = minutes * 60
    chosen: dict[str, tuple[Step, Dose]] = {}
    for slug, dose in stretches:
        step = _least(slug, dose)
        if slug not in chosen and len(chosen) < STRETCHES_AT_MOST and spent(step, dose) <= room:
            chosen[slug] = step, dose
            room -= spent(step, dose)
    for slug, (step, dose) in chosen.items():
        fuller = _most(slug, dose)
        if (more := spent(fuller, dose) - spent(step, dose)) <= room:
            chosen[slug] = fuller, dose
            room -= more
    return tuple(step for step, _ in chosen.values())


def spent(step: Step, dose: Dose) -> int:
    """Return the seconds that a step takes at most."""
    return seconds(with_own(dose, step.own))[1]


def _least(slug: str, dose: Dose) -> Step:
    """The least that a stretch's own dose asks for, and no more holds than were tried."""
    repeats = min(dose["repeats"], ENOUGH_HOLDS) if dose["hold_seconds"] else dose["repeats"]
    return Step(
        slug,
        hold=dose["hold_seconds"] if dose["hold_seconds_max"] else None,
        repeats=repeats if dose["repeats_max"] or repeats < dose["repeats"] else None,
    )


def _most(slug: str, dose: Dose) -> Step:
    return Step(slug, hold=dose["hold_seconds_max"], repeats=dose["repeats_max"])
