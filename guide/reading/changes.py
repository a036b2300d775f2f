"""What changed in the guide, day by day, from the editions that readers have seen.

Who pressed an edition is for staff and is not told here.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date, datetime
from enum import StrEnum
from itertools import groupby
from typing import NamedTuple, TypedDict

from django.db.models import Count, Exists, OuterRef, Q, QuerySet, Window
from django.db.models.functions import RowNumber, TruncDate
from django.utils import timezone

from guide.models import UNIT_BY_KIND, Edition, Source
from guide.reading.addresses import address
from guide.reading.cards import Columns, columns
from guide.reading.keeping import kept
from guide.reading.live import Live, current
from guide.reading.reachable import above

#: More changes of one day than this that say the same are told in one line.
TOLD_APART = 5
#: A page holds whole days, until it has so many editions.
ON_A_PAGE = 60
IN_THE_FEED = 50

#: The kinds that are told, as they are counted for a reader: what is read first comes first.
#: The words of a search are no page; they change what is found, not what is said.
_ORDER = (
    "article",
    "section",
    "stretch",
    "routine",
    "faq",
    "questionnaire",
    "caution",
    "country",
    "source",
    "claim",
)


class Done(StrEnum):
    """What an edition does to what readers see."""

    NEW = "new"
    CHANGED = "changed"
    WITHDRAWN = "withdrawn"


class Change(TypedDict):
    """One edition, or many of one day that say the same."""

    #: Names it for good.
    key: str
    at: datetime
    #: What it was called then; of many, how many of what.
    title: str
    #: In words; empty for many.
    kind: str
    #: Where it is read now; empty for many, and for what readers find no more by itself.
    address: str
    #: What was done and why, as it was said when it was published.
    said: str


class Day(TypedDict):
    day: date
    changes: list[Change]


class ChangesPage(TypedDict):
    days: list[Day]
    number: int
    pages: int


class _Row(NamedTuple):
    kind: str
    slug: str
    number: int
    live_from: datetime
    withdrawn: bool
    title: str
    note: str
    #: How many editions of this kind say the same on this day.
    alike: int


#: What editions that are told in one line have in common.
_ALIKE = ("day", "withdrawn", "is_first", "note", "kind")


def seen(live: Live) -> QuerySet[Edition]:
    """Return the editions that readers have seen: due, and not overtaken before their day.

    A source that nobody has read yet is never shown, so neither is its edition. An edition that
    closes a former address tells nothing that the one under the new address does not.
    """
    overtaken = Edition.objects.filter(
        kind=OuterRef("kind"),
        slug=OuterRef("slug"),
        number__gt=OuterRef("number"),
        live_from__lte=OuterRef("live_from"),
    )
    unread = {"kind": "source", "card__confirmed": Source.Confirmed.UNSEEN}
    told = live.due.filter(~Exists(overtaken), kind__in=_ORDER)
    return told.exclude(**unread).exclude(card__has_key="moved_to")


@kept
def changes(live: Live, number: int) -> ChangesPage:
    """Return a page of changes, newest first; of a number that there is not, the last page."""
    pages = _pages(live)
    if not pages:
        return ChangesPage(days=[], number=1, pages=1)
    number = max(1, min(number, len(pages)))
    told = _told(live, pages[number - 1], is_oldest=number == len(pages))
    days = [
        Day(day=day, changes=list(found))
        for day, found in groupby(told, key=lambda change: _day(change["at"]))
    ]
    return ChangesPage(days=days, number=number, pages=len(pages))


@kept
def newest(live: Live) -> list[Change]:
    """Return the newest changes, one by one or as one line each, for a feed."""
    pages = _pages(live)
    return _told(live, pages[0], is_oldest=len(pages) == 1)[:IN_THE_FEED] if pages else []


def _pages(live: Live) -> list[tuple[date, date]]:
    """Return the first and the last day of each page, newest page first."""
    days = seen(live).annotate(day=TruncDate("live_from")).values_list("day")
    counts = days.annotate(editions=Count("pk")).order_by("-day")
    pages: list[tuple[date, date]] = []
    room = 0
    for day, editions in counts:
        if room <= 0:
            pages.append((day, day))
            room = ON_A_PAGE
        pages[-1] = (day, pages[-1][1])
        room -= editions
    return pages


def _told(live: Live, days: tuple[date, date], *, is_oldest: bool) -> list[Change]:
    """Return the changes of these days, newest first; the oldest day of all began the guide.

    Of editions that are alike no more are read than are told apart: one day can bring thousands.
    """
    first, last = days
    order = ("-live_from", "-pk")
    rows = (
        seen(live)
        .annotate(day=TruncDate("live_from"), is_first=Q(number=1))
        .filter(day__gte=first, day__lte=last)
        .annotate(alike=Window(Count("pk"), _ALIKE), place=Window(RowNumber(), _ALIKE, order))
        .filter(place__lte=TOLD_APART)
        .order_by(*order)
    )
    editions = [_Row(*row) for row in rows.values_list(*_Row._fields)]
    units = {(row.kind, current(row.kind, row.slug)) for row in editions}
    sections = [unit for unit in units if unit[0] == "section"]
    found = columns(live, units=units, also=above(live, sections))
    begun = first if is_oldest else None
    told: list[Change] = []
    for day, of_day in groupby(editions, key=lambda row: _day(row.live_from)):
        for (done, note), alike in _alike(of_day).items():
            counts = {row.kind: row.alike for row in alike}
            if sum(counts.values()) > TOLD_APART:
                told.append(_many(done, note, alike[0], counts, is_first=day == begun))
            else:
                told += [_one(done, row, found) for row in alike]
    return told


def _alike(rows: Iterable[_Row]) -> dict[tuple[Done, str], list[_Row]]:
    """Return the editions of a day by what was done and what was said of it."""
    alike: dict[tuple[Done, str], list[_Row]] = {}
    for row in rows:
        done = Done.WITHDRAWN if row.withdrawn else Done.NEW if row.number == 1 else Done.CHANGED
        alike.setdefault((done, row.note), []).append(row)
    return alike


def _one(done: Done, row: _Row, found: Columns) -> Change:
    live = found.get((row.kind, current(row.kind, row.slug)))
    return Change(
        key=f"{row.kind}-{row.slug}-{row.number}",
        at=row.live_from,
        title=row.title,
        kind=_called(row.kind, 1),
        address=address(live, found) if live else "",
        said=_said(done, row.note),
    )


def _many(done: Done, note: str, newest: _Row, counts: dict[str, int], *, is_first: bool) -> Change:
    counted = [f"{counts[kind]} {_called(kind, counts[kind])}" for kind in _ORDER if kind in counts]
    title, said = _listed(counted), _said(done, note)
    if is_first and done is Done.NEW:
        title, said = "The first edition of the guide", f"{title}."
    return Change(
        key=f"{done}-{newest.live_from.isoformat()}-{newest.kind}-{newest.slug}",
        at=newest.live_from,
        title=title,
        kind="",
        address="",
        said=said,
    )


def _listed(names: Sequence[str]) -> str:
    *first, last = names
    return f"{', '.join(first)} and {last}" if first else last


def _said(done: Done, note: str) -> str:
    """Return a note as it was written; without one, what was done."""
    if done is Done.WITHDRAWN:
        return f"Withdrawn. {note}".strip()
    return note or ("Published for the first time." if done is Done.NEW else "Published again.")


def _called(kind: str, count: int) -> str:
    meta = UNIT_BY_KIND[kind]._meta
    return str(meta.verbose_name if count == 1 else meta.verbose_name_plural)


def _day(at: datetime) -> date:
    return timezone.localtime(at).date()
