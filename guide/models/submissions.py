"""Four eyes: who wrote what is on the desk, what waits for a check, and what came of it."""

from __future__ import annotations

from typing import Self

from django.conf import settings
from django.db import models
from django.db.models import OuterRef
from django.utils import timezone

from guide.models.editions import AppendOnly, AppendOnlyQuerySet, Edition


class Hand(models.Model):
    """Whose hand the desk of a unit went through, and what the desk said after it.

    Who publishes must not be among the hands since the last check. The rows let a person
    whose page was overtaken see what the other changed; only the newest few are kept.
    """

    kind = models.CharField(max_length=16)
    unit = models.PositiveBigIntegerField(help_text="Its key: an address may still change.")
    version = models.PositiveIntegerField(help_text="The desk's version after it.")
    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    wrote = models.BooleanField(default=True, help_text="False: only said that it is checked.")
    at = models.DateTimeField(default=timezone.now)
    rows = models.JSONField(default=list)

    class Meta:
        ordering = ["-pk"]
        default_permissions = ()
        indexes = [models.Index(fields=["kind", "unit", "version"], name="hand_unit")]

    def __str__(self) -> str:
        return f"{self.user} on {self.kind} {self.unit}, version {self.version}"


class SubmissionQuerySet(AppendOnlyQuerySet["Submission"]):
    def of(self, kind: str, slug: str | OuterRef) -> Self:
        """All submissions of one unit."""
        return self.filter(proof__kind=kind, proof__slug=slug)

    def waiting(self) -> Self:
        """Submissions that nobody has decided yet: of each unit one at most."""
        return self.filter(verdict=None)


class Submission(AppendOnly):
    """A proof that somebody asked to have checked. Its note, day and name are the proof's."""

    proof = models.OneToOneField(Edition, on_delete=models.PROTECT, related_name="submission")
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+"
    )

    objects = SubmissionQuerySet.as_manager()

    class Meta:
        ordering = ["-pk"]
        verbose_name = "proof to check"
        verbose_name_plural = "proofs to check"
        default_permissions = ("view",)

    def __str__(self) -> str:
        return f"{self.proof.title}, proof {self.proof.number}"


class Verdict(AppendOnly):
    """What came of a submission. One row each, so a proof is decided once and for all."""

    class Outcome(models.TextChoices):
        PUBLISHED = "published", "Published"
        SENT_BACK = "sent_back", "Sent back"
        REPLACED = "replaced", "Submitted anew"

    submission = models.OneToOneField(Submission, on_delete=models.PROTECT, related_name="verdict")
    outcome = models.CharField(max_length=16, choices=Outcome.choices)
    note = models.CharField(max_length=200, blank=True)
    who = models.CharField(max_length=150)
    at = models.DateTimeField(default=timezone.now)
    edition = models.OneToOneField(
        Edition, null=True, on_delete=models.PROTECT, related_name="verdict"
    )

    class Meta:
        ordering = ["-pk"]
        default_permissions = ()

    def __str__(self) -> str:
        return f"{self.submission}: {self.get_outcome_display()}"
