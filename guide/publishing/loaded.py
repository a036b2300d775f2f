"""Publishing what a load made new, and never a draft of staff."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from django.db import transaction
from django.utils import timezone

from guide.models import UNITS, Edition, LoadedRow, Moved, Unit, renamed
from guide.pages.rows import digest
from guide.publishing.press import publish
from guide.publishing.rows import key_of, rows_of


def publish_loaded(who: str = "fixtures") -> tuple[list[str], list[str]]:
    """Publish each unit whose desk is as it was loaded and not live.

    Return them, and what is left to staff: their drafts, and units that they withdrew.
    """
    waiting = [unit for unit in _units() if not is_live(unit)]
    ready = [unit for unit in waiting if _as_loaded(unit) and not _is_withdrawn(unit)]
    drafts = [f"{unit.kind} {unit.slug}" for unit in waiting if unit not in ready]
    note = "Published with the project’s own text"
    return _publish_together(dict.fromkeys(ready, note), who), drafts


def _publish_together(units: Mapping[Unit, str], who: str) -> list[str]:
    """Publish units, each with its note, all or none: they may point to each other. Name them."""
    beside = {(unit.kind, unit.slug) for unit in units}
    with transaction.atomic():
        for unit, note in units.items():
            publish(unit, who=who, note=note, beside=beside)
    return [f"{unit.kind} {unit.slug}" for unit in units]


def _units() -> Iterator[Unit]:
    for model in UNITS:
        yield from model.objects.all()


def is_live(unit: Unit) -> bool:
    live = Edition.objects.live(timezone.now()).of(unit.kind, unit.slug).first()
    if live is None:
        return False
    desk, names = digest(rows_of(unit)), Moved.objects.names()
    # A unit that it points to may have been renamed since: that is no change of this one.
    return desk == live.digest or (bool(names) and desk == digest(renamed(live.rows, names)))


def _is_withdrawn(unit: Unit) -> bool:
    due = Edition.objects.due(timezone.now()).of(unit.kind, unit.slug)
    last = due.order_by("-number").first()
    return last is not None and last.withdrawn


def in_print() -> set[tuple[str, str]]:
    """Return the units whose desk is what readers see."""
    return {(unit.kind, unit.slug) for unit in _units() if is_live(unit)}


def _as_loaded(unit: Unit) -> bool:
    """Tell whether the desk of a unit is what the fixtures made of it: no draft of staff."""
    rows = rows_of(unit)
    loaded = {
        (row.model, row.key): row.digest
        for row in LoadedRow.objects.filter(key__startswith=unit.slug)
        if row.key.split("/")[0] == unit.slug
    }
    mine = {(row["model"], key_of(row)): digest([row]) for row in rows}
    models_of_unit = {
        type(unit)._meta.label_lower,
        *(part._meta.label_lower for part in unit.parts),
    }
    return mine == {key: value for key, value in loaded.items() if key[0] in models_of_unit}


def publish_what_is_new(before: set[tuple[str, str]], who: str) -> list[str]:
    """Publish units that are new, and those that were in print `before` the load. Name them."""
    notes: dict[Unit, str] = {}
    seen = set(Edition.objects.values_list("kind", "slug").distinct())
    for unit in _units():
        name = (unit.kind, unit.slug)
        if name not in seen and _as_loaded(unit):
            notes[unit] = "First edition"
        elif name in before and not is_live(unit):
            notes[unit] = "Updated with the project’s new text"
    return _publish_together(notes, who)
