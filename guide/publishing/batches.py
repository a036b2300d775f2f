"""Rows of files by the units that they belong to, beside what the desk says of these."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property

from guide.models import UNIT_BY_KIND, Moved, Row, renamed
from guide.models.moved import kind_of
from guide.pages.rows import RowData, digest
from guide.publishing.files import FixtureError, Given
from guide.publishing.rows import RowError, completed, key_of, model_of

#: A row, by its model and natural key.
Name = tuple[str, str]


@dataclass
class Batch:
    """The rows that files hold of one unit, and its rows on the desk as they were."""

    model: type[Row]
    slug: str
    given: list[Given] = field(default_factory=list)
    desk: Row | None = None
    was: list[RowData] = field(default_factory=list)

    @cached_property
    def was_by_name(self) -> dict[Name, RowData]:
        return {name_of(row): row for row in self.was}

    @property
    def differs(self) -> bool:
        return bool(self.differing or self.leaving)

    @cached_property
    def differing(self) -> list[Given]:
        """The rows that the desk does not hold as they are given."""
        was = self.was_by_name
        return [
            one
            for one in self.given
            if name_of(one.row) not in was or digest([one.row]) != digest([was[name_of(one.row)]])
        ]

    @cached_property
    def leaving(self) -> set[Name]:
        """The names of the parts that are on the desk and not given."""
        return self.was_by_name.keys() - {name_of(one.row) for one in self.given}


def batches(given: Sequence[Given]) -> list[Batch]:
    """Return rows by their units, completed and under the names of today.

    Raises FixtureError, with every mistake found.
    """
    names = Moved.objects.names()
    found: dict[tuple[type[Row], str], Batch] = {}
    met: dict[Name, str] = {}
    tried: set[Name] = set()
    problems = []
    for where, row in given:
        try:
            tried.add(name_of(row))
            (full,) = renamed([completed(row)], names)
            first = met.setdefault(name_of(full), where)
            if first != where:
                raise RowError(f"the same row is in {first}")
        except RowError as error:
            problems.append(mistake(Given(where, row), error))
            continue
        model, slug = _owner(full)
        batch = found.setdefault((model, slug), Batch(model, slug))
        batch.given.append(Given(where, full))
    raise_all([*problems, *_without_unit(found, {*met, *tried})])
    return list(found.values())


def name_of(row: RowData) -> Name:
    """Return what names a row. Raises RowError if nothing does."""
    return row["model"], key_of(row)


def _owner(row: RowData) -> tuple[type[Row], str]:
    """Return the model and the slug of the unit that a row belongs to."""
    model = model_of(row)
    return UNIT_BY_KIND[kind_of(model)] if kind_of(model) else model, key_of(row).split("/")[0]


def _without_unit(
    found: Mapping[tuple[type[Row], str], Batch], met: Collection[Name]
) -> Iterator[str]:
    """A file that held some parts of a unit only would leave open what becomes of the others."""
    for (model, slug), batch in found.items():
        if (model._meta.label_lower, slug) not in met:
            kind = model._meta.verbose_name
            yield f"{batch.given[0].where}: the {kind} {slug} itself is not in the file"


def mistake(given: Given, error: RowError) -> str:
    """Say what is wrong with a row, and where it is given."""
    try:
        name = f"{given.row['model'].removeprefix('guide.')} {key_of(given.row)}"
    except RowError:
        name = given.row["model"]
    return f"{given.where} ({name}): {error}"


def raise_all(problems: Iterable[str]) -> None:
    """Raise FixtureError if there is any."""
    if found := list(problems):
        raise FixtureError(found)
