"""Whose hands the desk of a unit went through, and what it said after each."""

from __future__ import annotations

from typing import Any

from guide.models import Edition, Hand, Unit
from guide.pages.rows import RowData
from guide.publishing.press import keep_once
from guide.publishing.rows import rows_of

#: How many of the newest hands of a unit keep their rows: no form is open for longer.
HANDS_WITH_ROWS = 20


def sign(unit: Unit, user: Any, *, wrote: bool = True) -> None:
    """Note who edited a unit last, and what the desk says after it.

    Who only said that a clinician has checked it did not write any of it.
    """
    type(unit).objects.filter(pk=unit.pk).update(edited_by=user)
    desk: Unit = type(unit).objects.get(pk=unit.pk)
    all_hands = Hand.objects.filter(kind=unit.kind, unit=unit.pk)
    all_hands.create(
        kind=unit.kind,
        unit=unit.pk,
        version=desk.version,
        user=user,
        wrote=wrote,
        rows=rows_of(desk),
    )
    old = all_hands.exclude(rows=[]).values_list("pk", flat=True)[HANDS_WITH_ROWS:]
    Hand.objects.filter(pk__in=list(old)).update(rows=[])


def hands(unit: Unit, checked: Edition | None) -> set[int]:
    """Return the keys of those who wrote on a unit since the edition that was last checked."""
    since = checked.version if checked else 0
    new = Hand.objects.filter(kind=unit.kind, unit=unit.pk, version__gt=since, wrote=True)
    return set(new.values_list("user", flat=True))


def desk_at(unit: Unit, version: int) -> list[RowData] | None:
    """Return what the desk of a unit said at a version of it, where that was kept."""
    signed = Hand.objects.filter(kind=unit.kind, unit=unit.pk).exclude(rows=[])
    printed = Edition.objects.of(unit.kind, unit.slug)
    found = signed.filter(version=version).first() or printed.filter(version=version).first()
    return found.rows if found else None


def keep_desk(unit: Unit, who: str) -> None:
    """Keep what stands on the desk, under the name of who wrote it, before it is replaced."""
    desk = type(unit).objects.select_related("edited_by").get(pk=unit.pk)
    writer = desk.edited_by.get_username() if desk.edited_by else ""
    keep_once(desk, who=writer, note=f"The desk before {who} saved another text over it")
