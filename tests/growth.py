"""A guide that grew: what there is to read of it, over and over, under new names.

Every article that is added has five sections, taken in turn from those of the guide, with their
tips, care cards and sources. The thirty sections of the guide itself are the smallest size. There
are no more stretches, questions and sources than there are: only what is to be read grows.
"""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from copy import copy
from itertools import chain, cycle, islice
from pathlib import Path
from typing import Any, NamedTuple

from django.conf import settings
from django.utils import timezone

from guide.models import UNIT_BY_KIND, Edition, Names, Part, Row, renamed
from guide.pages.batched import batched
from guide.pages.rows import RowData, digest
from guide.publishing import block_yaml, search
from guide.publishing.rows import instances_of

PER_ARTICLE = 5
#: Articles written at a time.
BATCH = 100


class Copied(NamedTuple):
    """A unit to add: the edition that it is taken from, and what is named otherwise in it."""

    edition: Edition
    names: Names

    @property
    def slug(self) -> str:
        return self.names[self.edition.kind, self.edition.slug]

    @property
    def rows(self) -> list[RowData]:
        return renamed(self.edition.rows, self.names)


def grow(sections: int) -> None:
    """Publish copies until there are so many sections: desk, editions and index of search."""
    desk = _Desk()
    for articles in batched(copies(sections), BATCH):
        found = list(chain.from_iterable(articles))
        Edition.objects.bulk_create(map(_edition, found))
        desk.add(found)
    search.refresh()


def write_fixtures(folder: Path, sections: int) -> None:
    """Write the fixtures of the guide, and of copies until there are so many sections."""
    shutil.copytree(settings.BASE_DIR / "fixtures", folder, dirs_exist_ok=True)
    for number, found in enumerate(copies(sections)):
        rows = [row for one in found for row in one.rows]
        path = folder / "articles" / f"grown-{number}.yaml"
        path.write_text(block_yaml.dump(rows), encoding="utf-8")


def copies(sections: int) -> Iterator[list[Copied]]:
    """Yield what is added, article by article, until there are so many sections."""
    live = Edition.objects.live(timezone.now()).order_by("order", "slug")
    shells, parts = (list(live.filter(kind=kind)) for kind in ("article", "section"))
    shell, part = cycle(shells), cycle(parts)
    for number in range((sections - len(parts)) // PER_ARTICLE):
        above, below = next(shell), list(islice(part, PER_ARTICLE))
        new = f"{above.slug[:50]}-{number}"
        names = {("article", one.parent): new for one in below}
        yield [
            Copied(above, {("article", above.slug): new}),
            *(
                Copied(one, {**names, ("section", one.slug): f"{one.slug[:50]}-{number}"})
                for one in below
            ),
        ]


def _edition(found: Copied) -> Edition:
    new, rows = copy(found.edition), found.rows
    new.pk, new.slug, new.rows, new.digest = None, found.slug, rows, digest(rows)
    new.number, new.version = 1, 1
    new.parent = found.names.get(("article", new.parent), new.parent)
    if new.kind == "article":
        new.order = 1000 + int(new.slug.rpartition("-")[2])
    return new


class _Desk:
    """Writes the rows of copies to the desk, model by model."""

    def __init__(self) -> None:
        self.known: dict[tuple[str, str], list[Row]] = {}
        self.articles: dict[str, int] = {}

    def add(self, found: list[Copied]) -> None:
        """Add units, and then their parts and what these point to."""
        units = [(one, self._rows(one)) for one in found]
        for kind in ("article", "section"):
            self._units([(one, rows) for one, rows in units if one.edition.kind == kind])

    def _rows(self, found: Copied) -> list[Row]:
        kind, slug = found.edition.kind, found.edition.slug
        if (kind, slug) not in self.known:
            unit = UNIT_BY_KIND[kind].objects.get(slug=slug)
            self.known[kind, slug] = list(instances_of(unit))
        return self.known[kind, slug]

    def _units(self, units: list[tuple[Copied, list[Row]]]) -> None:
        made: list[tuple[Row, Row]] = []
        for one, (unit, *_) in units:
            fields = {"slug": one.slug, "version": 1}
            if one.edition.kind == "section":
                parent = one.names["article", one.edition.parent]
                fields["article_id"] = self.articles[parent]
            if one.edition.kind == "article":
                fields["order"] = 1000 + int(one.slug.rpartition("-")[2])
            made.append((unit, _as_new(unit, **fields)))
        _create(made)
        self.articles |= {new.slug: new.pk for _, new in made if new._meta.model_name == "article"}  # type: ignore[attr-defined]
        parts: dict[type[Row], list[tuple[Row, Row]]] = {}
        for (_, (_, *rows)), (_, new) in zip(units, made, strict=True):
            for part in rows:
                assert isinstance(part, Part)
                named = {f"{part.unit_path}_id": new.pk}
                parts.setdefault(type(part), []).append((part, _as_new(part, **named)))
        for pairs in parts.values():
            _create(pairs)


def _as_new(row: Row, **fields: Any) -> Row:
    new = copy(row)
    new._state = copy(row._state)
    new._state.fields_cache = {}
    new.pk, new._state.adding = None, True
    for name, value in fields.items():
        setattr(new, name, value)
    return new


def _create(pairs: list[tuple[Row, Row]]) -> None:
    """Create new rows, and let them point to what those point to that they are taken from."""
    if not pairs:
        return
    model = type(pairs[0][0])
    model.objects.bulk_create([new for _, new in pairs])
    for field in model._meta.many_to_many:
        link: Any = field
        through, mine, theirs = (
            link.remote_field.through,
            link.m2m_column_name(),
            link.m2m_reverse_name(),
        )
        links: dict[int, list[int]] = {}
        olds = {old.pk for old, _ in pairs}
        for old, other in through.objects.filter(**{f"{mine}__in": olds}).values_list(mine, theirs):
            links.setdefault(old, []).append(other)
        through.objects.bulk_create(
            through(**{mine: new.pk, theirs: other})
            for old, new in pairs
            for other in links.get(old.pk, ())
        )
