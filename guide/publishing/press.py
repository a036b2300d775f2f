"""The press: publish, keep, withdraw and restore a unit.

Every press adds one edition under one lock and never changes an older one. Guards run
before the lock is taken; inside it only the unit's version is compared, so nobody waits
for a check and nothing unchecked slips through.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from django.db import transaction
from django.db.models import Max
from django.utils import timezone

from guide.models import UNIT_BY_KIND, Edition, Moved, Press, Unit, renamed
from guide.pages.rows import RowData, digest
from guide.publishing import guards, search
from guide.publishing.rows import (
    Shelf,
    Written,
    completed,
    instances_of,
    key_of,
    known_part,
    model_of,
    rows_of,
)


class Refused(Exception):
    """A press that a guard forbids. `reasons` says why, a sentence each."""

    def __init__(self, reasons: list[str]) -> None:
        super().__init__(" ".join(reasons))
        self.reasons = reasons


class Changed(Exception):
    """The unit was edited while it was being checked: look again, then press again."""


def publish(
    unit: Unit, *, who: str = "", note: str = "", live_from: datetime | None = None
) -> Edition:
    """Make the desk's rows of a unit public, now or from `live_from` on.

    Raises Refused when a guard forbids it and Changed when somebody edited it meanwhile.
    """
    rows = rows_of(unit)
    reasons = guards.refusals(unit.kind, unit.slug, rows)
    if reasons:
        raise Refused(reasons)
    return _press(unit, rows, live_from or timezone.now(), who=who, note=note)


def keep(unit: Unit, *, who: str = "", note: str = "") -> Edition:
    """Store the desk's rows of a unit as an edition that is not public."""
    return _press(unit, rows_of(unit), None, who=who, note=note)


def keep_once(unit: Unit, *, who: str = "", note: str = "") -> None:
    """Keep the desk's rows of a unit, unless some edition of it holds them already."""
    same = Edition.objects.of(unit.kind, unit.slug)
    if not same.filter(digest=digest(rows_of(unit))).exists():
        keep(unit, who=who, note=note)


def withdraw(unit: Unit, *, message: str, who: str = "") -> Edition:
    """Take a unit away from readers. Raises Refused while live units depend on it."""
    reasons = guards.still_used(unit.kind, unit.slug)
    if reasons:
        raise Refused(reasons)
    return _press(unit, rows_of(unit), timezone.now(), who=who, note=message, withdrawn=True)


def lock() -> None:
    """Wait for every other press, until the transaction ends."""
    Press.objects.select_for_update().get_or_create(pk=1)


def _press(
    unit: Unit,
    rows: list[RowData],
    live_from: datetime | None,
    **particulars: Any,
) -> Edition:
    with transaction.atomic():
        lock()
        version = type(unit).objects.values_list("version", flat=True).get(pk=unit.pk)
        if version != unit.version:
            raise Changed(f"{unit} was changed while it was being published.")
        earlier = Edition.objects.of(unit.kind, unit.slug)
        last: int = earlier.aggregate(last=Max("number"))["last"] or 0
        edition = Edition.objects.create(
            kind=unit.kind,
            slug=unit.slug,
            number=last + 1,
            live_from=live_from,
            rows=rows,
            digest=digest(rows),
            version=unit.version,
            **unit.card(),
            **particulars,
        )
        if live_from and live_from <= timezone.now():
            search.index(edition)
        return edition


@transaction.atomic
def restore(edition: Edition, *, who: str = "") -> Unit:
    """Put the rows of an edition back on the desk, as a draft.

    What is on the desk is kept first, as an edition that is not public. Parts that the
    edition does not have are deleted. Raises RowError if a row no longer holds, leaving
    the desk as it was.
    """
    model, names = UNIT_BY_KIND[edition.kind], Moved.objects.names()
    slug, rows = names.get((edition.kind, edition.slug), edition.slug), renamed(edition.rows, names)
    unit: Unit | None = model.objects.select_for_update().filter(slug=slug).first()
    if unit:
        keep_once(unit, who=who, note=f"The desk before edition {edition.number} was restored")
        _delete_parts_not_in(rows, unit)
    shelf = Shelf()
    written = [Written(completed(known_part(row)), shelf) for row in rows]
    for row in written:
        row.finish()
    restored = written[0].instance
    assert isinstance(restored, Unit)
    fresh: Unit = model.objects.get(pk=restored.pk)
    return fresh


def _delete_parts_not_in(rows: Sequence[RowData], unit: Unit) -> None:
    """Make room first: a part that goes may hold what only one part of a unit can hold."""
    wanted = {(model_of(row), key_of(row)) for row in rows}
    extra = [
        part
        for part in instances_of(unit)
        if (type(part), "/".join(part.natural_key())) not in wanted
    ]
    for part in reversed(extra):
        part.delete()
