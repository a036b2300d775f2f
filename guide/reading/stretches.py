"""The stretch library, single stretches, and those for the middle of a cramp."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import TypedDict

from django.db.models import TextChoices

from guide.models import Edition, Moment, Muscle, Position
from guide.pages import stretches
from guide.reading.cards import (
    CautionCard,
    Columns,
    SourceCard,
    StretchCard,
    cautions,
    columns,
    of_kind,
    one_stretch,
    sources,
    stretch_card,
    with_own,
)
from guide.reading.keeping import kept
from guide.reading.live import Live, built, edition_of, since
from guide.reading.positions import Version, in_order, versions
from guide.reading.routines import FollowedStretch, follow

OTHERS_SHOWN = 3

_FILTERS: tuple[tuple[str, str, type[TextChoices]], ...] = (
    ("muscle", "Where", Muscle),
    ("position", "Position", Position),
    ("moment", "When", Moment),
)


class Filter(TypedDict):
    """A filter of the library: its name in the address, and the value chosen, if any."""

    name: str
    label: str
    choices: list[tuple[str, str]]
    chosen: str


class StretchPage(TypedDict):
    """A stretch: its words (`text`), what lists and its timer show (`card`), its links."""

    text: stretches.Stretch
    card: FollowedStretch
    versions: list[Version]
    easier: StretchCard | None
    harder: StretchCard | None
    cautions: list[CautionCard]
    sources: list[SourceCard]
    others: list[StretchCard]
    updated: datetime


@kept
def library(live: Live) -> list[StretchCard]:
    """Return every stretch, position by position."""
    return in_order([stretch_card(row) for row in columns(live, "stretch").values()])


def filters(wanted: Mapping[str, str]) -> list[Filter]:
    """Return the filters of the library; a value that is no choice counts as none."""
    return [
        Filter(
            name=name,
            label=label,
            choices=choices.choices,
            chosen=value if (value := wanted.get(name, "")) in choices.values else "",
        )
        for name, label, choices in _FILTERS
    ]


def filtered(cards: Iterable[StretchCard], chosen: Iterable[Filter]) -> list[StretchCard]:
    """Return the stretches that fit every chosen value."""
    wanted = [(found["name"], found["chosen"]) for found in chosen if found["chosen"]]

    def fits(card: StretchCard) -> bool:
        has = {
            "muscle": card["muscles"],
            "position": card["positions"],
            "moment": card["moments"],
        }
        return all(value in has[name] for name, value in wanted)

    return [card for card in cards if fits(card)]


@kept
def stretch(live: Live, slug: str) -> StretchPage:
    """Return one stretch. Raises NotLive."""
    return stretch_as(live, edition_of(live, "stretch", slug))


def stretch_as(live: Live, edition: Edition) -> StretchPage:
    """Return a stretch as it reads if an edition is live."""
    found = columns(live, "stretch", units=_references([edition]))
    return _stretch(edition, with_own(found, edition))


def _references(editions: Iterable[Edition]) -> list[tuple[str, str]]:
    """Return the cautions and sources, by kind and slug, that these stretches point to."""
    texts: list[stretches.Stretch] = [built(edition) for edition in editions]
    return [("caution", slug) for text in texts for slug in text["cautions"]] + [
        ("source", slug) for text in texts for slug in text["sources"]
    ]


def _stretch(edition: Edition, found: Columns) -> StretchPage:
    text: stretches.Stretch = built(edition)
    alike = [
        row
        for row in of_kind(found, "stretch")
        if row["slug"] != text["slug"] and set(row["card"]["muscles"]) & set(text["muscles"])
    ]
    easier = found.get(("stretch", text["easier"]))
    gentler = follow(easier, None) if easier else None
    card = follow(found["stretch", text["slug"]], text, easier=gentler)
    return StretchPage(
        text=text,
        card=card,
        versions=versions(card, found),
        easier=gentler,
        harder=one_stretch(text["harder"], found),
        cautions=cautions(text["cautions"], found),
        sources=sources(text["sources"], found),
        others=[stretch_card(row) for row in alike[:OTHERS_SHOWN]],
        updated=since(edition),
    )
