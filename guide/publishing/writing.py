"""Rows in serialised form, written to the desk: one by one, or many new ones at once."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from django.core.exceptions import ObjectDoesNotExist, ValidationError
from django.db import IntegrityError, models, transaction

from guide.models import Row
from guide.pages.rows import RowData
from guide.publishing.rows import RowError, key_of, model_of, text_fields, with_references, words

_BATCH = 500


class Shelf(dict[tuple[Any, str], Row]):
    """Rows of the desk by model and natural key, each looked up once.

    `stocked` models are read whole at the start: a load asks for nearly all of their rows.
    """

    def __init__(self, stocked: Iterable[type[Row]] = ()) -> None:
        super().__init__()
        self._stocked = set(stocked)
        for model in self._stocked:
            for row in with_references(model):
                self[model, "/".join(row.natural_key())] = row

    def find(self, model: Any, key: str) -> Row | None:
        """Return the row of the desk that has this natural key, if there is one."""
        if (model, key) not in self and model not in self._stocked:
            try:
                self[model, key] = model.objects.get_by_natural_key(*key.split("/"))
            except (ObjectDoesNotExist, ValueError):
                return None
        return self.get((model, key))


class Written:
    """A row on its way to the desk: save() it, and finish() it when those it points to are there.

    Each of its steps raises RowError, naming the field, if the row does not hold.
    """

    def __init__(self, row: RowData, shelf: Shelf) -> None:
        """Fill in what a completed row says, as far as what it points to is there."""
        model, fields = model_of(row), row["fields"]
        self._shelf, self._key = shelf, key_of(row)
        self._later: dict[str, Any] = {}
        self.instance = shelf.find(model, self._key) or model()
        self.is_new = self.instance.pk is None
        for field in text_fields(model):
            self._set(field, fields[field.name])
        self._many = {many: fields[many.name] for many in model._meta.many_to_many}
        single = {field.name for field in model._meta.fields if field.many_to_one}
        try:
            # Not the references: those were looked up already.
            self.instance.clean_fields(exclude=single)
            self.instance.clean()
        except ValidationError as error:
            raise RowError(_said(error)) from error

    def save(self) -> None:
        try:
            self.instance.validate_unique()
            self.instance.validate_constraints()
        except ValidationError as error:
            raise RowError(_said(error)) from error
        self.instance.save()
        self.is_saved()

    def is_saved(self) -> None:
        """Let other rows point to this one."""
        self._shelf[type(self.instance), self._key] = self.instance

    def finish(self) -> None:
        """Set the references."""
        self.point()
        for field, keys in self._many.items():
            getattr(self.instance, field.name).set([self._referred(field, key) for key in keys])

    def point(self) -> None:
        """Set the single references that could not be set before."""
        meta = self.instance._meta
        for name, key in self._later.items():
            setattr(self.instance, name, self._referred(meta.get_field(name), key))
        if self._later:
            self.instance.save()

    def links(self) -> Iterator[models.Model]:
        """Yield what is to be stored between a new row and those it refers to."""
        for field, keys in self._many.items():
            through: Any = field.remote_field.through
            mine, theirs = field.m2m_column_name(), field.m2m_reverse_name()
            for key in keys:
                other = self._referred(field, key)
                yield through(**{mine: self.instance.pk, theirs: other.pk})

    def _set(self, field: models.Field[Any, Any], value: Any) -> None:
        if not field.many_to_one or value is None:
            setattr(self.instance, field.attname, value)
            return
        try:
            setattr(self.instance, field.name, self._referred(field, value))
        except RowError:
            if not field.null:
                raise
            self._later[field.name] = value

    def _referred(self, field: Any, natural_key: Any) -> Row:
        name = "/".join(map(str, words(natural_key)))
        found = self._shelf.find(field.related_model, name)
        if found is None:
            kind = field.related_model._meta.verbose_name
            raise RowError(f"{field.name}: no {kind} is called {name}")
        return found


def write(row: RowData, shelf: Shelf) -> Written:
    """Write a completed row to the desk. Raises RowError, naming the field, if it does not hold."""
    written = Written(row, shelf)
    written.save()
    return written


def saved_together(found: Sequence[Written]) -> bool:
    """Save new rows of one model at once; tell whether all of them hold beside each other.

    If not, none is saved. The units of parts are the caller's to touch.
    """
    if found:
        model: Any = type(found[0].instance)
        try:
            with transaction.atomic():
                model.objects.bulk_create([one.instance for one in found], batch_size=_BATCH)
        except IntegrityError:
            return False
    for one in found:
        one.is_saved()
    return True


def link_together(links: Iterable[models.Model]) -> None:
    """Store what is between rows and those they refer to."""
    by_model: defaultdict[Any, list[models.Model]] = defaultdict(list)
    for link in links:
        by_model[type(link)].append(link)
    for model, found in by_model.items():
        model.objects.bulk_create(found, batch_size=_BATCH)


def _said(error: ValidationError) -> str:
    return "; ".join(
        f"{name}: {' '.join(messages)}" for name, messages in error.message_dict.items()
    )
