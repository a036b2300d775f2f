"""The press: publish, keep, withdraw and restore a unit.

Every press adds one edition under one lock and never changes an older one. Guards run
before the lock is taken; inside it only the unit's version is compared, so nobody waits
for a check and nothing unchecked slips through.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from datetime import datetime
from itertools import groupby
from typing import Any

from django.db import transaction
from django.db.models import Max
from django.utils import timezone

from guide.models import UNIT_BY_KIND, Edition, Fault, Moved, Press, Unit, renamed
from guide.pages.batched import batched
from guide.pages.rows import RowData, digest
from guide.publishing import guards, search
from guide.publishing.references import Name
from guide.publishing.rows import (
    completed,
    instances_of,
    key_of,
    known_part,
    model_of,
    rows_of,
    rows_of_each,
)
from guide.publishing.writing import Shelf, write

#: Units that are read and indexed at once.
AT_ONCE = 200


class Refused(Exception):
    """A press that a guard forbids. `reasons` says why, a sentence each, and where."""

    def __init__(self, reasons: Sequence[str]) -> None:
        super().__init__(" ".join(reasons))
        self.reasons = list(reasons)


class Changed(Exception):
    """The unit was edited while it was being checked: look again, then press again."""


def publish(
    unit: Unit,
    *,
    live_from: datetime | None = None,
    newest: int | None = None,
    beside: Collection[Name] = (),
    **said: str,
) -> Edition:
    """Make the desk's rows of a unit public, now or from `live_from` on.

    What is `said` of it is `who` publishes and a `note`.
    Units that are pressed `beside` it, all or none, count as public: they may point to it.
    Raises Refused when a guard forbids it, and Changed when somebody edited the unit
    meanwhile or pressed it after edition `newest`, the last that who presses has seen.
    """
    rows = rows_of(unit)
    refuse(unit.kind, unit.slug, rows, beside)
    return _press_desk(unit, rows, live_from or timezone.now(), newest=newest, **said)


def publish_together(units: Mapping[Unit, str], *, who: str = "") -> None:
    """Publish units, each with its note, all or none: they may point to each other.

    Raises Refused and Changed as publish() does.
    """
    beside, now = {(unit.kind, unit.slug) for unit in units}, timezone.now()
    with transaction.atomic():
        for _, of_model in groupby(units, key=type):
            for some in batched(of_model, AT_ONCE):
                pressed = []
                for unit, rows in zip(some, rows_of_each(some), strict=True):
                    refuse(unit.kind, unit.slug, rows, beside)
                    pressed.append(_of_desk(unit, rows, now, who=who, note=units[unit]))
                _show(pressed)


def keep(unit: Unit, *, who: str = "", note: str = "") -> Edition:
    """Store the desk's rows of a unit as an edition that is not public."""
    return _press_desk(unit, rows_of(unit), None, who=who, note=note)


def keep_once(unit: Unit, *, who: str = "", note: str = "") -> None:
    """Keep the desk's rows of a unit, unless some edition of it holds them already."""
    same = Edition.objects.of(unit.kind, unit.slug)
    if not same.filter(digest=digest(rows_of(unit))).exists():
        keep(unit, who=who, note=note)


def withdraw(unit: Unit, *, message: str, who: str = "", newest: int | None = None) -> Edition:
    """Take a unit away from readers. Raises Refused while live units depend on it."""
    reasons = guards.still_used(unit.kind, unit.slug)
    if reasons:
        raise Refused(reasons)
    now, rows = timezone.now(), rows_of(unit)
    said: dict[str, Any] = {"who": who, "note": message, "newest": newest}
    return _press_desk(unit, rows, now, withdrawn=True, **said)


