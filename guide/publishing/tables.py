"""What staff take into a spreadsheet: the sources, and when each page was checked."""

from __future__ import annotations

import csv
from collections.abc import Collection, Iterable, Iterator, Sequence
from datetime import date, datetime
from io import StringIO
from typing import Any

from django.utils import timezone

from guide.models import UNIT_BY_KIND, Source, Unit
from guide.publishing.checks import Check, due, with_check
from guide.publishing.status import Status, with_status

#: A spreadsheet takes a cell that begins so for a formula, and runs it.
_FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n")
#: Tells spreadsheets that the text is UTF-8.
_MARK = "\ufeff"


def as_csv(rows: Iterable[Sequence[object]]) -> str:
    """Return rows as CSV. No cell of it is run as a formula: such a one gets an apostrophe."""
    text = StringIO()
    csv.writer(text).writerows([_cell(value) for value in row] for row in rows)
    return _MARK + text.getvalue()


def _cell(value: object) -> str:
    text = "" if value is None else str(value)
    return f"'{text}" if text.startswith(_FORMULA) else text


def sources(now: datetime) -> Iterator[Sequence[object]]:
    """Yield a line of titles, and one for each source."""
    yield ("Name", "Title", "Publisher", "Year", "Address", "How it was confirmed", *_STANDING)
    for source in _units(Source, now):
        yield (
            source.slug,
            source.title,
            source.publisher,
            source.year,
            source.address,
            source.get_confirmed_display(),
            *_standing(source),
        )


def reviews(kinds: Collection[str], now: datetime) -> Iterator[Sequence[object]]:
    """Yield a line of titles, and one for each unit of some kinds: how its check stands."""
    yield ("Kind", "Name", "Title", *_STANDING)
    for kind in kinds:
        for unit in _units(UNIT_BY_KIND[kind], now):
            yield (unit._meta.verbose_name, unit.slug, unit, *_standing(unit))


_STANDING = (
    "Status",
    "Edited on",
    "Edited by",
    "Clinical check",
    "Checked on",
    "Checked by",
    "Next check",
)


def _units(model: type[Unit], now: datetime) -> Iterable[Any]:
    units = with_status(model.objects.select_related("edited_by"), model, now)
    return with_check(units, model, timezone.localdate(now)).order_by("slug")


def _standing(unit: Any) -> tuple[object, ...]:
    edited: date = timezone.localdate(unit.edited_at)
    return (
        Status(unit.status).label,
        edited,
        unit.edited_by,
        Check(unit.check).label,
        unit.checked_on,
        unit.checked_by,
        due(unit),
    )
