"""What follows the position that a reader chose: standing, on a chair or in bed.

The choice stays on the reader's device, so a page holds what is for every position and says
in which each shows: a list by its cards' `fits`, a stretch by its versions.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TypedDict

from guide.models import Position
from guide.reading.cards import (
    Columns,
    RoutineCard,
    StretchCard,
    family_of,
    of_kind,
    positions_of,
    stretch_card,
)

#: What a reader can choose. What is done on the floor shows only among all the others.
CHOICES = (Position.STANDING, Position.CHAIR, Position.BED)


class Shown(TypedDict):
    """A position to choose, and how many cards of a list show in it."""

    position: str
    label: str
    count: int


class Version(TypedDict):
    """A stretch as it is done in one position."""

    position: str
    label: str
    card: StretchCard


def shown(cards: Sequence[StretchCard] | Sequence[RoutineCard]) -> list[Shown]:
    return [
        Shown(
            position=position.value,
            label=str(position.label),
            count=sum(not card["fits"] or position in card["fits"] for card in cards),
        )
        for position in CHOICES
    ]


def in_order(cards: Sequence[StretchCard]) -> list[StretchCard]:
    """Return cards position by position, and then, in the order they have, those for a cramp."""

    def place(card: StretchCard) -> tuple[bool, int]:
        always = not card["fits"]
        return always, 0 if always else Position.values.index(card["positions"][0])

    return sorted(cards, key=place)


def first_of_each(cards: Sequence[StretchCard]) -> list[StretchCard]:
    """Return the first card that shows in each position, or the first if none shows in any."""
    firsts = [next((card for card in cards if place in card["fits"]), None) for place in CHOICES]
    found = [card for number, card in enumerate(firsts) if card and card not in firsts[:number]]
    return found or list(cards[:1])


def completed(cards: Sequence[StretchCard], found: Columns) -> list[StretchCard]:
    """Return cards, and for a position in which none of them shows, their versions in it."""
    wanted = {card["slug"]: card for card in cards}
    for position in (choice["position"] for choice in shown(cards) if not choice["count"]):
        closest = (_closest(card, position, found) for card in cards)
        wanted |= {card["slug"]: card for card in closest if card}
    return in_order(list(wanted.values()))


def versions(card: StretchCard, found: Columns) -> list[Version]:
    """Return the versions of a stretch in positions other than its own."""
    return [
        Version(position=position.value, label=str(position.label), card=version)
        for position in Position
        if position not in card["positions"] and (version := _closest(card, position, found))
    ]


def _closest(card: StretchCard, position: str, found: Columns) -> StretchCard | None:
    """Return the stretch of the same family in a position: for the most muscles, then in order.

    Only that one is made into a card: to draw a figure takes longer than all the rest.
    """
    alike = [
        row
        for row in of_kind(found, "stretch")
        if card["family"] and family_of(row) == card["family"] and position in positions_of(row)
    ]
    muscles = set(card["muscles"])
    closest = max(alike, key=lambda row: len(muscles & set(row["card"]["muscles"])), default=None)
    return stretch_card(closest) if closest else None