def publish_again(
    edition: Edition,
    *,
    live_from: datetime | None = None,
    newest: int | None = None,
    **particulars: Any,
) -> Edition:
    """Press the rows of an edition once more, whatever is on the desk by now.

    The guards are the caller's to ask, with refuse(), before any transaction: what was live
    already needs none. Raises Changed when the unit was pressed after edition `newest`.
    """
    copied = ("title", "summary", "parent", "order", "card", "version")
    same = {name: getattr(edition, name) for name in copied}
    with transaction.atomic():
        Press.lock()
        again = _printed(
            edition.kind,
            edition.slug,
            newest,
            rows=edition.rows,
            live_from=live_from or timezone.now(),
            **{**same, **particulars},
        )
        _show([again])
    return again


def take_back_plans(planned: Edition, *, who: str = "", note: str = "", newest: int) -> Edition:
    """Press what readers see now once more, which retires all that was planned.

    Raises Changed if the day of the planned edition has come meanwhile.
    """
    now = timezone.now()
    editions = Edition.objects.of(planned.kind, planned.slug)
    if not editions.planned(now).filter(pk=planned.pk).exists():
        raise Changed(f"{planned} is not planned any more.")
    seen = editions.due(now).order_by("-number").first()
    hidden = seen is None or seen.withdrawn
    # Readers of what was withdrawn go on seeing why it was.
    said = seen.note if seen and hidden else note
    return publish_again(seen or planned, who=who, note=said, newest=newest, withdrawn=hidden)


def refuse(kind: str, slug: str, rows: Sequence[RowData], beside: Collection[Name] = ()) -> None:
    """Raise Refused when a guard forbids to publish these rows."""
    reasons = guards.refusals(kind, slug, rows, beside)
    if reasons:
        raise Refused(reasons)


def newest_pressed(kind: str, slug: str) -> int:
    """Return the number of the last edition of a unit that was or will be public; 0 if none."""
    pressed = Edition.objects.of(kind, slug).filter(live_from__isnull=False)
    return pressed.aggregate(last=Max("number"))["last"] or 0


def _press_desk(
    unit: Unit, rows: list[RowData], live_from: datetime | None, **particulars: Any
) -> Edition:
    with transaction.atomic():
        edition = _of_desk(unit, rows, live_from, **particulars)
        _show([edition])
    return edition


def _of_desk(
    unit: Unit,
    rows: list[RowData],
    live_from: datetime | None,
    *,
    newest: int | None = None,
    **particulars: Any,
) -> Edition:
    """Add an edition with the desk's rows of a unit, within a transaction."""
    Press.lock()
    version = type(unit).objects.values_list("version", flat=True).get(pk=unit.pk)
    if version != unit.version:
        raise Changed(f"{unit} was changed while it was being published.")
    made = {**unit.card(), **particulars, "version": unit.version}
    return _printed(unit.kind, unit.slug, newest, live_from=live_from, rows=rows, **made)


def _printed(
    kind: str,
    slug: str,
    newest: int | None,
    *,
    rows: list[RowData],
    live_from: datetime | None,
    **particulars: Any,
) -> Edition:
    """Add the next edition of a unit. The press is locked by whoever calls."""
    if newest is not None and newest_pressed(kind, slug) != newest:
        raise Changed(f"{kind} {slug} was published or withdrawn meanwhile.")
    last: int = Edition.objects.of(kind, slug).aggregate(last=Max("number"))["last"] or 0
    return Edition.objects.create(
        kind=kind,
        slug=slug,
        number=last + 1,
        live_from=live_from,
        rows=rows,
        digest=digest(rows),
        **particulars,
    )


def _show(pressed: Sequence[Edition]) -> None:
    """Do what follows from editions that readers see from now on, as far as they do."""
    now = timezone.now()
    due = [one for one in pressed if one.live_from and one.live_from <= now]
    if due:
        search.index(*due)
    for edition in due:
        # What was wrong is mended, or it is found again tonight.
        Fault.objects.filter(kind=edition.kind, slug=edition.slug).delete()


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
    written = [write(completed(known_part(row)), shelf) for row in rows]
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
