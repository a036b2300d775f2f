"""Rows of the desk, out to their serialised form and back.

The form is Django's own (natural keys, one mapping a row), so editions, fixtures and the
preview speak of a row in the same words. Reading and writing (writing.py) are our own rather
than Django's because an editor needs to be told which field of which row is wrong.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from itertools import islice
from typing import Any

from django.apps import apps
from django.core import serializers
from django.db import models

from guide.models import DESK_FIELDS, Part, Row, Unit, tidy
from guide.pages.rows import RowData
from guide.publishing.values import canonical, plain

#: What names a row for good, and what a row refers to, field by field.
Key = tuple[str, ...]
Many = Mapping[str, Collection[Row]]


class RowError(Exception):
    """A row that cannot be written; says which field and why, for a person."""


def row_of(instance: Row) -> RowData:
    """Return one row in serialised form, its references in a stable order."""
    return _row(instance, _keys_of(instance, instance._meta.many_to_many))


def serialized(instances: Iterable[Row], many: Mapping[int, Many] | None = None) -> list[RowData]:
    """Return rows in serialised form. Their references are looked up for all of them at once.

    `many` holds, by the id() of an instance, references that stand for those of the database.
    """
    rows, given = list(instances), many or {}
    found = _references(rows)
    return [
        _row(row, {**found[_place(row)], **_natural_keys(given.get(id(row), {}))}) for row in rows
    ]


def _row(instance: Row, references: Mapping[str, Iterable[Key]]) -> RowData:
    (data,) = serializers.serialize(
        "python",
        [instance],
        fields={field.name for field in instance._meta.concrete_fields} - DESK_FIELDS,
        use_natural_foreign_keys=True,
        use_natural_primary_keys=True,
    )
    fields = data["fields"]
    for field in instance._meta.many_to_many:
        fields[field.name] = sorted(references[field.name])
    return {"model": data["model"], "fields": plain(fields)}


def _keys_of(instance: Row, fields: Iterable[Any]) -> dict[str, list[Key]]:
    """Return the natural keys of what one row refers to; of a new row, nothing."""
    saved = instance.pk is not None
    return _natural_keys(
        {field.name: getattr(instance, field.name).all() if saved else () for field in fields}
    )


def _natural_keys(many: Many) -> dict[str, list[Key]]:
    return {name: [row.natural_key() for row in rows] for name, rows in many.items()}


def _references(rows: Iterable[Row]) -> dict[tuple[str, int], dict[str, list[Key]]]:
    """Return the natural keys of what each row refers to, by its place and by the field.

    Pairs of keys are read rather than a row for each pair: three hundred safety cases refer to
    three thousand answers, but to the same hundred and fifty.
    """
    by_model: defaultdict[type[Row], list[Row]] = defaultdict(list)
    for row in rows:
        by_model[type(row)].append(row)
    found: dict[tuple[str, int], dict[str, list[Key]]] = {}
    for model, own in by_model.items():
        fields = model._meta.many_to_many
        found |= {_place(row): {field.name: [] for field in fields} for row in own}
        for field in fields:
            pairs = _pairs(field, [row.pk for row in own if row.pk is not None])
            referred = _named(field.related_model).in_bulk({key for _, key in pairs})
            keys = {pk: row.natural_key() for pk, row in referred.items()}
            for pk, other in pairs:
                found[model._meta.label, pk][field.name].append(keys[other])
    return found


def _pairs(field: Any, pks: list[int]) -> list[tuple[int, int]]:
    """Return which of these rows refer to which others by a field, by their keys."""
    links = field.remote_field.through.objects.filter(**{f"{field.m2m_field_name()}__in": pks})
    return list(links.values_list(field.m2m_column_name(), field.m2m_reverse_name()))


def instances_of(unit: Unit) -> Iterator[Row]:
    """Yield a unit and its parts, each part below the row that it hangs on."""
    return in_place(_with_owners(type(unit)).get(pk=unit.pk), parts_of(unit))


def parts_of(unit: Unit, without: Collection[type[Part]] = ()) -> list[Part]:
    """Return the parts of a unit on the desk, those of each model in their order."""
    return [
        row
        for part in unit.parts
        if part not in without
        for row in _with_owners(part).filter(**{part.unit_path: unit})
    ]


def in_place(unit: Unit, parts: Iterable[Part]) -> Iterator[Row]:
    """Yield a unit and these parts of it, each part below the row that it hangs on."""
    below: defaultdict[tuple[str, int], list[Part]] = defaultdict(list)
    for part in parts:
        below[_place(part.owner)].append(part)

    def walk(row: Row) -> Iterator[Row]:
        yield row
        for child in below[_place(row)]:
            yield from walk(child)

    return walk(unit)


def _place(row: Row) -> tuple[str, int]:
    return row._meta.label, row.pk


def _with_owners(model: type[Row]) -> models.QuerySet[Any]:
    """Return the rows of a model with each row that they point to by themselves."""
    return _named(model, *(field.name for field in model._meta.fields if field.many_to_one))


def with_references(model: type[Row]) -> models.QuerySet[Any]:
    """Return the rows of a model with all that they point to."""
    references = [
        models.Prefetch(field.name, _named(field.related_model))
        for field in model._meta.many_to_many
    ]
    return _with_owners(model).prefetch_related(*references)


def _named(model: Any, *more: str) -> models.QuerySet[Any]:
    """Return the rows of a model with the rows that their natural keys go through."""
    path = [before for lookup in model.key if (before := lookup.rpartition("__")[0])]
    found: models.QuerySet[Any] = model.objects.all()
    return found.select_related(*path, *more) if path or more else found


def rows_of(unit: Unit) -> list[RowData]:
    """Return a unit and its parts in serialised form."""
    return serialized(instances_of(unit))


def rows_of_each(units: Sequence[Unit]) -> list[list[RowData]]:
    """Return the same of many units of one model, in as many queries as for one."""
    found = [list(in_place(*one)) for one in _with_parts(units)]
    rows = iter(serialized(row for one in found for row in one))
    return [list(islice(rows, len(one))) for one in found]


def _with_parts(units: Sequence[Unit]) -> Iterator[tuple[Unit, list[Part]]]:
    if not units:
        return
    model, pks = type(units[0]), [unit.pk for unit in units]
    parts: defaultdict[int, list[Part]] = defaultdict(list)
    for part in model.parts:
        for row in _with_owners(part).filter(**{f"{part.unit_path}__in": pks}):
            parts[row.unit.pk].append(row)
    full = _with_owners(model).in_bulk(pks)
    for pk in pks:
        yield full[pk], parts[pk]


def model_of(row: RowData) -> type[Row]:
    """Return the model that a row names. Raises RowError for any but a row of the desk."""
    try:
        model = apps.get_model(row["model"])
    except (KeyError, ValueError, LookupError) as error:
        raise RowError(f"there is no model {row.get('model')!r}") from error
    if not issubclass(model, Row) or row["model"] != model._meta.label_lower:
        raise RowError(f"{row['model']} is not a row of the desk")
    return model


def key_of(row: RowData) -> str:
    """Return a row's natural key as one word, such as heat-cold/warm-it."""
    values: list[str] = []
    for field in dict.fromkeys(lookup.split("__")[0] for lookup in model_of(row).key):
        value = row["fields"].get(field)
        if not value or not all(isinstance(word, str) for word in words(value)):
            raise RowError(f"{field}: must be given, as text")
        values.extend(map(tidy, words(value)))
    return "/".join(values)


