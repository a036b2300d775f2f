"""What the nightly look found in what readers see, and when it last looked."""

from __future__ import annotations

from django.db import models


class Fault(models.Model):
    """Something to mend in a live unit. The next look makes all of them anew."""

    class Sort(models.TextChoices):
        LINK = "links", "Broken link"
        WORDS = "words", "Wording"

    kind = models.CharField(max_length=16)
    slug = models.CharField("address", max_length=60)
    title = models.CharField(max_length=300)
    sort = models.CharField("what", max_length=8, choices=Sort.choices)
    place = models.CharField("where", max_length=200, help_text="The row, the field, the line.")
    said = models.TextField("what is wrong")

    class Meta:
        verbose_name = "fault on live pages"
        verbose_name_plural = "faults on live pages"
        ordering = ["sort", "kind", "slug", "pk"]
        default_permissions = ("view",)
        indexes = [models.Index(fields=["kind", "slug"], name="fault_unit")]

    def __str__(self) -> str:
        return f"{self.kind} {self.slug}, {self.place}: {self.said}"


class Look(models.Model):
    """The one row that tells when somebody last looked for faults."""

    at = models.DateTimeField()

    class Meta:
        default_permissions = ()

    def __str__(self) -> str:
        return f"Looked at {self.at}"
