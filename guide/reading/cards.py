"""What lists show of a unit, from the list columns of its live edition: rows are not read."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import Any, TypedDict, cast

from django.db.models import Q

from guide.models import Edition, Moment, Muscle, Position, Source
from guide.pages import doses
from guide.pages.countries import Country, spoken
from guide.pages.doses import Dose
from guide.pages.panels import figure_html
from guide.pages.routine_link import Step, written
from guide.reading.asked import Topic, every, unit
from guide.reading.everywhere import everywhere
from guide.reading.keeping import kept
from guide.reading.live import Live, current


class ListColumns(TypedDict):
    kind: str
    slug: str
    title: str
    summary: str
    parent: str
    order: int
    card: dict[str, Any]
    live_from: datetime


class ArticleCard(TypedDict):
    slug: str
    title: str
    summary: str
    takeaway: str
    on_home: bool


class SectionCard(TypedDict):
    slug: str
    article: str
    title: str
    in_short: str


class StretchCard(TypedDict):
    slug: str
    name: str
    summary: str
    #: The family of its versions in other positions; may be empty.
    family: str
    positions: list[str]
    position_label: str
    #: The chosen positions that show it; none named: it always shows.
    fits: list[str]
    muscles: list[str]
    muscle_labels: list[str]
    moments: list[str]
    dose: Dose
    dose_line: str
    time: str
    figure_html: str


class RoutineCard(TypedDict):
    slug: str
    title: str
    summary: str
    position_label: str
    fits: list[str]
    count: int
    time: str
    link: str
    figure_html: str


class CautionCard(TypedDict):
    slug: str
    name: str
    sentence: str
    effect: str


class SourceCard(TypedDict):
    slug: str
    title: str
    publisher: str
    year: str
    address: str
    confirmed: str


#: What the parent of a unit is.
PARENTS = {"section": "article", "faq": "section"}

Columns = dict[tuple[str, str], ListColumns]


def columns(
    live: Live, *kinds: str, units: Iterable[tuple[str, str]] = (), also: Q | None = None
) -> Columns:
    """Return, by kind and slug, the list columns of whole kinds and of single units.

    They come in the order of their kinds and of themselves. What is not live is missing. What is
    found `also` is the caller's to note.
    """
    named = {unit(kind, current(kind, slug)) for kind, slug in units}
    wanted = live.of(*map(every, kinds), *named, also=also)
    in_order = wanted.order_by("kind", "order", "slug")
    found: Iterable[Any] = in_order.values(*ListColumns.__annotations__)
    return {(row["kind"], row["slug"]): _now(row) for row in found}


def rows(
    live: Live, *topics: Topic, where: Q | None = None, most: int | None = None, past: int = 0
) -> list[ListColumns]:
    """Return the list columns of at most so many units, `past` so many others.

    They come parent by parent, in their order, as an index has them: no more are looked at.
    """
    wanted = live.of(*topics).filter(where or Q())
    found: Any = wanted.order_by("kind", "parent", "order", "slug")
    limit = None if most is None else past + most
    return [_now(row) for row in found.values(*ListColumns.__annotations__)[past:limit]]


def _now(row: Any) -> ListColumns:
    """Name the units that list columns point to as they are named today."""
    above = PARENTS.get(row["kind"], "")
    row["parent"] = current(above, row["parent"])
    for step in row["card"].get("steps", ()):
        step["stretch"] = current("stretch", step["stretch"])
    return cast("ListColumns", row)


def column_of(edition: Edition) -> ListColumns:
    """Return the list columns of an edition that is read whole."""
    row = {name: getattr(edition, name) for name in ListColumns.__annotations__}
    return _now({**row, "slug": current(edition.kind, edition.slug)})


def with_own(found: Columns, edition: Edition) -> Columns:
    """Return list columns with those of an edition in their place: they may not be live yet."""
    own = column_of(edition)
    rows = {**found, (own["kind"], own["slug"]): own}.items()
    return dict(sorted(rows, key=lambda row: (row[1]["kind"], row[1]["order"])))


def of_kind(found: Columns, kind: str) -> list[ListColumns]:
    """Return those of one kind, in their order."""
    return [row for row in found.values() if row["kind"] == kind]


@kept
def words(live: Live) -> dict[str, str]:
    """Return for each country token the HTML that holds the words of all countries."""
    return spoken(countries(live))


@kept
def countries(live: Live) -> list[Country]:
    """Return all countries, in their order."""
    return [country(column_of(one)) for one in everywhere(live) if one.kind == "country"]


def country(row: ListColumns) -> Country:
    return cast("Country", {"slug": row["slug"], "name": row["title"], **row["card"]})


def article_card(row: ListColumns) -> ArticleCard:
    return ArticleCard(
        slug=row["slug"],
        title=row["title"],
        summary=row["summary"],
        takeaway=row["card"]["takeaway"],
        on_home=row["card"]["on_home"],
    )


def section_card(row: ListColumns) -> SectionCard:
    return SectionCard(
        slug=row["slug"], article=row["parent"], title=row["title"], in_short=row["summary"]
    )


def stretch_card(row: ListColumns, own: dict[str, int] | None = None) -> StretchCard:
    """Return the card of a stretch, with the dose that a routine sets itself (`own`)."""
    card = row["card"]
    dose = doses.with_own(card["dose"], own or {})
    positions = positions_of(row)
    return StretchCard(
        slug=row["slug"],
        name=row["title"],
        summary=row["summary"],
        family=family_of(row),
        positions=positions,
        position_label=" or ".join(Position(position).label for position in positions).capitalize(),
        # A cramp does not wait until the reader is where they like to stretch.
        fits=[] if Moment.CRAMP in card["moments"] else positions,
        muscles=card["muscles"],
        muscle_labels=[Muscle(muscle).label for muscle in card["muscles"]],
        moments=card["moments"],
        dose=dose,
        dose_line=doses.line(dose),
        time="" if dose["until_eased"] else doses.minutes(*doses.seconds(dose)),
        figure_html=figure_html(card["figure"]),
    )


def positions_of(row: ListColumns) -> list[str]:
    """Return the positions that a stretch is done in, its main one first."""
    # Editions from before these fields do not have them.
    return [row["card"]["position"], *row["card"].get("also", [])]


def family_of(row: ListColumns) -> str:
    """Return the family of a stretch's versions in other positions; "" if it has none."""
    family: str = row["card"].get("family", "")
    return family