def completed(row: RowData) -> RowData:
    """Return a hand-written row as it will read back: defaults filled in, text tidy.

    Raises RowError, naming the field, for a value that would not read back as it is given.
    """
    model, given = model_of(row), row["fields"]
    defaults = {field: field.get_default() for field in text_fields(model)}
    defaults |= dict.fromkeys(model._meta.many_to_many)
    unknown = given.keys() - {field.name for field in defaults}
    if unknown:
        raise RowError(f"{min(map(str, unknown))}: there is no such field")
    fields: dict[str, Any] = {}
    for field, default in defaults.items():
        try:
            fields[field.name] = canonical(field, given.get(field.name, default))
        except ValueError as error:
            raise RowError(f"{field.name}: {error}") from error
    return {"model": row["model"], "fields": fields}


def known_part(row: RowData) -> RowData:
    """Return a row of an older edition without the fields that the model no longer has."""
    model = model_of(row)
    names = {field.name for field in (*text_fields(model), *model._meta.many_to_many)}
    return {
        "model": row["model"],
        "fields": {name: value for name, value in row["fields"].items() if name in names},
    }


def text_fields(model: type[Row]) -> list[models.Field[Any, Any]]:
    """Return the fields of a row that a file gives, but for references to many."""
    return [
        field
        for field in model._meta.concrete_fields
        if not field.primary_key and field.name not in DESK_FIELDS
    ]


def words(value: Any) -> list[Any]:
    """Return the words of a natural key, however it is given."""
    return list(value) if isinstance(value, list | tuple) else [value]
