"""How pages do, day by day. Numbers only: nothing here is about a person."""

from __future__ import annotations

from typing import Any

from django.db import models
from django.db.models import F, Sum

#: Fewer answers than this say nothing about a page.
ENOUGH_ANSWERS = 5


class PageCountQuerySet(models.QuerySet["PageCount"]):
    def least_useful(self) -> models.QuerySet[PageCount, Any]:
        """The pages with enough answers, by the share of No, and of those alike by how many."""
        summed = self.values("page").annotate(
            all_views=Sum("views"), all_yes=Sum("yes"), all_no=Sum("no")
        )
        answers = F("all_yes") + F("all_no")
        return (
            summed.annotate(answers=answers)
            .filter(answers__gte=ENOUGH_ANSWERS)
            .annotate(percent_no=F("all_no") * 100 / F("answers"))
            .order_by("-percent_no", "-all_no", "page")
        )

    def not_useful(self) -> models.QuerySet[PageCount, Any]:
        """The pages that half of those who answered, or more, did not find useful."""
        return self.least_useful().filter(all_no__gte=F("all_yes"))  # type: ignore[misc]


class PageCount(models.Model):
    """One page on one day: how often it was read, and found useful or not."""

    page = models.CharField(max_length=200, help_text="Its path, such as /guide/ease-a-cramp/.")
    day = models.DateField()
    views = models.PositiveIntegerField(default=0)
    yes = models.PositiveIntegerField("useful", default=0)
    no = models.PositiveIntegerField("not useful", default=0)

    objects = PageCountQuerySet.as_manager()

    class Meta:
        verbose_name = "count of a page"
        verbose_name_plural = "counts of pages"
        ordering = ["-day", "page"]
        default_permissions = ("view",)
        constraints = [models.UniqueConstraint(fields=["page", "day"], name="page_and_day")]
        indexes = [models.Index(fields=["-day", "page"], name="page_count_day")]

    def __str__(self) -> str:
        return f"{self.page} on {self.day}"
