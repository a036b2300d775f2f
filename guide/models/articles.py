"""Articles, their sections, and the tips and care cards of a section."""

from __future__ import annotations

from django.core.exceptions import ValidationError
from django.db import models

from guide.models.base import (
    CLAIMS,
    ORDER,
    PLACES,
    SOURCES,
    Card,
    ChoiceListField,
    Part,
    Unit,
    one_line,
)
from guide.models.reference import Caution, Claim, Source
from guide.models.stretches import Place, Stretch

#: The section that the help page is made of, so it cannot be withdrawn.
WARNING_SIGNS = "red-flags"
#: The article about getting help: nothing to do tonight, and a clinician's to publish.
GETTING_HELP = "when-to-get-help"


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
    reserved = frozenset({"all"})

    title = models.CharField(
        max_length=65,
        validators=[one_line],
        help_text="What it is about, not a question. Good: Ease a cramp",
    )
    summary = models.CharField(
        max_length=200,
        validators=[one_line],
        help_text="One or two sentences for lists and search engines. Good: What to do while a "
        "cramp grips your leg, and how to soothe the sore muscle after.",
    )
    intro = models.TextField(
        blank=True,
        help_text="Opens the article with a few short lines. Markdown. Good: A gentle stretch "
        "often eases a cramp. [See the signs that need help](/help/).",
    )
    takeaway = models.CharField(
        max_length=200,
        blank=True,
        validators=[one_line],
        help_text="The one line to remember. Good: Stretch the cramped muscle gently. Save warmth"
        " for the soreness after.",
    )
    on_home = models.BooleanField(
        "takeaway on the home page",
        default=False,
        help_text="The home page shows three takeaways, in the order of their articles. Good: a "
        "tick at three articles, and no more.",
    )
    related = models.ManyToManyField(
        "self",
        blank=True,
        symmetrical=False,
        help_text="Articles to read next. Good: two or three, such as Bedtime stretches below "
        "Ease a cramp.",
    )
    sources = models.ManyToManyField(
        Source,
        blank=True,
        help_text="What the opening rests on. Good: S01, if you read there what the opening says.",
    )
    claims = models.ManyToManyField(
        Claim,
        blank=True,
        help_text="The claims that the opening or the takeaway settles. Good: C010, if the text "
        "says what is known of it.",
    )
    order = models.PositiveSmallIntegerField(default=0, help_text=ORDER)

    class Meta:
        ordering = ["order", "slug"]

    def __str__(self) -> str:
        return self.title

    def clean(self) -> None:
        super().clean()
        if self.slug in self.reserved:
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

    article = models.ForeignKey(
        Article,
        on_delete=models.PROTECT,
        related_name="sections",
        help_text="The article that it is a part of. Good: Ease a cramp",
    )
    title = models.CharField(
        max_length=80,
        validators=[one_line],
        help_text="What it is about, not a question. Good: Stretch the cramp now",
    )
    in_short = models.CharField(
        max_length=200,
        validators=[one_line],
        help_text="One line that a reader can act on tonight. Good: Pull your toes toward your "
        "shin with a straight knee.",
    )
    body = models.TextField(
        help_text="Short sentences, 20 words at most. Markdown. No doses: point to a stretch "
        "below. Good: Breathe out and take your time. [A warm "
        "pack](/guide/ease-a-cramp/#heat-cold) may ease the soreness.",
    )
    picture = models.CharField(
        max_length=20,
        choices=Picture,
        blank=True,
        help_text="A picture that stands beside the text, where one helps. Good: The pee-colour "
        "scale, next to words about drinking.",
    )
    stretches = models.ManyToManyField(
        Stretch,
        blank=True,
        help_text="Their dose lines are drawn under the text. Good: the stretches that the text "
        "speaks of.",
    )
    sources = models.ManyToManyField(Source, blank=True, help_text=SOURCES)
    claims = models.ManyToManyField(Claim, blank=True, help_text=CLAIMS)
    places = ChoiceListField(
        "where in the leg",
        allowed=Place,
        help_text=PLACES,
    )
    search_words = models.CharField(
        max_length=300,
        blank=True,
        validators=[one_line],
        help_text="Words that people use for this and the text does not. Good: charley horse, leg"
        " spasm, calf lock",
    )
    order = models.PositiveSmallIntegerField(default=0, help_text=ORDER)

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
    level = models.CharField(
        max_length=12,
        choices=Level,
        help_text="How soon a reader with these signs needs help. Good: Urgent, today, for signs "
        "that must not wait for tomorrow.",
    )
    heading = models.CharField(
        max_length=120,
        validators=[one_line],
        help_text="Starts with what to do. Good: Call {emergency} now if:",
    )
    lines = models.TextField(
        help_text="One sign a line, six lines or so. Good: The cramp lasts over 10 minutes, and "
        "stretching does not ease it."
    )
    after = models.CharField(
        max_length=200,
        blank=True,
        validators=[one_line],
        help_text="What to do or leave meanwhile. Good: Do not rub or warm a leg that may have a "
        "clot.",
    )
    sources = models.ManyToManyField(Source, blank=True, help_text=SOURCES)
    order = models.PositiveSmallIntegerField(default=0, help_text=ORDER)

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
        help_text="One thing to do, verb first. Good: Loosen the sheets at your feet",
    )
    detail = models.TextField(
        blank=True,
        help_text="How and why, in a few sentences. Markdown. Good: Tight sheets push the toes "
        "down. Pull the sheets out at the end of the bed.",
    )
    evidence = models.CharField(
        max_length=8,
        choices=Evidence,
        default=Evidence.NONE,
        help_text="How sure anyone is that it helps. Good: Some evidence, when one sound trial "
        "found that it helped.",
    )
    tonight = models.BooleanField(
        "can be done tonight",
        default=False,
        help_text="In bed or just before it. Only such a tip is offered on a result. Good: a tick"
        " at Loosen the sheets, none at Walk more by day.",
    )
    studied = models.CharField(
        max_length=200,
        blank=True,
        validators=[one_line],
        help_text="Who was studied. Good: One trial in 80 adults over 55",
    )
    stretch = models.ForeignKey(
        Stretch,
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="tips",
        help_text="Its dose line is drawn under the tip. Good: Heel on a step, if the tip says to"
        " do that stretch.",
    )
    sources = models.ManyToManyField(Source, blank=True, help_text=SOURCES)
    cautions = models.ManyToManyField(
        Caution,
        blank=True,
        help_text="Their sentences stand beside the tip. Good: Numb skin, beside a tip about heat.",
    )
    claims = models.ManyToManyField(
        Claim,
        blank=True,
        help_text="The claims that this tip settles. Good: C010, if the tip says what is known of"
        " it.",
    )
    order = models.PositiveSmallIntegerField(default=0, help_text=ORDER)

    class Meta:
        ordering = ["order", "slug"]
        constraints = [models.UniqueConstraint(fields=["section", "slug"], name="tip_slug")]

    def __str__(self) -> str:
        return self.action


Section.parts = (CareCard, Tip)