def routine_card(row: ListColumns, found: Columns) -> RoutineCard:
    """Return the card of a routine, its time added up from its stretches in `found`."""
    wanted = [(step["stretch"], own_dose(step)) for step in row["card"]["steps"]]
    steps = routine_steps(wanted, found)
    position = row["card"]["position"]
    drawn = [step for step in steps if step["positions"][0] == position] or steps
    return RoutineCard(
        slug=row["slug"],
        title=row["title"],
        summary=row["summary"],
        position_label=Position(position).label,
        fits=[position],
        count=len(steps),
        time=total_time(steps),
        link=written(Step.of(slug, own) for slug, own in wanted),
        figure_html=drawn[0]["figure_html"] if drawn else "",
    )


def routine_steps(steps: Iterable[tuple[str, dict[str, int]]], found: Columns) -> list[StretchCard]:
    """Return the cards of a routine's stretches, each with the dose to follow."""
    return [
        stretch_card(found["stretch", slug], own)
        for slug, own in steps
        if ("stretch", slug) in found
    ]


def total_time(steps: Iterable[StretchCard]) -> str:
    """Return how long stretches take one after the other, in words."""
    return doses.minutes(*total_seconds(steps))


def total_seconds(steps: Iterable[StretchCard]) -> tuple[int, int]:
    """Return the least and the most seconds that stretches take."""
    spans = [doses.seconds(step["dose"]) for step in steps]
    return sum(least for least, _ in spans), sum(most for _, most in spans)


def own_dose(step: dict[str, Any]) -> dict[str, int]:
    """Return what a routine's step sets of the dose itself."""
    return {name: value for name, value in step.items() if name != "stretch"}


def one_stretch(slug: str, found: Columns) -> StretchCard | None:
    """Return the card of a stretch, or None where there is none or it is not live."""
    row = found.get(("stretch", slug))
    return stretch_card(row) if row else None


def cautions(slugs: Iterable[str], found: Columns) -> list[CautionCard]:
    rows = [found["caution", slug] for slug in slugs if ("caution", slug) in found]
    return [
        CautionCard(
            slug=row["slug"],
            name=row["title"],
            sentence=row["summary"],
            effect=row["card"]["effect"],
        )
        for row in rows
    ]


def sources(slugs: Iterable[str], found: Columns) -> list[SourceCard]:
    """Return the sources that somebody has read; the others are never shown as citations."""
    rows = [found["source", slug] for slug in slugs if ("source", slug) in found]
    return [
        cast("SourceCard", {"slug": row["slug"], "title": row["title"], **row["card"]})
        for row in rows
        if row["card"]["confirmed"] != Source.Confirmed.UNSEEN
    ]
