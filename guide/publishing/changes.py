"""What changed between two editions of a unit, field by field, in words for an editor."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from guide.models import ChoiceListField, Moved, Part, Row, renamed
from guide.pages.rows import RowData
from guide.publishing.rows import key_of, model_of
from guide.publishing.words import Run, runs

Names = dict[tuple[type[Row], tuple[str, ...]], str]


@dataclass(frozen=True)
class Change:
    """One field that differs. `before` is empty for what was added, `after` for what went."""

    row: str
    field: str
    before: str
    after: str

    @property
    def runs(self) -> tuple[Run, ...]:
        """The words that stayed, went and came, in reading order."""
        return runs(self.before, self.after)


def changes(old: Sequence[RowData], new: Sequence[RowData]) -> list[Change]:
    """Return what a reader of `old` would find different in `new`, in the order of the rows.

    What was called otherwise then is called what it is called today.
    """
    today = Moved.objects.names()
    old, new = renamed(old, today), renamed(new, today)
    was = {(model_of(row), key_of(row)): row for row in old}
    now = {(model_of(row), key_of(row)): row for row in new}
    names = _names([*old, *new])
    return [
        change
        for model, key in [*now, *(known for known in was if known not in now)]
        for change in _row_changes(
            model, _title(model, key, was, now), was.get((model, key)), now.get((model, key)), names
        )
    ]


def _title(model: type[Row], key: str, was: Any, now: Any) -> str:
    """Return what a row is called; a part by its short names below the unit."""
    words = key.split("/")
    title = f"{str(model._meta.verbose_name).capitalize()} {' / '.join(words[1:] or words)}"
    if was and (model, key) not in now:
        return f"{title} (removed)"
    return f"{title} (new)" if was and (model, key) not in was else title


def _row_changes(
    model: type[Row], title: str, old: RowData | None, new: RowData | None, names: Names
) -> Iterator[Change]:
    before, after = (row["fields"] if row else {} for row in (old, new))
    fields = {field.name: field for field in model._meta.get_fields()}
    skipped = {"slug", model.unit_path.split("__")[0]} if issubclass(model, Part) else set()
    for name in [*after, *(name for name in before if name not in after)]:
        field = fields.get(name)
        said = [_said(field, row.get(name), names) for row in (before, after)]
        if name not in skipped and before.get(name) != after.get(name) and any(said):
            label = str(getattr(field, "verbose_name", name)).capitalize()
            yield Change(title, label, *said)


def _said(field: Any, value: Any, names: Names) -> str:
    """Return a value as an editor would say it: words for choices, names for references."""
    if isinstance(value, bool):
        return "Yes" if value else "No"
    if value in (None, "", [], {}):
        return ""
    if isinstance(field, ChoiceListField):
        words = dict(field.allowed.choices if field.allowed else ())
        return ", ".join(str(words.get(item, item)) for item in value)
    if getattr(field, "is_relation", False):
        return "\n".join(
            names.get((field.related_model, tuple(key)), "/".join(key))
            for key in _keys(field, value)
        )
    if isinstance(value, dict | list):
        return json.dumps(value, ensure_ascii=False)
    return str(dict(getattr(field, "flatchoices", ())).get(value, value))


def _names(rows: Iterable[RowData]) -> Names:
    """Return what the rows that these rows point to are called, in a query for each model."""
    keys: defaultdict[type[Row], set[tuple[str, ...]]] = defaultdict(set)
    for row in rows:
        for field in model_of(row)._meta.get_fields():
            value = row["fields"].get(field.name)
            if value and field.related_model:
                keys[field.related_model].update(map(tuple, _keys(field, value)))  # type: ignore[index]
    return {
        (model, row.natural_key()): str(row)
        for model, wanted in keys.items()
        for row in _rows(model, {key[-1] for key in wanted})
    }


def _rows(model: type[Row], slugs: set[str]) -> Iterable[Row]:
    owners = [lookup.rpartition("__")[0] for lookup in model.key if "__" in lookup]
    rows: Iterable[Row] = model.objects.filter(slug__in=slugs).select_related(*owners)
    return rows


def _keys(field: Any, value: Any) -> list[Sequence[str]]:
    return value if field.many_to_many else [value]
