"""A routine that a reader made: it comes from its link, and is kept nowhere."""

from __future__ import annotations

from collections.abc import Sequence
from math import ceil
from typing import TypedDict

from guide.models import Position
from guide.pages.doses import line
from guide.pages.routine_link import HOLDS, Known, Read, Step, Steps, moved, read, written
from guide.reading.cards import (
    CautionCard,
    RoutineCard,
    StretchCard,
    cautions,
    columns,
    total_seconds,
    total_time,
)
from guide.reading.keeping import kept, kept_few
from guide.reading.live import Live, current
from guide.reading.routines import FollowPage, followed, routines
from guide.reading.stretches import library

#: Holds to choose from, in seconds.
HOLDS_OFFERED = (5, 10, 15, 20, 30, 45, 60)
assert set(HOLDS_OFFERED) <= set(HOLDS)


class Row(TypedDict):
    """A stretch as it can be changed: doses to choose, and the links of other orders."""

    slug: str
    name: str
    guide_dose: str
    hold: int | None
    holds: list[int]
    repeats: int | None
    up: str
    down: str
    without: str


class MyRoutine(FollowPage):
    """A routine to follow, to change and to keep. `minutes`: for a calendar, with time to spare."""

    minutes: int
    rows: list[Row]
    cautions: list[CautionCard]
    more: list[StretchCard]


def asked(live: Live, text: str) -> Read:
    """Return what a link asks for, as far as the guide has it."""
    pieces = (piece.partition(".") for piece in text.split("~"))
    named = (f"{current('stretch', slug)}{dot}{dose}" for slug, dot, dose in pieces)
    return read("~".join(named), _known(live))


@kept_few
def my_routine(live: Live, steps: Steps) -> MyRoutine:
    """Return a routine to follow and to change. All of its stretches have to be live."""
    chosen = followed(live, [(step.slug, step.own) for step in steps])
    careful = sorted({slug for step in chosen for slug in step["cautions"]})
    known = _known(live)
    return MyRoutine(
        title="My routine",
        summary="",
        note_html="",
        steps=chosen,
        time=total_time(chosen),
        minutes=max(5, ceil(total_seconds(chosen)[1] / 60)),
        link=written(steps),
        rows=[_row(steps, place, known[step.slug]) for place, step in enumerate(steps)],
        cautions=cautions(careful, columns(live, units=[("caution", slug) for slug in careful])),
        more=to_add(live, {step.slug for step in steps}),
    )


def to_add(live: Live, chosen: set[str]) -> list[StretchCard]:
    """Return the stretches that a routine may get, by position; not those for a cramp."""
    found = [
        card
        for card in library(live)
        if card["slug"] not in chosen and not card["dose"]["until_eased"]
    ]
    return sorted(found, key=lambda card: Position.values.index(card["positions"][0]))


@kept
def to_start_from(live: Live) -> list[RoutineCard]:
    """Return ready-made routines, one for each position."""
    cards = {card["position_label"]: card for card in reversed(routines(live))}
    return list(reversed(cards.values()))


@kept
def _known(live: Live) -> dict[str, Known]:
    return {card["slug"]: Known(card["name"], card["dose"]) for card in library(live)}


def _row(steps: Sequence[Step], place: int, known: Known) -> Row:
    step = steps[place]
    held = known.dose["hold_seconds"]
    return Row(
        slug=step.slug,
        name=known.name,
        guide_dose=line(known.dose),
        hold=step.hold,
        holds=sorted({*HOLDS_OFFERED, *([step.hold] if step.hold else [])}) if held else [],
        repeats=step.repeats,
        up=written(moved(steps, place, -1)) if place else "",
        down=written(moved(steps, place, 1)) if place < len(steps) - 1 else "",
        without=written([*steps[:place], *steps[place + 1 :]]),
    )
