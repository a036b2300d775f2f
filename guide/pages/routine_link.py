"""A routine that lives in its link: stretches with their doses, and nothing about a reader.

`s=wall-calf.20x3~ankle-pumps` asks for two stretches in this order: the first held for 20
seconds, 3 times, the second as the guide has it. A rest may follow, as in `10x3r10`. Whoever
opens a link gets what is good of it, and is told what was left out. A note never repeats what
stands in a link: it could be made to say anything.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from typing import NamedTuple, Self

from guide.pages.doses import Dose

#: Seconds of a hold. No source names a longer one than 60, general advice for older adults
#: (S44). Below 5 nothing is held: the only shorter one, 2 to 3 seconds (S01), is a movement.
HOLDS = range(5, 61)
#: Times a leg: 10 is the most of any stretch in this guide, and more than any trial asked for.
REPEATS = range(1, 11)
#: Seconds between two holds: the trial rested for 10 (S09), as long as it held.
RESTS = range(61)
#: Eight stretches at these doses fill the longest evening that the guide speaks of.
STRETCHES_AT_MOST = 8
#: Room for so many stretches with the longest names; what is longer was not made here.
LENGTH_AT_MOST = 600

_FIELDS = ("hold_seconds", "repeats", "rest_seconds")
_SLUG = re.compile(r"[-\w]{1,60}", re.ASCII)
_DOSE = re.compile(r"([0-9]{1,4})?(?:x([0-9]{1,4}))?(?:r([0-9]{1,4}))?")


class Known(NamedTuple):
    """What a link may ask for: a stretch of the guide, with its own dose."""

    name: str
    dose: Dose


class Step(NamedTuple):
    """One stretch of a routine. None: as the guide has it."""

    slug: str
    hold: int | None = None
    repeats: int | None = None
    rest: int | None = None

    @classmethod
    def of(cls, slug: str, own: Mapping[str, int]) -> Self:
        """Return a step by the names that a dose has in a routine."""
        return cls(slug, *(own.get(name) for name in _FIELDS))

    @property
    def own(self) -> dict[str, int]:
        """What is set of the dose, by its names in a routine."""
        values = zip(_FIELDS, (self.hold, self.repeats, self.rest), strict=True)
        return {name: value for name, value in values if value is not None}


Steps = tuple[Step, ...]


class Read(NamedTuple):
    """What a link comes to: its good part, and sentences about the rest."""

    steps: Steps
    notes: tuple[str, ...]


def written(steps: Iterable[Step]) -> str:
    """Return the routine as a link holds it; every letter of it is one that needs no quoting."""
    return "~".join(_piece(step) for step in steps)


def read(text: str, known: Mapping[str, Known]) -> Read:
    """Return the routine that a link asks for, within safe limits. Never raises."""
    steps: dict[str, Step] = {}
    notes: list[str] = []
    if len(text) > LENGTH_AT_MOST:
        text = text[:LENGTH_AT_MOST].rpartition("~")[0]
        notes.append("The link was too long. Its end is left out.")
    for piece in filter(None, text.split("~")):
        slug, _, dose = piece.partition(".")
        if slug not in known:
            notes.append("A part of the link is not a stretch of this guide. It is left out.")
        elif known[slug].dose["until_eased"]:
            notes.append(f"{known[slug].name}: this is for a cramp, so it is on Cramp now.")
        elif slug in steps:
            notes.append(f"{known[slug].name}: this was in the link twice. It is here once.")
        elif len(steps) == STRETCHES_AT_MOST:
            notes.append(f"A routine has {STRETCHES_AT_MOST} stretches at most. We left out more.")
        else:
            steps[slug], said = _safe(slug, dose, known[slug])
            notes += said
    return Read(tuple(steps.values()), tuple(dict.fromkeys(notes)))


def edited(steps: Steps, given: Mapping[str, str]) -> Steps | None:
    """Return the routine as a form changes it, or None where none was sent.

    `hold-<stretch>` and `repeats-<stretch>` set a dose, and empty ones give it back to the
    guide. `add` brings one more stretch.
    """
    fields = [name for name in given if re.match(r"(?:hold|repeats)-|add$", name)]
    if not fields:
        return None
    changed = [
        step._replace(
            hold=_number(given.get(f"hold-{step.slug}"), step.hold),
            repeats=_number(given.get(f"repeats-{step.slug}"), step.repeats),
        )
        for step in steps
    ]
    added = given.get("add", "")
    return (*changed, *([Step(added)] if _SLUG.fullmatch(added) else []))


def moved(steps: Sequence[Step], place: int, by: int) -> list[Step]:
    """Return the steps with the one at a place moved up (-1) or down (1); at an end, as it was."""
    to = place + by
    order = list(steps)
    if 0 <= to < len(order):
        order[place], order[to] = order[to], order[place]
    return order


def _piece(step: Step) -> str:
    marked = zip(("", "x", "r"), (step.hold, step.repeats, step.rest), strict=True)
    dose = "".join(f"{mark}{value}" for mark, value in marked if value is not None)
    return f"{step.slug}.{dose}" if dose else step.slug


def _safe(slug: str, dose: str, known: Known) -> tuple[Step, list[str]]:
    """Return a step within the limits, and what was changed for that."""
    found = _DOSE.fullmatch(dose)
    if not found:
        return Step(slug), [f"{known.name}: its dose could not be read. It is as in this guide."]
    hold, repeats, rest = (int(value) if value else None for value in found.groups())
    notes = []
    if hold is not None and not known.dose["hold_seconds"]:
        hold = None
        notes.append(f"{known.name}: you move here, so there is no hold to set.")
    safe = Step(slug, _within(hold, HOLDS), _within(repeats, REPEATS), _within(rest, RESTS))
    if safe.hold != hold:
        notes.append(f"{known.name}: we set the hold to {safe.hold} seconds, to be safe.")
    if safe.repeats != repeats:
        notes.append(f"{known.name}: we set it to {_times(safe.repeats)}, to be safe.")
    if safe.rest != rest:
        notes.append(f"{known.name}: we set the rest to {safe.rest} seconds.")
    return safe, notes


def _within(value: int | None, limits: range) -> int | None:
    return None if value is None else min(max(value, limits[0]), limits[-1])


def _number(text: str | None, before: int | None) -> int | None:
    """Return a number of a form: as before where the form has none, None where it is empty."""
    if text is None:
        return before
    return int(text) if re.fullmatch(r"[0-9]{1,4}", text) else None


def _times(repeats: int | None) -> str:
    return "once" if repeats == 1 else f"{repeats} times"
