"""The leg as an index: all that the guide has for one part of it, in one list."""

from __future__ import annotations

from typing import TypedDict

from guide.models import CRAMPS, MUSCLES, Moment, Place
from guide.pages.articles import CareCard
from guide.reading.articles import warning_cards
from guide.reading.cards import (
    Columns,
    ListColumns,
    SectionCard,
    StretchCard,
    columns,
    of_kind,
    section_card,
    stretch_card,
)
from guide.reading.live import Live, kept
from guide.reading.positions import Shown, in_order, shown

#: The parts of the leg drawing, by value and words, from the top.
PLACES = [(place.value, str(place.label)) for place in MUSCLES]


class Answer(TypedDict):
    slug: str
    question: str
    answer: str


class PlacePage(TypedDict):
    name: str
    label: str
    #: What to do in a cramp there, if it is a place that cramps.
    cramp: StretchCard | None
    sections: list[SectionCard]
    stretches: list[StretchCard]
    shown: list[Shown]
    answers: list[Answer]
    #: The signs that need help today; what needs it now is on every page like this.
    urgent: list[CareCard]


def named(name: str) -> Place | None:
    """Return the part of the leg drawing of that name, if it is one."""
    return next((place for place in MUSCLES if place == name), None)


@kept
def place(live: Live, wanted: Place) -> PlacePage:
    found = columns(live, "article", "section", "stretch", "faq")
    cards = [stretch_card(row) for row in of_kind(found, "stretch")]
    cramps = [card for card in cards if Moment.CRAMP in card["moments"]]
    muscles = set(MUSCLES[wanted])
    stretches = in_order(
        [card for card in cards if card not in cramps and muscles & set(card["muscles"])]
    )
    return PlacePage(
        name=wanted.value,
        label=str(wanted.label),
        cramp=next((card for card in cramps if CRAMPS.get(wanted) in card["muscles"]), None),
        sections=[
            section_card(row)
            for article in of_kind(found, "article")
            for row in _there(found, "section", wanted)
            if row["parent"] == article["slug"]
        ],
        stretches=stretches,
        shown=shown(stretches),
        answers=[
            Answer(slug=row["slug"], question=row["title"], answer=row["summary"])
            for row in _there(found, "faq", wanted)
        ],
        urgent=_urgent(live),
    )


def _there(found: Columns, kind: str, wanted: Place) -> list[ListColumns]:
    # Editions from before there were places do not name any.
    return [row for row in of_kind(found, kind) if wanted in row["card"].get("places", [])]


def _urgent(live: Live) -> list[CareCard]:
    return [card for card in warning_cards(live) if card["level"] == "urgent"]
