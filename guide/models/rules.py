"""Rules decide what the answers to a questionnaire come to (design: the engine in guide/triage
reads these rows)."""

from __future__ import annotations

from django.core.exceptions import ValidationError
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models

from guide.models.articles import Section
from guide.models.base import ORDER, Part, one_line
from guide.models.questionnaires import PART_OF, Option, Question, Questionnaire
from guide.models.reference import Caution, Source


class Level(models.TextChoices):
    """How soon to get help, from the calmest up."""

    SELF_CARE = "self_care", "Look after it at home"
    DOCTOR = "doctor", "See a doctor, not urgent"
    URGENT = "urgent", "Urgent, today"
    EMERGENCY = "emergency", "Emergency, now"


class Rule(Part):
    """Fires when each of its groups has at least one chosen option; only ever raises."""

    key = ("questionnaire__slug", "slug")
    unit_path = "questionnaire"

    questionnaire = models.ForeignKey(
        Questionnaire, on_delete=models.CASCADE, related_name="rules", help_text=PART_OF
    )
    level = models.CharField(
        "at least",
        max_length=12,
        choices=Level,
        default=Level.SELF_CARE,
        help_text="The result is at least this. Good: Urgent, today, for one swollen leg.",
    )
    soon = models.BooleanField(
        default=False,
        help_text="With see a doctor: ask for this week. Good: a tick for muscles that get weaker.",
    )
    because = models.CharField(
        max_length=200,
        blank=True,
        validators=[one_line],
        help_text="Why, in one sentence, after the reader's own words. Good: This can be a blood "
        "clot in the lung, or a heart problem.",
    )
    implements = models.CharField(
        max_length=80,
        blank=True,
        help_text="Rows of the safety ladder that it puts to work. Good: E01 U05",
    )
    cautions = models.ManyToManyField(
        Caution,
        blank=True,
        help_text="Raised when it fires. Good: Possible clot, for a leg that is newly swollen.",
    )
    sources = models.ManyToManyField(
        Source,
        blank=True,
        help_text="What it rests on. Shown on the page about the rules. Good: the page that names"
        " this sign.",
    )
    order = models.PositiveSmallIntegerField(default=0, help_text=ORDER)

    class Meta:
        ordering = ["order", "slug"]
        constraints = [models.UniqueConstraint(fields=["questionnaire", "slug"], name="rule_slug")]

    def __str__(self) -> str:
        return self.slug


class RuleGroup(Part):
    """One of these answers must be chosen."""

    key = ("rule__questionnaire__slug", "rule__slug", "slug")
    unit_path = "rule__questionnaire"

    rule = models.ForeignKey(Rule, on_delete=models.CASCADE, related_name="groups")
    options = models.ManyToManyField(
        Option,
        related_name="rule_groups",
        help_text="Any one of these is enough. Good: the same sign, as two questions ask for it.",
    )

    class Meta:
        ordering = ["slug"]
        constraints = [models.UniqueConstraint(fields=["rule", "slug"], name="rule_group_slug")]

    def __str__(self) -> str:
        return f"{self.rule.slug}: {self.slug}"


class RulePointer(Part):
    """How much a rule speaks for reading a section."""

    key = ("rule__questionnaire__slug", "rule__slug", "section__slug")
    unit_path = "rule__questionnaire"

    slug = None  # type: ignore[assignment]  # rule and section name a pointer
    rule = models.ForeignKey(Rule, on_delete=models.CASCADE, related_name="pointers")
    section = models.ForeignKey(
        Section,
        on_delete=models.PROTECT,
        related_name="rule_pointers",
        help_text="What to read when the rule fires. Good: Stretch the cramp now",
    )
    weight = models.PositiveSmallIntegerField(
        validators=[MinValueValidator(1), MaxValueValidator(8)],
        help_text="1 to 8. A section is shown from 4 points up. Good: 4, if this answer alone is "
        "reason to read it.",
    )

    class Meta:
        ordering = ["-weight", "section__slug"]
        constraints = [
            models.UniqueConstraint(fields=["rule", "section"], name="one_pointer_a_section")
        ]

    def __str__(self) -> str:
        return f"{self.section.slug} {self.weight}"


class SafetyCase(Part):
    """A person's answers and what must come of them. Run at every publish."""

    key = ("questionnaire__slug", "slug")
    unit_path = "questionnaire"

    questionnaire = models.ForeignKey(
        Questionnaire, on_delete=models.CASCADE, related_name="safety_cases", help_text=PART_OF
    )
    story = models.TextField(
        help_text="The person in their own words. Good: Calf cramps wake me three nights a week. "
        "I have taken a statin for years."
    )
    answers = models.ManyToManyField(
        Option,
        related_name="safety_cases",
        help_text="What this person would choose. Good: one answer to each question that they are"
        " asked.",
    )
    level = models.CharField(
        "expected level",
        max_length=12,
        choices=Level,
        help_text="What it must come out as. Good: Look after it at home, for a calf cramp that "
        "passes in a minute.",
    )
    must_show = models.ManyToManyField(
        Section,
        blank=True,
        related_name="+",
        help_text="Sections that the result must name. Good: Stretch the cramp now, for a cramp "
        "that wakes somebody.",
    )
    must_not_show = models.ManyToManyField(
        Section,
        blank=True,
        related_name="+",
        help_text="Sections that the result must leave out. Good: the warning signs, for somebody"
        " who has none.",
    )
    order = models.PositiveSmallIntegerField(default=0, help_text=ORDER)

    class Meta:
        ordering = ["order", "slug"]
        constraints = [
            models.UniqueConstraint(fields=["questionnaire", "slug"], name="safety_case_slug")
        ]

    def __str__(self) -> str:
        return self.slug

    def clean(self) -> None:
        super().clean()
        if not self.story:
            raise ValidationError({"story": "Say who this is and what they feel."})


Questionnaire.parts = (Question, Option, Rule, RuleGroup, RulePointer, SafetyCase)
