"""The ready-made routines: stretches to follow one after the other."""

from __future__ import annotations

from datetime import datetime
from typing import TypedDict

from guide.models import Edition, Position
from guide.pages import doses, stretches
from guide.pages.checks import Checked
from guide.pages.panels import panels
from guide.pages.routine_link import Step, written
from guide.reading.asked import unit
from guide.reading.cards import (
    ListColumns,
    RoutineCard,
    StretchCard,
    column_of,
    columns,
    of_kind,
    routine_card,
    stretch_card,
    total_time,
)
from guide.reading.keeping import kept
from guide.reading.live import Live, built, edition_of, since


class FollowedStretch(StretchCard):
    """A stretch to follow: its start, how it is done, its holds in words, and a gentler one."""

    start_html: str
    how: list[str]
    feel: str
    care: list[str]
    cautions: tuple[str, ...]
    holds: list[str]
    easier: FollowedStretch | None


class FollowPage(TypedDict):
    """Stretches to follow one after the other. `link` is what their link holds (`s`)."""

    title: str
    summary: str
    note_html: str
    steps: list[FollowedStretch]
    time: str
    link: str


class RoutinePage(FollowPage):
    slug: str
    position_label: str
    checked: Checked
    updated: datetime


@kept
def routines(live: Live) -> list[RoutineCard]:
    found = columns(live, "routine", "stretch")
    return [routine_card(row, found) for row in of_kind(found, "routine")]


@kept
def routine(live: Live, slug: str) -> RoutinePage:
    """Return one routine with the doses to follow. Raises NotLive."""
    return routine_as(live, edition_of(live, "routine", slug))


def routine_as(live: Live, edition: Edition) -> RoutinePage:
    """Return a routine as it reads if an edition is live."""
    page: stretches.Routine = built(edition)
    wanted = [(step["stretch"], step["own"]) for step in page["steps"]]
    steps = followed(live, wanted)
    return RoutinePage(
        slug=page["slug"],
        title=page["title"],
        summary=page["summary"],
        note_html=page["note_html"],
        position_label=Position(page["position"]).label,
        steps=steps,
        time=total_time(steps),
        link=written(Step.of(slug, own) for slug, own in wanted),
        checked=page["checked"],
        updated=since(edition),
    )


def followed(live: Live, wanted: list[tuple[str, dict[str, int]]]) -> list[FollowedStretch]:
    """Return stretches by slug, each with what is set of its dose. What is not live drops out."""
    found = _editions(live, {slug for slug, _ in wanted})
    easier = _editions(live, {built(edition)["easier"] for edition in found.values()})
    gentler = {slug: _follow(edition) for slug, edition in easier.items()}
    return [
        _follow(found[slug], own, gentler.get(built(found[slug])["easier"]))
        for slug, own in wanted
        if slug in found
    ]


def follow(
    row: ListColumns,
    text: stretches.Stretch | None,
    own: dict[str, int] | None = None,
    easier: FollowedStretch | None = None,
) -> FollowedStretch:
    """Return a stretch to follow; `own` is what is set of its dose. Steps stand in its text."""
    card = stretch_card(row, own)
    return {
        **card,
        **panels(row["card"]["figure"]),
        "how": text["steps"] if text else [],
        "feel": text["feel"] if text else "",
        "care": text["care"] if text else [],
        "cautions": text["cautions"] if text else (),
        "holds": doses.written_out(card["dose"]),
        "easier": easier,
    }


def _editions(live: Live, slugs: set[str]) -> dict[str, Edition]:
    """Return live stretches by slug, with their rows, for the steps stand only there."""
    wanted = [unit("stretch", slug) for slug in slugs if slug]
    found = live.of(*wanted) if wanted else ()
    return {edition.slug: edition for edition in found}


def _follow(
    edition: Edition, own: dict[str, int] | None = None, easier: FollowedStretch | None = None
) -> FollowedStretch:
    return follow(column_of(edition), built(edition), own, easier)
