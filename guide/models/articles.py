"""Articles, their sections, and the tips and care cards of a section."""

from __future__ import annotations

from django.core.exceptions import ValidationError
from django.db import models

from guide.models.base import Card, ChoiceListField, Part, Unit, one_line
from guide.models.reference import Caution, Claim, Source
from guide.models.stretches import Place, Stretch

#: The section that the help page is made of, so it cannot be withdrawn.
WARNING_SIGNS = "red-flags"
#: The article about getting help: nothing to do tonight, and a clinician's to publish.
GETTING_HELP = "when-to-get-help"
#: At /guide/all/ is the whole guide, so no article may be there.
_WHOLE = "all"


class Evidence(models.TextChoices):
    """How sure we are of an advice."""

    GOOD = "good", "Good evidence"
    SOME = "some", "Some evidence"
    LITTLE = "little", "Little evidence, low risk"
    NONE = "none", "No studies found"
    NO_HELP = "no-help", "Does not seem to help"


class Article(Unit):
    """An article's shell: its sections are units of their own."""

    kind = "article"
    may_move = True

    title = models.CharField(max_length=65, validators=[one_line], help_text="Not a question.")
    summary = models.CharField(
        max_length=200,
        validators=[one_line],
        help_text="One or two sentences for lists and search engines.",
    )
    intro = models.TextField(
        blank=True, help_text="Opens the article, before its sections. Markdown, a few short lines."
    )
    takeaway = models.CharField(
        max_length=200,
        blank=True,
        validators=[one_line],
        help_text="The one line to remember.",
    )
    on_home = models.BooleanField(
        "takeaway on the home page",
        default=False,
        help_text="The home page shows three takeaways, in the order of their articles.",
    )
    related = models.ManyToManyField(
        "self", blank=True, symmetrical=False, help_text="Articles to read next."
    )
    sources = models.ManyToManyField(Source, blank=True, help_text="What the opening rests on.")
    claims = models.ManyToManyField(
        Claim, blank=True, help_text="The claims that the opening or the takeaway settles."
    )
    order = models.PositiveSmallIntegerField(default=0)

    class Meta:
        ordering = ["order", "slug"]

    def __str__(self) -> str:
        return self.title

    def clean(self) -> None:
        super().clean()
        if self.slug == _WHOLE:
            raise ValidationError({"slug": "The address /guide/all/ is that of the whole guide."})

    def card(self) -> Card:
        return Card(
            self.title,
            self.summary,
            order=self.order,
            takeaway=self.takeaway,
            on_home=self.on_home,
        )


class Section(Unit):
    """One part of an article, with an address of its own (#slug), and its tips."""

    class Picture(models.TextChoices):
        NONE = "", "No picture"
        PEE_COLOURS = "pee-colours", "The pee-colour scale"
        MINERALS = "minerals", "Foods and their minerals"

    kind = "section"
    may_move = True

    article = models.ForeignKey(Article, on_delete=models.PROTECT, related_name="sections")
    title = models.CharField(max_length=80, validators=[one_line])
    in_short = models.CharField(
        max_length=200,
        validators=[one_line],
        help_text="One line that a reader can act on tonight.",
    )
    body = models.TextField(
        help_text="Markdown. Sentences of 20 words at most. No doses: point to a stretch below.",
    )
    picture = models.CharField(max_length=20, choices=Picture, blank=True)
    stretches = models.ManyToManyField(
        Stretch, blank=True, help_text="Their dose lines are drawn under the text."
    )
    sources = models.ManyToManyField(Source, blank=True)
    claims = models.ManyToManyField(
        Claim, blank=True, help_text="The claims that the text settles."
    )
    places = ChoiceListField(
        "where in the leg",
        allowed=Place,
        help_text="The parts of the leg drawing that lead here.",
    )
    search_words = models.CharField(
        max_length=300,
        blank=True,
        validators=[one_line],
        help_text="Words that people use for this and the text does not: charley horse.",
    )
    order = models.PositiveSmallIntegerField(default=0)

    class Meta:
        ordering = ["article__order", "order", "slug"]

    def __str__(self) -> str:
        return self.title

    def card(self) -> Card:
        return Card(
            self.title,
            self.in_short,
            parent=self.article.slug,
            order=self.order,
            places=self.places,
        )


class CareCard(Part):
    """When to get which help: at most one card of each level in a section."""

    class Level(models.TextChoices):
        EMERGENCY = "emergency", "Emergency, now"
        URGENT = "urgent", "Urgent, today"
        DOCTOR = "doctor", "See a doctor, not urgent"
        SELF_CARE = "self_care", "Look after it at home"

    key = ("section__slug", "slug")
    unit_path = "section"

    section = models.ForeignKey(Section, on_delete=models.CASCADE, related_name="care_cards")
    level = models.CharField(max_length=12, choices=Level)
    heading = models.CharField(
        max_length=120,
        validators=[one_line],
        help_text="Starts with what to do, such as Call {emergency} now if:",
    )
    lines = models.TextField(help_text="One sign a line, six lines or so.")
    after = models.CharField(
        max_length=200,
        blank=True,
        validators=[one_line],
        help_text="What to do meanwhile, such as Do not massage the leg.",
    )
    sources = models.ManyToManyField(Source, blank=True)
    order = models.PositiveSmallIntegerField(default=0)

    class Meta:
        ordering = ["order", "slug"]
        constraints = [
            models.UniqueConstraint(fields=["section", "slug"], name="care_card_slug"),
            models.UniqueConstraint(fields=["section", "level"], name="one_care_card_a_level"),
        ]

    def __str__(self) -> str:
        return self.heading


class Tip(Part):
    """One thing to do, how sure we are that it helps, and who must take care."""

    key = ("section__slug", "slug")
    unit_path = "section"

    section = models.ForeignKey(Section, on_delete=models.CASCADE, related_name="tips")
    action = models.CharField(
        max_length=120,
        validators=[one_line],
        help_text="One thing to do, verb first, such as Loosen the sheets at your feet.",
    )
    detail = models.TextField(blank=True, help_text="How and why, in a few sentences. Markdown.")
    evidence = models.CharField(max_length=8, choices=Evidence, default=Evidence.NONE)
    tonight = models.BooleanField(
        "can be done tonight",
        default=False,
        help_text="In bed or just before it. Only such a tip is offered on a result.",
    )
    studied = models.CharField(
        max_length=200,
        blank=True,
        validators=[one_line],
        help_text="Who was studied, such as One trial in 80 adults over 55.",
    )
    stretch = models.ForeignKey(
        Stretch,
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="tips",
        help_text="Its dose line is drawn under the tip.",
    )
    sources = models.ManyToManyField(Source, blank=True)
    cautions = models.ManyToManyField(
        Caution, blank=True, help_text="Their sentences stand beside the tip."
    )
    claims = models.ManyToManyField(
        Claim, blank=True, help_text="The claims that this tip settles."
    )
    order = models.PositiveSmallIntegerField(default=0)

    class Meta:
        ordering = ["order", "slug"]
        constraints = [models.UniqueConstraint(fields=["section", "slug"], name="tip_slug")]

    def __str__(self) -> str:
        return self.action


Section.parts = (CareCard, Tip)
