"""The leg as an index: all that the guide has for one part of it, in one list."""

from __future__ import annotations

from typing import TypedDict

from django.db.models import Q

from guide.models import CRAMPS, MUSCLES, Moment, Place
from guide.pages.articles import CareCard
from guide.reading.articles import warning_cards
from guide.reading.asked import every
from guide.reading.cards import (
    SectionCard,
    StretchCard,
    columns,
    of_kind,
    rows,
    section_card,
    stretch_card,
)
from guide.reading.keeping import kept
from guide.reading.live import Live, NotLive
from guide.reading.positions import Shown, in_order, shown

#: The parts of the leg drawing, by value and words, from the top.
PLACES = [(place.value, str(place.label)) for place in MUSCLES]
#: On a page: a list for one part of the leg is to be looked through, not to be searched.
SECTIONS = 20


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
    number: int
    #: Whether there are more sections on another page.
    has_more: bool
    stretches: list[StretchCard]
    shown: list[Shown]
    answers: list[Answer]
    #: The signs that need help today; what needs it now is on every page like this.
    urgent: list[CareCard]


def named(name: str) -> Place | None:
    """Return the part of the leg drawing of that name, if it is one."""
    return next((place for place in MUSCLES if place == name), None)


@kept
def place(live: Live, wanted: Place, number: int) -> PlacePage:
    """Return all for a part of the leg, with a page of its sections. Raises NotLive past it."""
    past = (number - 1) * SECTIONS
    found = columns(live, "stretch", "faq")
    for_place = Q(card__places__icontains=f'"{wanted}"')
    there = rows(live, every("section"), where=for_place, most=SECTIONS + 1, past=past)
    if past and not there:
        raise NotLive(number)
    above = columns(live, units=[("article", row["parent"]) for row in there])
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
            for article in of_kind(above, "article")
            for row in there[:SECTIONS]
            if row["parent"] == article["slug"]
        ],
        number=number,
        has_more=len(there) > SECTIONS,
        stretches=stretches,
        shown=shown(stretches),
        answers=[
            Answer(slug=row["slug"], question=row["title"], answer=row["summary"])
            for row in of_kind(found, "faq")
            # Editions from before there were places do not name any.
            if wanted in row["card"].get("places", [])
        ],
        urgent=_urgent(live),
    )


def _urgent(live: Live) -> list[CareCard]:
    return [card for card in warning_cards(live) if card["level"] == "urgent"]
