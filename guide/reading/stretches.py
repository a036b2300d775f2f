"""The stretch library and the ready-made routines."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import TypedDict

from django.db.models import Q, TextChoices

from guide.models import Edition, Moment, Muscle, Position
from guide.pages import articles, stretches
from guide.pages.articles import CareCard, Checked
from guide.reading.cards import (
    CautionCard,
    Columns,
    RoutineCard,
    SourceCard,
    StepCard,
    StretchCard,
    cautions,
    columns,
    of_kind,
    one_stretch,
    routine_card,
    routine_steps,
    sources,
    step_cards,
    stretch_card,
    total_time,
)
from guide.reading.live import Live, built, edition_of, kept, since
from guide.reading.positions import Version, in_order, versions

OTHERS_SHOWN = 3
#: The section whose care cards stand on the page for the middle of a cramp.
CRAMP_SECTION = "cramp-stretch-now"

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
    """A stretch: its words (`text`), what lists show of it (`card`), and what it points to."""

    text: stretches.Stretch
    card: StretchCard
    versions: list[Version]
    easier: StretchCard | None
    harder: StretchCard | None
    cautions: list[CautionCard]
    sources: list[SourceCard]
    others: list[StretchCard]
    updated: datetime


class CrampPage(TypedDict):
    stretches: list[StretchPage]
    care_cards: list[CareCard]


class RoutinePage(TypedDict):
    slug: str
    title: str
    summary: str
    note_html: str
    position_label: str
    steps: list[StepCard]
    time: str
    checked: Checked
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
    edition = edition_of(live, "stretch", slug)
    return _stretch(edition, columns(live, "stretch", units=_references([edition])))


@kept
def cramp(live: Live) -> CrampPage:
    """Return the stretches for the middle of a cramp, in order, and when to get help."""
    found = columns(live, "stretch", "caution", "source")
    wanted = [
        row["slug"] for row in of_kind(found, "stretch") if Moment.CRAMP in row["card"]["moments"]
    ]
    shown = Q(kind="stretch", slug__in=wanted) | Q(kind="section", slug=CRAMP_SECTION)
    editions = list(live.editions.filter(shown).order_by("kind", "order", "slug"))
    sections: list[articles.Section] = [
        built(edition) for edition in editions if edition.kind == "section"
    ]
    return CrampPage(
        stretches=[_stretch(edition, found) for edition in editions if edition.kind == "stretch"],
        care_cards=[card for section in sections for card in section["care_cards"]],
    )


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
    card = stretch_card(found["stretch", text["slug"]])
    return StretchPage(
        text=text,
        card=card,
        versions=versions(card, found),
        easier=one_stretch(text["easier"], found),
        harder=one_stretch(text["harder"], found),
        cautions=cautions(text["cautions"], found),
        sources=sources(text["sources"], found),
        others=[stretch_card(row) for row in alike[:OTHERS_SHOWN]],
        updated=since(edition),
    )


@kept
def routines(live: Live) -> list[RoutineCard]:
    found = columns(live, "routine", "stretch")
    return [routine_card(row, found) for row in of_kind(found, "routine")]


@kept
def routine(live: Live, slug: str) -> RoutinePage:
    """Return one routine with the doses to follow. Raises NotLive."""
    edition = edition_of(live, "routine", slug)
    page: stretches.Routine = built(edition)
    wanted = [(step["stretch"], step["own"]) for step in page["steps"]]
    found = columns(live, units=[("stretch", slug) for slug, _ in wanted])
    steps = routine_steps(wanted, found)
    return RoutinePage(
        slug=slug,
        title=page["title"],
        summary=page["summary"],
        note_html=page["note_html"],
        position_label=Position(page["position"]).label,
        steps=step_cards(steps, found),
        time=total_time(steps),
        checked=page["checked"],
        updated=since(edition),
    )
