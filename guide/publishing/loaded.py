"""Publishing what a load made new, and never a draft of staff."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping

from django.utils import timezone

from guide.models import UNITS, Edition, LoadedRow, Moved, Unit, renamed
from guide.pages.batched import batched
from guide.pages.rows import RowData, digest
from guide.publishing.press import AT_ONCE, publish_together
from guide.publishing.rows import key_of, rows_of, rows_of_each

#: Digests of rows as they were loaded, by model and natural key, by the slug of their unit.
Loaded = Mapping[str, Mapping[tuple[str, str], str]]


def publish_loaded(who: str = "fixtures") -> tuple[list[str], list[str]]:
    """Publish each unit whose desk is as it was loaded and not live.

    Return them, and what is left to staff: their drafts, and units that they withdrew.
    """
    loaded, note = _loaded(), "Published with the project’s own text"
    ready: dict[Unit, str] = {}
    drafts = []
    for unit, rows in _desk():
        if _is_read(unit, rows):
            continue
        if _as_loaded(unit, rows, loaded) and not _is_withdrawn(unit):
            ready[unit] = note
        else:
            drafts.append(_name(unit))
    publish_together(ready, who=who)
    return list(map(_name, ready)), drafts


def _name(unit: Unit) -> str:
    return f"{unit.kind} {unit.slug}"


def _desk() -> Iterator[tuple[Unit, list[RowData]]]:
    """Yield every unit of the desk with its rows."""
    for model in UNITS:
        for some in batched(model.objects.iterator(), AT_ONCE):
            yield from zip(some, rows_of_each(some), strict=True)


def is_live(unit: Unit) -> bool:
    """Tell whether the desk of a unit is what readers see."""
    return _is_read(unit, rows_of(unit))


def _is_read(unit: Unit, rows: list[RowData]) -> bool:
    live = Edition.objects.live(timezone.now()).of(unit.kind, unit.slug).first()
    if live is None:
        return False
    desk, names = digest(rows), Moved.objects.names()
    # A unit that it points to may have been renamed since: that is no change of this one.
    return desk == live.digest or (bool(names) and desk == digest(renamed(live.rows, names)))


def _is_withdrawn(unit: Unit) -> bool:
    due = Edition.objects.due(timezone.now()).of(unit.kind, unit.slug)
    last = due.order_by("-number").first()
    return last is not None and last.withdrawn


def in_print() -> set[tuple[str, str]]:
    """Return the units whose desk is what readers see."""
    if not Edition.objects.exists():
        return set()
    return {(unit.kind, unit.slug) for unit, rows in _desk() if _is_read(unit, rows)}


def _loaded() -> Loaded:
    loaded: defaultdict[str, dict[tuple[str, str], str]] = defaultdict(dict)
    for row in LoadedRow.objects.iterator():
        loaded[row.key.split("/")[0]][row.model, row.key] = row.digest
    return loaded


def _as_loaded(unit: Unit, rows: list[RowData], loaded: Loaded) -> bool:
    """Tell whether the desk of a unit is what the fixtures made of it: no draft of staff."""
    mine = {(row["model"], key_of(row)): digest([row]) for row in rows}
    models = {model._meta.label_lower for model in (type(unit), *unit.parts)}
    was = loaded.get(unit.slug, {})
    return mine == {name: then for name, then in was.items() if name[0] in models}


def publish_what_is_new(before: set[tuple[str, str]], who: str) -> list[str]:
    """Publish units that are new, and those that were in print `before` the load. Name them."""
    notes: dict[Unit, str] = {}
    seen = set(Edition.objects.values_list("kind", "slug").distinct())
    loaded = _loaded()
    for unit, rows in _desk():
        name = (unit.kind, unit.slug)
        if name not in seen and _as_loaded(unit, rows, loaded):
            notes[unit] = "First edition"
        elif name in before and not _is_read(unit, rows):
            notes[unit] = "Updated with the project’s new text"
    publish_together(notes, who=who)
    return list(map(_name, notes))
