"""The shape in which an edition keeps rows: Django's serialised form, by natural key."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Sequence
from typing import Any, TypedDict


class RowData(TypedDict):
    """One row: `model` such as guide.tip, and its fields. References are natural keys."""

    model: str
    fields: dict[str, Any]


def digest(rows: Sequence[RowData]) -> str:
    """Return the SHA-256 of rows, whatever order their fields are in.

    An empty field, or False, counts as none: rows stay what they were when a migration adds
    a field.
    """
    filled = [{**row, "fields": _filled(row["fields"])} for row in rows]
    text = json.dumps(filled, sort_keys=True, separators=(",", ":"), ensure_ascii=False)
    return hashlib.sha256(text.encode()).hexdigest()


def _filled(fields: dict[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in fields.items() if value or _is_number(value)}


def _is_number(value: Any) -> bool:
    return isinstance(value, int) and not isinstance(value, bool)


def fields_of(rows: Sequence[RowData], model: str) -> list[dict[str, Any]]:
    """Return the fields of the rows of one model, such as guide.tip, in their order."""
    return [row["fields"] for row in rows if row["model"] == model]


def slugs(references: Sequence[Sequence[str]]) -> tuple[str, ...]:
    """Return the last word of each natural key: the slugs of referenced units."""
    return tuple(reference[-1] for reference in references)
