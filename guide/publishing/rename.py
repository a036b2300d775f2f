"""Another address for a unit that was published: the old one leads to the new one for ever.

The desk's row gets the new slug. What readers see is carried over as it is, so a draft stays a
draft: the edition that is live is pressed again under the new slug, and the old slug is closed.
Editions of other units go on naming the old slug, which is read as the new one.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import F, Max, Q
from django.utils import timezone

from guide.models import (
    GETTING_HELP,
    WARNING_SIGNS,
    Edition,
    EditionQuerySet,
    LoadedRow,
    Moved,
    Press,
    Row,
    Submission,
    Unit,
    former,
    renamed,
)
from guide.pages.rows import digest
from guide.publishing import search
from guide.publishing.press import Changed, Refused
from guide.publishing.rows import instances_of, row_of

#: Units that the code of a page asks for by slug.
NAMED_IN_CODE = {
    ("section", WARNING_SIGNS),
    ("section", "cramp-stretch-now"),
    ("article", GETTING_HELP),
}


def history(unit: Unit) -> EditionQuerySet:
    """Return the editions of a unit under every slug it had, but for those that close a slug."""
    slugs = [unit.slug, *former(Moved.objects.names(), unit.kind, unit.slug)]
    own = Edition.objects.filter(kind=unit.kind, slug__in=slugs)
    return own.exclude(card__has_key="moved_to")


def fixed(unit: Unit) -> list[str]:
    """Return why a unit must keep its slug; nothing if it may get another."""
    reasons = []
    if not unit.may_move:
        reasons.append("It has no address of its own.")
    if (unit.kind, unit.slug) in NAMED_IN_CODE:
        reasons.append("A page of the guide is made of it under this name.")
    editions = history(unit)
    if not editions.exists():
        reasons.append("It was never published: change its address on its own page.")
    if editions.planned(timezone.now()).exists():
        reasons.append("An edition of it is scheduled. Let its day come first.")
    if Submission.objects.of(unit.kind, unit.slug).waiting().exists():
        reasons.append("A proof of it waits for a check. Publish it or send it back first.")
    return reasons


def refusals(unit: Unit, new: str) -> list[str]:
    """Return why a unit must not get this slug; nothing if it may."""
    reasons = fixed(unit)
    if new == unit.slug:
        reasons.append("This is its address already.")
    elif _is_taken(unit, new):
        reasons.append(f"The address “{new}” is or was that of another one.")
    return reasons


def _is_taken(unit: Unit, new: str) -> bool:
    """Tell whether another page has or had a slug; a unit may have an old one of its own back."""
    if new in unit.reserved:
        return True
    before = Moved.objects.names().get((unit.kind, new))
    if before is not None:
        return before != unit.slug
    other = type(unit).objects.filter(slug=new).exists()
    return bool(other) or Edition.objects.of(unit.kind, new).exists()


@transaction.atomic
def rename(unit: Unit, new: str, *, who: str = "") -> Edition:
    """Give a unit another slug, and return the edition that carries it on.

    Raises Refused when it must not, and Changed when somebody edited it meanwhile.
    """
    Press.lock()
    fresh: Unit = type(unit).objects.select_for_update().get(pk=unit.pk)
    if fresh.version != unit.version:
        raise Changed(f"{unit} was changed while it was being renamed.")
    try:
        type(unit)._meta.get_field("slug").clean(new, None)
    except ValidationError as error:
        raise Refused(list(error.messages)) from error
    if reasons := refusals(fresh, new):
        raise Refused(reasons)
    old, last = fresh.slug, _last(fresh)
    loaded = {(row._meta.label_lower, row.pk): _told(row) for row in _rows_naming(fresh)}
    type(fresh).objects.filter(pk=fresh.pk).update(
        slug=new, version=F("version") + 1, edited_at=timezone.now()
    )
    fresh.refresh_from_db()
    _lead_on(fresh.kind, old, new)
    _carry_loaded(fresh, old, loaded)
    carried_on = _carried_on(fresh, old, last, who)
    search.refresh()
    return carried_on


def _last(unit: Unit) -> Edition:
    """Return what readers see of a unit or saw last; of what they never saw, what was kept."""
    editions = history(unit).order_by("-number")
    return editions.due(timezone.now()).first() or editions[0]


def _lead_on(kind: str, old: str, new: str) -> None:
    """Note where the old slug leads, straight to the new one from each before it."""
    moved = Moved.objects.filter(kind=kind)
    moved.filter(old=new).delete()
    moved.filter(new=old).update(new=new)
    Moved.objects.create(kind=kind, old=old, new=new)


def _carried_on(unit: Unit, old: str, last: Edition, who: str) -> Edition:
    """Close the old slug and press what readers see under the new one."""
    slugs = [unit.slug, *former(Moved.objects.names(), unit.kind, unit.slug)]
    earlier = Edition.objects.filter(kind=unit.kind, slug__in=slugs)
    number: int = earlier.aggregate(last=Max("number"))["last"] or 0
    rows = renamed(last.rows, {(unit.kind, old): unit.slug})
    shared: dict[str, Any] = {
        "kind": unit.kind,
        "live_from": timezone.now() if last.live_from else None,
        "title": last.title,
        "who": who,
    }
    if last.live_from:
        Edition.objects.create(
            **shared,
            slug=old,
            number=number + 1,
            withdrawn=True,
            version=last.version,
            digest=digest([]),
            card={"moved_to": unit.slug},
            note=f"Renamed to {unit.slug}",
        )
    same = last.version == unit.version - 1
    return Edition.objects.create(
        **shared,
        slug=unit.slug,
        number=number + 2,
        withdrawn=last.withdrawn,
        summary=last.summary,
        parent=last.parent,
        order=last.order,
        card=last.card,
        rows=rows,
        digest=digest(rows),
        version=unit.version if same else last.version,
        note="It has another address. The old one leads to it.",
    )


def _rows_naming(unit: Unit) -> Iterator[Row]:
    """Yield the rows of a unit and the rows of others that point to it."""
    yield from instances_of(unit)
    for relation in unit._meta.related_objects:
        model: Any = relation.related_model
        if issubclass(model, Row) and model not in unit.parts:
            yield from model.objects.filter(**{relation.field.name: unit})


def _told(row: Row) -> tuple[str, str]:
    """Return the natural key and the digest by which a load knows a row."""
    return "/".join(row.natural_key()), digest([row_of(row)])


def _carry_loaded(unit: Unit, old: str, before: dict[tuple[str, int], tuple[str, str]]) -> None:
    """Let a load know each row as before: as it loaded it, as staff changed or deleted it."""
    own = [type(unit), *unit.parts]
    for model in own:
        of_model = LoadedRow.objects.filter(model=model._meta.label_lower)
        for known in of_model.filter(Q(key=old) | Q(key__startswith=f"{old}/")):
            known.key = unit.slug + known.key.removeprefix(old)
            of_model.filter(key=known.key).delete()
            known.save()
    for row in _rows_naming(unit):
        _, had = before[row._meta.label_lower, row.pk]
        key, has = _told(row)
        same = LoadedRow.objects.filter(model=row._meta.label_lower, key=key, digest=had)
        same.update(digest=has)
