"""The print: what was published, kept for ever, and all that readers ever see."""

from __future__ import annotations

from datetime import datetime
from typing import Any, NoReturn, Self, TypeVar

from django.db import models
from django.db.models import Exists, OuterRef
from django.utils import timezone

M = TypeVar("M", bound=models.Model)


class AppendOnlyQuerySet(models.QuerySet[M]):
    def update(self, **kwargs: Any) -> NoReturn:
        raise TypeError(f"{self.model.__name__} is append-only.")

    def delete(self) -> NoReturn:
        raise TypeError(f"{self.model.__name__} is append-only.")


class AppendOnly(models.Model):
    """Rows that are added and never changed, so that what happened can always be read."""

    class Meta:
        abstract = True

    def save(self, *args: Any, **kwargs: Any) -> None:
        if not self._state.adding:
            raise TypeError(f"{type(self).__name__} is append-only.")
        super().save(*args, **kwargs)

    def delete(self, *args: Any, **kwargs: Any) -> NoReturn:
        raise TypeError(f"{type(self).__name__} is append-only.")


class EditionQuerySet(AppendOnlyQuerySet["Edition"]):
    def of(self, kind: str, slug: str) -> Self:
        """All editions of one unit."""
        return self.filter(kind=kind, slug=slug)

    def due(self, now: datetime) -> Self:
        """Editions whose day has come, superseded and withdrawn ones too."""
        return self.filter(live_from__lte=now)

    def live(self, now: datetime) -> Self:
        """What readers see at `now`: of each unit the highest due number, if not withdrawn."""
        later = Edition.objects.due(now).filter(
            kind=OuterRef("kind"), slug=OuterRef("slug"), number__gt=OuterRef("number")
        )
        return self.due(now).filter(~Exists(later), withdrawn=False)

    def planned(self, now: datetime) -> Self:
        """What readers will see on a day to come, unless a later press comes before it."""
        sooner = Edition.objects.filter(
            kind=OuterRef("kind"),
            slug=OuterRef("slug"),
            number__gt=OuterRef("number"),
            live_from__lte=OuterRef("live_from"),
        )
        return self.filter(~Exists(sooner), live_from__gt=now)


class Edition(AppendOnly):
    """One unit as it was published: its rows, who pressed it, when, and from when it is live."""

    kind = models.CharField(max_length=16)
    slug = models.CharField(max_length=60)
    number = models.PositiveIntegerField()
    live_from = models.DateTimeField(null=True, help_text="Empty: kept, not public.")
    withdrawn = models.BooleanField(default=False)
    title = models.CharField(max_length=300)
    summary = models.CharField(max_length=300, blank=True)
    parent = models.CharField(max_length=60, blank=True)
    order = models.PositiveSmallIntegerField(default=0)
    card = models.JSONField(default=dict)
    rows = models.JSONField(default=list)
    digest = models.CharField(max_length=64, help_text="SHA-256 of the rows.")
    version = models.PositiveIntegerField(help_text="The desk's version when it was pressed.")
    note = models.CharField(max_length=200, blank=True)
    who = models.CharField(max_length=150, blank=True)
    at = models.DateTimeField(default=timezone.now)

    objects = EditionQuerySet.as_manager()

    class Meta:
        ordering = ["kind", "slug", "-number"]
        constraints = [
            models.UniqueConstraint(fields=["kind", "slug", "number"], name="edition_number")
        ]
        indexes = [
            # Below a parent, and whole lists of what has none: both in their order.
            models.Index(fields=["kind", "parent", "order", "slug"], name="edition_place"),
            models.Index(fields=["live_from"], name="edition_live_from"),
        ]
        permissions = [
            ("publish", "Can publish and withdraw"),
            ("publish_safety", "Can publish and withdraw what the safety of readers rests on"),
            ("check", "Can say that a clinician has checked a page"),
        ]
        default_permissions = ("view",)

    def __str__(self) -> str:
        return f"{self.kind} {self.slug}, edition {self.number}"


class Press(models.Model):
    """The one row that every press locks, so that two presses never take the same number."""

    class Meta:
        default_permissions = ()

    def __str__(self) -> str:
        return "The press"

    @classmethod
    def lock(cls) -> None:
        """Wait for every other press, until the transaction ends."""
        cls.objects.select_for_update().get_or_create(pk=1)


class LoadedRow(models.Model):
    """What a fixture row was when it was last loaded.

    A row is the loader's to update or delete only while it still is what was loaded; a
    digest that no longer fits, or a row that is gone, is the work of staff and stays.
    """

    model = models.CharField(max_length=60)
    key = models.CharField(max_length=200, help_text="The natural key, joined by /.")
    digest = models.CharField(max_length=64)

    class Meta:
        default_permissions = ()
        constraints = [models.UniqueConstraint(fields=["model", "key"], name="loaded_row")]

    def __str__(self) -> str:
        return f"{self.model} {self.key}"
