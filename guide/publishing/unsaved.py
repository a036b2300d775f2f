"""Rows as a form of the desk holds them, before anything is saved.

References to many come from the form: a new row has none yet, and a saved one would show
those of the database.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import dataclass, field
from functools import reduce
from typing import Any

from django.utils import timezone

from guide.models import Edition, Part, Row, Unit
from guide.pages.rows import RowData, digest
from guide.publishing.rows import Many, in_place, parts_of, serialized


@dataclass(frozen=True)
class Typed:
    """A row as it was typed, with its references to many; `gone` if it is to be deleted."""

    row: Row
    many: Many = field(default_factory=dict)
    gone: bool = False


def unsaved_rows(unit: Unit, typed: Collection[Typed]) -> list[RowData]:
    """Return a unit and its parts as they would be published if what was typed was saved.

    `unit` is the unit as it was typed, if it was. Parts that nobody typed come from the desk.
    """
    many = {id(one.row): one.many for one in typed}
    rows = in_place(unit, _parts(unit, typed))
    return serialized(rows, many)


def unsaved_edition(unit: Unit, rows: list[RowData]) -> Edition:
    """Return the edition that publishing would make now; it has no number and is not saved."""
    return Edition(
        kind=unit.kind,
        slug=unit.slug,
        number=0,
        live_from=timezone.now(),
        rows=rows,
        digest=digest(rows),
        version=unit.version,
        **unit.card(),
    )


def _parts(unit: Unit, typed: Collection[Typed]) -> Iterator[Part]:
    """Yield the parts of the desk and of the form, those of each model in their order."""
    rows = {(type(part), part.pk): part for part in (parts_of(unit) if unit.pk else ())}
    new: list[Part] = []
    for one in typed:
        if not isinstance(one.row, Part):
            continue
        if one.row.pk is None:
            new.append(one.row)
        elif one.gone:
            rows.pop((type(one.row), one.row.pk), None)
        else:
            rows[type(one.row), one.row.pk] = one.row
    found = [*rows.values(), *new]
    for model in unit.parts:
        yield from sorted((part for part in found if type(part) is model), key=_order)


def _order(part: Part) -> tuple[Any, ...]:
    """Return what a row is sorted by on the desk: its model's own order."""
    return tuple(_value(part, str(lookup)) for lookup in part._meta.ordering or ())


def _value(part: Part, lookup: str) -> Any:
    value = reduce(getattr, lookup.lstrip("-").split("__"), part)
    return -value if lookup.startswith("-") else value  # type: ignore[operator]
