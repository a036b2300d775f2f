"""Stretches with their steps and doses."""

from __future__ import annotations

import math

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import F, Q

from guide.models.base import ORDER, Card, ChoiceListField, Part, Unit, one_line
from guide.models.reference import Caution, Claim, Source


class Muscle(models.TextChoices):
    CALF = "calf", "Calf"
    HAMSTRING = "hamstring", "Back of thigh"
    QUAD = "quad", "Front of thigh"
    HIP = "hip", "Hip and buttock"
    FOOT = "foot", "Foot and ankle"
    BACK = "back", "Lower back"


class Position(models.TextChoices):
    STANDING = "standing", "Standing"
    CHAIR = "chair", "On a chair"
    BED = "bed", "In bed"
    FLOOR = "floor", "On the floor"


class Place(models.TextChoices):
    """Where in the leg, as a reader points to it."""

    HIP = "hip", "Hip and buttock"
    FRONT_THIGH = "front-thigh", "Front of thigh"
    BACK_THIGH = "back-thigh", "Back of thigh"
    KNEE = "knee", "Knee"
    SHIN = "shin", "Shin"
    CALF = "calf", "Calf"
    FOOT = "foot", "Foot and ankle"
    ALL = "all", "The whole leg, or no one place"


#: The muscles to stretch for a place: those that lie there or move it. A sore knee is not for
#: stretches that bend it far or kneel on it.
MUSCLES = {
    Place.HIP: (Muscle.HIP, Muscle.BACK),
    Place.FRONT_THIGH: (Muscle.QUAD,),
    Place.BACK_THIGH: (Muscle.HAMSTRING,),
    Place.KNEE: (Muscle.HAMSTRING,),
    Place.SHIN: (Muscle.FOOT,),
    Place.CALF: (Muscle.CALF,),
    Place.FOOT: (Muscle.FOOT,),
}

#: The muscle that cramps in a place. What eases it in one can make it worse in the next.
CRAMPS = {
    Place.FRONT_THIGH: Muscle.QUAD,
    Place.BACK_THIGH: Muscle.HAMSTRING,
    Place.CALF: Muscle.CALF,
    Place.FOOT: Muscle.FOOT,
}


class Moment(models.TextChoices):
    CRAMP = "cramp", "During a cramp"
    BEDTIME = "bedtime", "Before bed"
    DAY = "day", "By day"


class Sides(models.TextChoices):
    EACH = "each", "Each leg in turn"
    TOGETHER = "together", "Both legs together"
    SORE = "sore", "The cramped leg only"


#: What a number of a dose may be. A longer hold or rest, or more times, is a digit too many.
_DOSES = {
    "hold_seconds": range(1, 601),
    "hold_seconds_max": range(1, 601),
    "repeats": range(1, 101),
    "repeats_max": range(1, 101),
    "rest_seconds": range(601),
}


def clean_dose(row: models.Model) -> None:
    """Raise ValidationError for each number of a dose that nobody could mean."""
    typed = {name: getattr(row, name, None) for name in _DOSES}
    wrong = {
        name: f"Type a number from {_DOSES[name][0]} to {_DOSES[name][-1]}."
        for name, number in typed.items()
        if number is not None and number not in _DOSES[name]
    }
    if wrong:
        raise ValidationError(wrong)


