"""Questions that people ask, each with a direct answer first."""

from __future__ import annotations

from django.core.exceptions import ValidationError
from django.db import models

from guide.models.articles import Section
from guide.models.base import ORDER, PLACES, SOURCES, Card, ChoiceListField, Unit, one_line
from guide.models.reference import Claim, Source
from guide.models.stretches import Place

ANSWER_WORDS = 25


class FAQ(Unit):
    class Group(models.TextChoices):
        NIGHT = "night", "In the night"
        BEFORE_BED = "before-bed", "Before bed"
        DAY = "day", "In the day"
        HELP = "help", "Getting help"

    kind = "faq"
    may_move = True

    question = models.CharField(
        max_length=120,
        validators=[one_line],
        help_text="As a reader would ask it. Good: How long does a leg cramp last?",
    )
    answer = models.CharField(
        max_length=200,
        validators=[one_line],
        help_text=f"The direct answer, in {ANSWER_WORDS} words or fewer. Good: From a few seconds "
        "to 10 minutes.",
    )
    more = models.TextField(
        blank=True,
        help_text="What else to know. Markdown. Good: Most cramps let go by themselves. The "
        "muscle may stay sore for a while.",
    )
    group = models.CharField(
        max_length=12,
        choices=Group,
        help_text="Where it stands on the page of questions. Good: In the night, for what one "
        "asks at 3 am.",
    )
    section = models.ForeignKey(
        Section,
        on_delete=models.PROTECT,
        related_name="faqs",
        help_text="The section that owns the full answer. Good: Stretch the cramp now",
    )
    places = ChoiceListField(
        "where in the leg",
        allowed=Place,
        help_text=PLACES,
    )
    sources = models.ManyToManyField(Source, blank=True, help_text=SOURCES)
    claims = models.ManyToManyField(
        Claim,
        blank=True,
        help_text="The claims that the answer settles. Good: C010, if the answer says what is "
        "known of it.",
    )
    order = models.PositiveSmallIntegerField(default=0, help_text=ORDER)

    class Meta:
        ordering = ["order", "slug"]
        verbose_name = "question and answer"
        verbose_name_plural = "questions and answers"

    def __str__(self) -> str:
        return self.question

    def clean(self) -> None:
        super().clean()
        words = len(self.answer.split())
        if words > ANSWER_WORDS:
            raise ValidationError(
                {"answer": f"This is {words} words. {ANSWER_WORDS} or fewer, please."}
            )

    def card(self) -> Card:
        return Card(
            self.question,
            self.answer,
            parent=self.section.slug if self.section_id else "",
            order=self.order,
            group=self.group,
            places=self.places,
        )
