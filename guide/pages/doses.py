"""Doses as data: the line a reader follows and the time it takes, both computed."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TypedDict, cast

#: A movement without a hold, such as an ankle pump, takes about this long.
SECONDS_A_MOVE = 3


class Dose(TypedDict):
    """How long and how often. Seconds; a maximum is None when there is no range."""

    hold_seconds: int | None
    hold_seconds_max: int | None
    until_eased: bool
    repeats: int
    repeats_max: int | None
    rest_seconds: int
    sides: str


_EACH = {"each": " each leg", "together": "", "sore": " on the cramped leg"}


def with_own(dose: Dose, own: Mapping[str, int]) -> Dose:
    """Return a dose with what a routine sets of it; a number that is set is no range."""
    changed = {**dose, **{f"{name}_max": None for name in own}, **own}
    return cast("Dose", {name: changed[name] for name in dose})


def line(dose: Dose) -> str:
    """Return the dose in words: Hold 10 seconds. 3 times each leg. Rest 10 seconds between."""
    if dose["until_eased"]:
        return "Hold until the cramp lets go."
    said = []
    if dose["hold_seconds"]:
        said.append(f"Hold {_range(dose['hold_seconds'], dose['hold_seconds_max'])} seconds.")
    times = _range(dose["repeats"], dose["repeats_max"])
    often = "Once" if times == "1" else f"{times} times"
    said.append(f"{often}{_EACH[dose['sides']]}.")
    if dose["rest_seconds"] and times != "1":
        said.append(f"Rest {dose['rest_seconds']} seconds between.")
    return " ".join(said)


def written_out(dose: Dose) -> list[str]:
    """Return the dose as things to do one after the other, to follow without a timer."""
    if dose["until_eased"]:
        return [line(dose)]
    times = _range(dose["repeats"], dose["repeats_max"])
    held = dose["hold_seconds"]
    said = [f"hold {_range(held, dose['hold_seconds_max'])} seconds" if held else "move slowly"]
    if times != "1":
        said += [f"rest {dose['rest_seconds']} seconds"] if dose["rest_seconds"] else []
        said.append(f"{times} times")
    turn = f"{', '.join(said)}."
    match dose["sides"]:
        case "each":
            return [f"Left leg: {turn}", "Change sides.", f"Right leg: {turn}"]
        case "sore":
            return [f"Cramped leg: {turn}"]
        case _:
            return [turn.capitalize()]


def seconds(dose: Dose) -> tuple[int, int]:
    """Return the least and the most seconds a dose takes; nothing when held until it eases."""
    if dose["until_eased"]:
        return 0, 0
    legs = 2 if dose["sides"] == "each" else 1

    def spent(hold: int, repeats: int) -> int:
        return legs * (hold * repeats + dose["rest_seconds"] * (repeats - 1))

    hold = dose["hold_seconds"] or SECONDS_A_MOVE
    most = dose["hold_seconds_max"] or hold
    return spent(hold, dose["repeats"]), spent(most, dose["repeats_max"] or dose["repeats"])


def minutes(least: int, most: int) -> str:
    """Return seconds as minutes in words: About 3 minutes, About 6 to 8 minutes."""
    if most < 45:
        return "Under a minute"
    low, high = max(1, round(least / 60)), max(1, round(most / 60))
    return f"About {_range(low, high if high > low else None)} minute{'s' if high > 1 else ''}"


def _range(least: int, most: int | None) -> str:
    return f"{least} to {most}" if most else str(least)
