"""Ready-made routines: ordered stretches, whose time is computed, never typed."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from guide.models.base import ORDER, Card, Part, Unit, one_line
from guide.models.reference import Claim
from guide.models.stretches import Position, Stretch, clean_dose


class Routine(Unit):
    kind = "routine"
    may_move = True

    title = models.CharField(
        max_length=80,
        validators=[one_line],
        help_text="What people would call it. Good: The short routine from a trial",
    )
    summary = models.CharField(
        max_length=200,
        validators=[one_line],
        help_text="Who it is for, in a line or two. Good: Calf and back of thigh, for every night"
        " before bed.",
    )
    note = models.TextField(
        blank=True,
        help_text="What to know before you start. Markdown. Good: A few minutes is enough. Stop "
        "if it hurts.",
    )
    position = models.CharField(
        max_length=10,
        choices=Position,
        help_text="How most of it is done. Good: On a chair, for people who find standing hard.",
    )
    claims = models.ManyToManyField(
        Claim,
        blank=True,
        help_text="The claims that it settles. Good: C033, if the note says what is known of it.",
    )
    order = models.PositiveSmallIntegerField(default=0, help_text=ORDER)

    class Meta:
        ordering = ["order", "slug"]

    def __str__(self) -> str:
        return self.title

    def card(self) -> Card:
        steps = self.steps.select_related("stretch") if self.pk else []
        return Card(
            self.title,
            self.summary,
            order=self.order,
            position=self.position,
            steps=[{"stretch": step.stretch.slug, **step.dose()} for step in steps],
        )


class RoutineStep(Part):
    """One stretch of a routine, with its own dose where the routine's differs."""

    key = ("routine__slug", "slug")
    unit_path = "routine"

    routine = models.ForeignKey(Routine, on_delete=models.CASCADE, related_name="steps")
    stretch = models.ForeignKey(
        Stretch,
        on_delete=models.PROTECT,
        related_name="routine_steps",
        help_text="The stretch to do now. Good: Heel on a step",
    )
    hold_seconds = models.PositiveSmallIntegerField(
        null=True,
        blank=True,
        help_text="Seconds of one hold. Empty: as the stretch has it. Good: 10",
    )
    repeats = models.PositiveSmallIntegerField(
        null=True, blank=True, help_text="How many times. Empty: as the stretch has it. Good: 3"
    )
    rest_seconds = models.PositiveSmallIntegerField(
        null=True,
        blank=True,
        help_text="Seconds between two holds. Empty: as the stretch has it. Good: 10",
    )
    order = models.PositiveSmallIntegerField(default=0, help_text=ORDER)

    class Meta:
        ordering = ["order", "slug"]
        constraints = [
            models.UniqueConstraint(fields=["routine", "slug"], name="routine_step_slug"),
            models.CheckConstraint(
                condition=Q(hold_seconds__isnull=True) | Q(hold_seconds__gt=0),
                name="routine_hold_above_zero",
            ),
            models.CheckConstraint(
                condition=Q(repeats__isnull=True) | Q(repeats__gt=0),
                name="routine_repeats_above_zero",
            ),
        ]

    def __str__(self) -> str:
        return self.stretch.name

    def clean(self) -> None:
        super().clean()
        clean_dose(self)

    def dose(self) -> dict[str, int]:
        """Return what this step sets itself, in seconds and times."""
        own = {name: getattr(self, name) for name in ("hold_seconds", "repeats", "rest_seconds")}
        return {name: value for name, value in own.items() if value is not None}


Routine.parts = (RoutineStep,)
