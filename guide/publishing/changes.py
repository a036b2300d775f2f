"""What changed between two editions of a unit, field by field, in words for an editor."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from django.apps import apps

from guide.pages.rows import RowData
from guide.publishing.rows import key_of


@dataclass(frozen=True)
class Change:
    """One field that differs. `before` is empty for what was added, `after` for what went."""

    row: str
    field: str
    before: str
    after: str


def changes(old: Sequence[RowData], new: Sequence[RowData]) -> list[Change]:
    """Return what a reader of `old` would find different in `new`, in the order of the rows."""
    was = {(row["model"], key_of(row)): row for row in old}
    now = {(row["model"], key_of(row)): row for row in new}
    return [
        change
        for name in [*now, *(name for name in was if name not in now)]
        for change in _row_changes(name, was.get(name), now.get(name))
    ]


def _row_changes(
    name: tuple[str, str], old: RowData | None, new: RowData | None
) -> Iterator[Change]:
    before, after = (row["fields"] if row else {} for row in (old, new))
    meta = apps.get_model(name[0])._meta
    title = f"{str(meta.verbose_name).capitalize()} {name[1].split('/')[-1]}"
    for field in [*after, *(field for field in before if field not in after)]:
        if before.get(field) != after.get(field) and (_said(before, field) or _said(after, field)):
            label = _label(meta, field)
            yield Change(title, label, _said(before, field), _said(after, field))


def _label(meta: Any, field: str) -> str:
    known = {found.name: found for found in meta.get_fields()}
    return str(getattr(known.get(field), "verbose_name", field)).capitalize()


def _said(fields: dict[str, Any], name: str) -> str:
    value = fields.get(name)
    if isinstance(value, bool):
        return "Yes" if value else "No"
    if isinstance(value, list):
        return ", ".join(
            "/".join(map(str, item)) if isinstance(item, list) else str(item) for item in value
        )
    if isinstance(value, dict):
        return json.dumps(value, ensure_ascii=False) if value else ""
    return "" if value is None else str(value)