class Stretch(Unit):
    """One stretch: its dose as numbers, its steps, and who must take care."""

    kind = "stretch"
    may_move = True

    name = models.CharField(
        max_length=80,
        validators=[one_line],
        help_text="What people would call it. Good: Heel on a step",
    )
    summary = models.CharField(
        max_length=160,
        validators=[one_line],
        help_text="What it is for, in one line. Good: Stretches the back of the thigh.",
    )
    muscles = ChoiceListField(
        allowed=Muscle,
        blank=False,
        help_text="What is stretched. Good: Calf, and no other, if only the calf feels it.",
    )
    position = models.CharField(
        max_length=10,
        choices=Position,
        help_text="How it is written and drawn. Good: Standing, even if it can be done in bed as "
        "well.",
    )
    also = ChoiceListField(
        "also done",
        allowed=Position,
        help_text="Where the same steps work just as they are written. Good: In bed, for ankle "
        "pumps.",
    )
    family = models.SlugField(
        max_length=60,
        blank=True,
        help_text="The same word marks one stretch in different positions. Each then leads to the"
        " others. Good: back-of-leg",
    )
    moments = ChoiceListField(
        allowed=Moment,
        blank=False,
        help_text="When it is offered. Good: During a cramp, only if it can be done half asleep.",
    )
    hold_seconds = models.PositiveSmallIntegerField(
        null=True,
        blank=True,
        help_text="Seconds of one hold. Empty for a movement, or when held until it eases. Good: "
        "10",
    )
    hold_seconds_max = models.PositiveSmallIntegerField(
        null=True,
        blank=True,
        help_text="Only for a range: its upper end. Good: 30, after 20 in the field before.",
    )
    until_eased = models.BooleanField(
        default=False,
        help_text="Held until the cramp lets go. Good: a tick for a stretch during a cramp.",
    )
    repeats = models.PositiveSmallIntegerField(default=1, help_text="How many times. Good: 3")
    repeats_max = models.PositiveSmallIntegerField(
        null=True,
        blank=True,
        help_text="Only for a range: its upper end. Good: 5, after 3 in the field before.",
    )
    rest_seconds = models.PositiveSmallIntegerField(
        default=0, help_text="Seconds of rest between two holds. Good: 10"
    )
    sides = models.CharField(
        max_length=10,
        choices=Sides,
        default=Sides.EACH,
        help_text="Which leg it is done with. Good: Each leg in turn, when one leg works at a "
        "time.",
    )
    dose_from = models.CharField(
        max_length=160,
        blank=True,
        validators=[one_line],
        help_text="Where the dose comes from. Good: The dose of a trial in 80 adults over 55.",
    )
    equipment = models.CharField(
        max_length=160,
        blank=True,
        validators=[one_line],
        help_text="What must be at hand. Empty: nothing. Good: Bottom stair with a rail",
    )
    feel = models.CharField(
        "where you feel it",
        max_length=160,
        validators=[one_line],
        help_text="Where it pulls, and how much. Good: A gentle pull in the back of the raised "
        "thigh.",
    )
    care = models.TextField(
        "stop or do not start if",
        blank=True,
        help_text="One reason a line. Good: Pain, tingling or numbness runs down the leg.",
    )
    make_easier = models.CharField(
        max_length=200,
        blank=True,
        validators=[one_line],
        help_text="A gentler way to do it. Good: Use a lower step, or stop after 3 times.",
    )
    easier = models.ForeignKey(
        "self",
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="harder_variants",
        help_text="A stretch for those who find this one too hard. Good: Seated hamstring and "
        "calf, below Heel on a step.",
    )
    harder = models.ForeignKey(
        "self",
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="easier_variants",
        help_text="A stretch for those who find this one too light. Good: Heel on a step, below a"
        " seated one.",
    )
    helper = models.TextField(
        blank=True,
        help_text="What somebody who helps does, in two or three sentences. Good: Hold the foot "
        "with both hands. Push the toes slowly toward the shin.",
    )
    figure = models.JSONField(
        default=dict,
        blank=True,
        help_text="The pose of the drawing: its title and its numbers. Good: the figure of a "
        "stretch that looks like yours, with one number changed.",
    )
    cautions = models.ManyToManyField(
        Caution,
        blank=True,
        help_text="Their sentences stand above the steps. Good: Unsteady on your feet, for a "
        "stretch on one leg.",
    )
    sources = models.ManyToManyField(
        Source,
        blank=True,
        help_text="What steps and dose rest on. Good: the trial that used this dose.",
    )
    claims = models.ManyToManyField(
        Claim,
        blank=True,
        help_text="The claims that it settles. Good: C039, if the stretch does what the claim is "
        "about.",
    )
    order = models.PositiveSmallIntegerField(default=0, help_text=ORDER)

    class Meta:
        ordering = ["order", "slug"]
        verbose_name_plural = "stretches"
        constraints = [
            models.CheckConstraint(
                condition=Q(hold_seconds__isnull=True) | Q(hold_seconds__gt=0),
                name="stretch_hold_above_zero",
            ),
            models.CheckConstraint(condition=Q(repeats__gt=0), name="stretch_repeats_above_zero"),
            models.CheckConstraint(
                condition=Q(hold_seconds_max__isnull=True)
                | Q(hold_seconds__isnull=False, hold_seconds_max__gt=F("hold_seconds")),
                name="stretch_hold_range",
            ),
            models.CheckConstraint(
                condition=Q(repeats_max__isnull=True) | Q(repeats_max__gt=F("repeats")),
                name="stretch_repeats_range",
            ),
            models.CheckConstraint(
                condition=Q(until_eased=False) | Q(hold_seconds__isnull=True),
                name="stretch_held_by_time_or_until_eased",
            ),
        ]

    def __str__(self) -> str:
        return self.name

    def clean(self) -> None:
        super().clean()
        clean_dose(self)
        if self.until_eased and self.hold_seconds:
            raise ValidationError(
                {"hold_seconds": "Leave this empty, or take away the tick at Until eased."}
            )
        if self.hold_seconds_max and self.hold_seconds_max <= (self.hold_seconds or math.inf):
            raise ValidationError({"hold_seconds_max": "The range must end above its start."})
        if self.repeats_max and self.repeats_max <= self.repeats:
            raise ValidationError({"repeats_max": "The range must end above its start."})

    def card(self) -> Card:
        return Card(
            self.name,
            self.summary,
            order=self.order,
            muscles=self.muscles,
            position=self.position,
            also=self.also,
            family=self.family,
            moments=self.moments,
            figure=self.figure,
            dose={
                "hold_seconds": self.hold_seconds,
                "hold_seconds_max": self.hold_seconds_max,
                "until_eased": self.until_eased,
                "repeats": self.repeats,
                "repeats_max": self.repeats_max,
                "rest_seconds": self.rest_seconds,
                "sides": self.sides,
            },
        )


class StretchStep(Part):
    key = ("stretch__slug", "slug")
    unit_path = "stretch"

    stretch = models.ForeignKey(Stretch, on_delete=models.CASCADE, related_name="steps")
    text = models.CharField(
        max_length=200,
        validators=[one_line],
        help_text="One action. No doses: they are fields. Good: Stand facing the bottom stair, "
        "with one hand on the rail.",
    )
    order = models.PositiveSmallIntegerField(default=0, help_text=ORDER)

    class Meta:
        ordering = ["order", "slug"]
        constraints = [models.UniqueConstraint(fields=["stretch", "slug"], name="step_slug")]

    def __str__(self) -> str:
        return self.text


Stretch.parts = (StretchStep,)
