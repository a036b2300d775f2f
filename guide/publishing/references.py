"""Which units rows point to, and which units readers can see."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from typing import Any, NamedTuple

from django.apps import apps
from django.db.models import Q
from django.utils import timezone

from guide.models import UNIT_BY_KIND, Edition, Names, Unit
from guide.pages.rows import RowData

#: A unit, by kind and slug.
Name = tuple[str, str]


class Reference(NamedTuple):
    """A unit that a row points to; `row` is the place of the row among those of its unit."""

    row: int
    field: str
    name: Name


def references(rows: Sequence[RowData]) -> Iterator[Reference]:
    """Yield the units that the fields of rows point to."""
    for number, row in enumerate(rows):
        meta = apps.get_model(row["model"])._meta
        for field in (*meta.fields, *meta.many_to_many):
            target: Any = field.related_model
            value = row["fields"].get(field.name)
            if value and isinstance(target, type) and issubclass(target, Unit):
                for key in value if field.many_to_many else [value]:
                    yield Reference(number, field.name, (target.kind, key[-1]))


def public(names: Collection[Name], moved: Names) -> dict[Name, str]:
    """Return those of some units that readers see, each with its parent as it is called today.

    A questionnaire answers at the address of a helper as well.
    """
    if not names:
        return {}
    kinds, slugs = {kind for kind, _ in names}, {slug for _, slug in names}
    live = Edition.objects.live(timezone.now()).filter(
        Q(slug__in=slugs) | Q(kind="questionnaire"), kind__in=kinds
    )
    found = {}
    for kind, slug, parent, card in live.values_list("kind", "slug", "parent", "card"):
        for address in filter(None, (slug, card.get("other_slug"))):
            found[kind, address] = moved.get(("article", parent), parent)
    return {name: found[name] for name in names if name in found}


def ever_public(names: Collection[Name]) -> set[Name]:
    """Return those of some units that readers have seen at some time."""
    if not names:
        return set()
    due = Edition.objects.due(timezone.now()).filter(slug__in={slug for _, slug in names})
    return set(due.values_list("kind", "slug").distinct()) & set(names)


def called(name: Name) -> str:
    """Return what an editor calls a unit, such as stretch “wall-calf”."""
    kind, slug = name
    return f"{UNIT_BY_KIND[kind]._meta.verbose_name} “{slug}”"
