"""Where a unit stands between two clinical checks, on a given day. Cheap enough for lists."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from django.db.models import (
    Case,
    CharField,
    Exists,
    OuterRef,
    Q,
    QuerySet,
    TextChoices,
    Value,
    When,
)

from guide.models import CareCard, Section, Unit
from guide.pages.checks import later, months_between

#: Days before a check is due from which staff are told.
NOTICE = timedelta(days=30)


class Check(TextChoices):
    NEVER = "never", "Not yet checked"
    OVERDUE = "overdue", "Overdue"
    SOON = "soon", "Due in 30 days"
    GOOD = "good", "In date"


def with_check(units: QuerySet[Any], model: type[Unit], today: date) -> QuerySet[Any]:
    """Return units with a `check`, one of Check, and whether they tell `signs` to act on."""
    cards = CareCard.objects.filter(section=OuterRef("pk"))
    signs = Exists(cards) if model is Section else Value(value=False)

    def due_before(day: date) -> Q:
        """A check is due so many months after it, so it was so many months before."""
        return Q(signs=True, checked_on__lt=_last(model, day, signs=True)) | Q(
            signs=False, checked_on__lt=_last(model, day, signs=False)
        )

    found: QuerySet[Any] = units.annotate(signs=signs).annotate(
        check=Case(
            When(checked_on=None, then=Value(Check.NEVER)),
            When(due_before(today), then=Value(Check.OVERDUE)),
            When(due_before(today + NOTICE), then=Value(Check.SOON)),
            default=Value(Check.GOOD),
            output_field=CharField(),
        )
    )
    return found


def due(unit: Any) -> date | None:
    """Return by when a unit out of `with_check` is to be checked again; None if it never was."""
    if unit.checked_on is None:
        return None
    return later(unit.checked_on, months_between(unit.kind, signs=unit.signs))


def _last(model: type[Unit], day: date, *, signs: bool) -> date:
    return later(day, -months_between(model.kind, signs=signs))
