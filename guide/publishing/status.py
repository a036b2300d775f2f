"""Where a unit stands between desk and print, from versions and dates alone.

Cheap enough for lists: a few look-ups a row inside one query. That a desk with a newer
version may still read the same is for the page that shows the true difference.
"""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.db.models import (
    Case,
    CharField,
    Exists,
    F,
    OuterRef,
    QuerySet,
    Subquery,
    TextChoices,
    Value,
    When,
)

from guide.models import Edition, Submission, Unit


class Status(TextChoices):
    WAITING = "waiting", "Waiting for a check"
    DRAFT = "draft", "Draft"
    SCHEDULED = "scheduled", "Scheduled"
    PUBLISHED = "published", "Published"
    CHANGED = "changed", "Changed since published"
    WITHDRAWN = "withdrawn", "Withdrawn"


def with_status(units: QuerySet[Any], model: type[Unit], now: datetime) -> QuerySet[Any]:
    """Return units with a `status`, one of Status, as it is at `now`."""
    same = Edition.objects.filter(kind=model.kind, slug=OuterRef("slug"))
    due = same.due(now).order_by("-number")
    found: QuerySet[Any] = units.annotate(
        live_version=Subquery(due.values("version")[:1]),
        live_withdrawn=Subquery(due.values("withdrawn")[:1]),
        is_waiting=Exists(Submission.objects.of(model.kind, OuterRef("slug")).waiting()),
        is_scheduled=Exists(same.planned(now)),
    ).annotate(
        status=Case(
            When(is_waiting=True, then=Value(Status.WAITING)),
            When(is_scheduled=True, then=Value(Status.SCHEDULED)),
            When(live_version=None, then=Value(Status.DRAFT)),
            When(live_withdrawn=True, then=Value(Status.WITHDRAWN)),
            When(live_version=F("version"), then=Value(Status.PUBLISHED)),
            default=Value(Status.CHANGED),
            output_field=CharField(),
        )
    )
    return found
