"""What points to a unit: rows of the desk, and live editions that readers see."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterator
from typing import Any, NamedTuple

from django.apps import apps
from django.db.models import Count, Q, QuerySet, TextField
from django.db.models.functions import Cast
from django.utils import timezone

from guide.models import Edition, Moved, Part, Row, Unit, former, renamed
from guide.pages.prose import PROSE
from guide.publishing.links import linked, links_to
from guide.publishing.references import Name, called, references

LINKS = "A link in"


class Use(NamedTuple):
    """A row of the desk that points to a unit, and the field in which it does."""

    row: Row
    field: str

    @property
    def unit(self) -> Unit:
        return self.row.unit if isinstance(self.row, Part) else self.row  # type: ignore[return-value]


class LiveUse(NamedTuple):
    """A live edition that points to a unit: it `uses` it, or it only `links` to it."""

    name: Name
    title: str
    how: str

    @property
    def called(self) -> str:
        return f"{called(self.name).partition(' “')[0]} “{self.title}”"


def live_uses(kind: str, slug: str) -> list[LiveUse]:
    """Return the units, as readers see them, that would lose this one."""
    names, moved = _names_of(kind, slug), Moved.objects.names()
    mentions = Q()
    for word in (word for name in names for word in (name[1], *former(moved, *name))):
        mentions |= Q(text__contains=word)
    editions = Edition.objects.live(timezone.now()).exclude(kind=kind, slug=slug)
    found = []
    for edition in editions.annotate(text=Cast("rows", TextField())).filter(mentions).iterator():
        rows = renamed(edition.rows, moved)
        if any(reference.name in names for reference in references(rows)):
            how = "uses"
        elif names & linked(rows, moved):
            how = "links to"
        else:
            continue
        found.append(LiveUse((edition.kind, edition.slug), edition.title, how))
    return found


def _names_of(kind: str, slug: str) -> set[Name]:
    """Return the names that links know a live unit by: a questionnaire may have two."""
    live = Edition.objects.live(timezone.now()).of(kind, slug)
    others = live.values_list("card__other_slug", flat=True)
    return {(kind, slug), *((kind, other) for other in others if other)}


def desk_uses(unit: Unit) -> list[Use]:
    """Return what on the desk points to a unit: in a field of its own, or in its prose."""
    found = []
    for model, field in pointing_to(type(unit)):
        rows = _with_unit(model).filter(**{field.name: unit})
        found += [Use(row, str(field.verbose_name).capitalize()) for row in rows]
    return [use for use in (*found, *_prose_uses(unit)) if use.unit != unit]


def _prose_uses(unit: Unit) -> Iterator[Use]:
    name, moved = (unit.kind, unit.slug), Moved.objects.names()
    slugs = [unit.slug, *former(moved, *name)]
    for model in _models():
        for group in PROSE.get(str(model._meta.model_name), ()):
            for field in group.fields:
                mentions = Q()
                for slug in slugs:
                    mentions |= Q(**{f"{field}__contains": f"/{slug}/"})
                    mentions |= Q(**{f"{field}__contains": f"#{slug}"})
                label = str(model._meta.get_field(field).verbose_name)  # type: ignore[union-attr]
                for row in _with_unit(model).filter(mentions):
                    if links_to(getattr(row, field), name, moved):
                        yield Use(row, f"{LINKS} {label}")


def use_counts(model: type[Unit], keys: Collection[int]) -> Counter[int]:
    """Return how many rows of the desk point to each of some units, in one query."""
    counted = [_counted(source, field, keys) for source, field in pointing_to(model)]
    if not counted or not keys:
        return Counter()
    found: Counter[int] = Counter()
    for key, count in counted[0].union(*counted[1:], all=True):
        found[key] += count
    return found


def _counted(model: type[Row], field: Any, keys: Collection[int]) -> QuerySet[Any, Any]:
    """Return the key of each of some units with the number of rows that point to it."""
    rows: QuerySet[Any] = model.objects.filter(**{f"{field.name}__in": keys}).order_by()
    counted: QuerySet[Any, Any] = rows.values_list(field.name).annotate(count=Count("pk"))
    return counted


def pointing_to(target: type[Unit]) -> list[tuple[type[Row], Any]]:
    """Return the models and fields that point to a kind of unit from outside."""
    return [
        (model, field)
        for model in _models()
        for field in (*model._meta.fields, *model._meta.many_to_many)
        if field.related_model is target
        and not (issubclass(model, Part) and field.name == model.unit_path)
    ]


def _models() -> list[type[Row]]:
    every = apps.get_app_config("guide").get_models()
    return [model for model in every if issubclass(model, Row)]


def _with_unit(model: type[Row]) -> QuerySet[Any]:
    rows: QuerySet[Any] = model.objects.all()
    return rows.select_related(model.unit_path) if issubclass(model, Part) else rows
