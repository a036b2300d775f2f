"""Addresses that changed: the old one leads to the new one for ever.

Editions are never changed, so those of other units go on naming a unit as it was called when
they were pressed. Whoever reads rows of editions or of fixtures puts the names of today in
them first, with `renamed`.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from functools import cache
from typing import Any, NamedTuple

from django.apps import apps
from django.db import models

from guide.models.base import Part, Row, Unit

#: The slug of today by kind and former slug.
Names = Mapping[tuple[str, str], str]


class MovedQuerySet(models.QuerySet["Moved"]):
    def names(self) -> dict[tuple[str, str], str]:
        return {(kind, old): new for kind, old, new in self.values_list("kind", "old", "new")}


class Moved(models.Model):
    """A former slug of a unit. `new` is the slug of today: a chain is never followed."""

    kind = models.CharField(max_length=16)
    old = models.CharField(max_length=60)
    new = models.CharField(max_length=60)

    objects = MovedQuerySet.as_manager()

    class Meta:
        default_permissions = ()
        constraints = [models.UniqueConstraint(fields=["kind", "old"], name="moved_once")]

    def __str__(self) -> str:
        return f"{self.kind} {self.old} is now {self.new}"


def former(names: Names, kind: str, slug: str) -> list[str]:
    """Return the slugs that a unit had before."""
    return [old for (of, old), new in names.items() if (of, new) == (kind, slug)]


def renamed(rows: Sequence[Any], names: Names) -> list[Any]:
    """Return rows in serialised form with the names of today: their own and those they point to."""
    return [_renamed(row, names) for row in rows] if names else list(rows)


class _Named(NamedTuple):
    """A field that names a unit of a kind: by its slug, by a natural key, or by many."""

    field: str
    kind: str
    many: bool = False


def _renamed(row: Any, names: Names) -> Any:
    fields = dict(row["fields"])
    for name, kind, many in _named(row["model"]):
        value = fields.get(name)
        if not value:
            continue
        if isinstance(value, str):
            fields[name] = names.get((kind, value), value)
        elif many:
            fields[name] = sorted(_key(key, kind, names) for key in value)
        else:
            fields[name] = _key(value, kind, names)
    return {**row, "fields": fields}


def _key(key: Sequence[str], kind: str, names: Names) -> list[str]:
    """Return a natural key, whose first word is the slug of a unit, with the slug of today."""
    first, *rest = key
    return [names.get((kind, first), first), *rest]


@cache
def _named(label: str) -> tuple[_Named, ...]:
    return tuple(_fields(apps.get_model(label)))


def _fields(model: type[models.Model]) -> Iterator[_Named]:
    if issubclass(model, Unit):
        yield _Named("slug", model.kind)
    for field in (*model._meta.concrete_fields, *model._meta.many_to_many):
        target = field.related_model
        if isinstance(target, type) and issubclass(target, Row) and (kind := kind_of(target)):
            yield _Named(field.name, kind, many=bool(field.many_to_many))


def kind_of(model: type[Row]) -> str:
    """Return the kind of unit that a row is or belongs to; empty for a row without one."""
    if issubclass(model, Unit):
        return model.kind
    if not issubclass(model, Part):
        return ""
    owner: Any = model
    for step in model.unit_path.split("__"):
        owner = owner._meta.get_field(step).related_model
    return str(owner.kind)
