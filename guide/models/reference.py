"""Units that other units point to: cautions, sources, claims, countries."""

from __future__ import annotations

from django.core.validators import RegexValidator
from django.db import models
from django.db.models import Q

from guide.models.base import ORDER, Card, Row, Unit, one_line

telephone = RegexValidator(r"^[0-9 +]+\Z", "Digits, blanks and + only.")


class Caution(Unit):
    """A reason to hold an advice back, and the sentence a reader sees for it."""

    class Effect(models.TextChoices):
        HIDE = "hide", "Hide the advice"
        SHOW = "show", "Show the sentence beside it"

    kind = "caution"

    name = models.CharField(
        max_length=80, help_text="What staff call it. Good: Possible clot", validators=[one_line]
    )
    sentence = models.CharField(
        max_length=300,
        validators=[one_line],
        help_text="What the reader sees beside the advice. Say what to do, in one or two short "
        "sentences. Good: Hold on to something solid. If you feel unsteady, do it "
        "sitting down.",
    )
    effect = models.CharField(
        max_length=8,
        choices=Effect,
        default=Effect.SHOW,
        help_text="What happens to the advice when a reader's answers raise this caution. Good: "
        "Hide the advice, when it could do harm.",
    )

    class Meta:
        ordering = ["slug"]

    def __str__(self) -> str:
        return self.name

    def card(self) -> Card:
        return Card(self.name, self.sentence, effect=self.effect)


class Source(Unit):
    """A publication that the guide rests on."""

    class Confirmed(models.TextChoices):
        READ = "A", "Read at the publisher"
        COPY = "B", "Read in a copy"
        UNSEEN = "C", "Not read yet: never shown as a citation"

    kind = "source"

    title = models.CharField(
        max_length=300,
        validators=[one_line],
        help_text="As its publisher has it. Good: Night leg cramps: symptoms, and when to see a "
        "doctor",
    )
    publisher = models.CharField(
        max_length=200,
        validators=[one_line],
        help_text="Who stands behind it. Good: NHS (England)",
    )
    year = models.CharField(
        max_length=40,
        blank=True,
        help_text="The year, or Live page for one that is kept up. Good: 2023",
    )
    address = models.CharField(
        max_length=300,
        blank=True,
        validators=[RegexValidator(r"^https?://\S+\Z", "Begin with https:// and leave no blanks.")],
        help_text="Where a reader finds it. Good: https://www.nhs.uk/conditions/leg-cramps/",
    )
    confirmed = models.CharField(
        max_length=1,
        choices=Confirmed,
        default=Confirmed.UNSEEN,
        help_text="How it was confirmed. Only sources that somebody read are shown. Good: Read at"
        " the publisher, after you read the page itself.",
    )

    class Meta:
        ordering = ["slug"]

    def __str__(self) -> str:
        return f"{self.slug.upper()} {self.publisher}: {self.title}"

    def card(self) -> Card:
        return Card(
            self.title,
            publisher=self.publisher,
            year=self.year,
            address=self.address,
            confirmed=self.confirmed,
        )


class Claim(Unit):
    """One thing that the first article or other guides say, and what the evidence says of it.

    Tips, sections, stretches and answers name the claims they settle, so that "where does
    the guide say this, and on what evidence?" has an answer: `manage.py claims`.
    """

    class Verdict(models.TextChoices):
        SUPPORTED = "supported", "Supported"
        LIMITED = "limited", "Limited"
        MIXED = "mixed", "Mixed"
        UNSUPPORTED = "unsupported", "Unsupported"
        CONTRADICTED = "contradicted", "Contradicted"
        COMMON_SENSE = "common-sense", "Common sense"
        GAP = "gap", "Missing from the first article"

    kind = "claim"

    text = models.CharField(
        max_length=300,
        validators=[one_line],
        help_text="The claim, in our own words. Good: Night pain often starts with daytime habits.",
    )
    verdict = models.CharField(
        max_length=16,
        choices=Verdict,
        help_text="What the evidence says of the claim. Good: Mixed, when sound studies do not "
        "agree.",
    )
    sources = models.ManyToManyField(
        Source,
        blank=True,
        help_text="What the verdict rests on. Good: the study itself, before a page that only "
        "tells of it.",
    )
    left_out = models.CharField(
        max_length=300,
        blank=True,
        validators=[one_line],
        help_text="Why the guide does not say this, if it knowingly leaves it out. Good: No study"
        " was found, and it costs money.",
    )

    class Meta:
        ordering = ["slug"]

    def __str__(self) -> str:
        return f"{self.slug.upper()} {self.text}"

    def card(self) -> Card:
        return Card(self.text, verdict=self.verdict, left_out=self.left_out)


class Country(Unit):
    """The numbers and words of one country, put in place of tokens such as {emergency}."""

    kind = "country"

    name = models.CharField(
        max_length=60,
        validators=[one_line],
        help_text="As people there write it. Good: United Kingdom",
    )
    is_default = models.BooleanField(
        default=False,
        help_text="The country of a reader who has not chosen one. Good: a tick at the country "
        "where most readers live.",
    )
    emergency = models.CharField(
        max_length=20,
        validators=[telephone],
        help_text="The emergency number. Texts name it as {emergency}. Good: 911",
    )
    urgent = models.CharField(
        max_length=80,
        help_text="Where to turn today when it is not an emergency. It must read well after Call."
        " Texts name it as {urgent}. Good: NHS 111",
    )
    urgent_number = models.CharField(
        max_length=20,
        blank=True,
        validators=[telephone],
        help_text="The number behind {urgent}, if there is one for all. Good: 111",
    )
    doctor = models.CharField(
        max_length=20,
        default="doctor",
        help_text="Whom people see first. Texts name it as {doctor}. Good: GP",
    )
    emergency_room = models.CharField(
        max_length=40,
        help_text="It must read well after Go to. Texts name it as {emergency_room}. Good: the ER",
    )
    text_relay = models.CharField(
        max_length=200,
        blank=True,
        help_text="How to reach help without speaking or hearing, in one sentence. Good: Call "
        "18000 by text relay.",
    )
    order = models.PositiveSmallIntegerField(default=0, help_text=ORDER)

    class Meta:
        ordering = ["order", "slug"]
        verbose_name_plural = "countries"
        constraints = [
            models.UniqueConstraint(
                fields=["is_default"],
                condition=Q(is_default=True),
                name="one_default_country",
                violation_error_message="Another country is the default. Change that one first.",
            )
        ]

    def __str__(self) -> str:
        return self.name

    def card(self) -> Card:
        return Card(
            self.name,
            order=self.order,
            is_default=self.is_default,
            emergency=self.emergency,
            urgent=self.urgent,
            urgent_number=self.urgent_number,
            doctor=self.doctor,
            emergency_room=self.emergency_room,
            text_relay=self.text_relay,
        )


class ExemptWord(Row):
    """A drug or condition name that the reading grade does not count. Desk only, not a unit."""

    slug = models.CharField(
        "word",
        max_length=40,
        unique=True,
        help_text="A word that the reading grade is not to count. Good: achilles",
    )
    why = models.CharField(max_length=80, help_text="What it is. Good: medicine")

    class Meta:
        ordering = ["slug"]

    def __str__(self) -> str:
        return self.slug
