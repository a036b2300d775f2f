"""Questions ask; what an answer means is for rules to say (guide/models/rules.py)."""

from __future__ import annotations

from django.core.exceptions import ValidationError
from django.core.validators import RegexValidator
from django.db import models
from django.db.models import Q

from guide.models.base import ORDER, Card, Part, Unit, one_line

#: Addresses under /check/ that are no questionnaire.
RESERVED = frozenset({"clear", "rules"})
PART_OF = "The questionnaire that it is a part of. Good: Why do my legs ache?"


class Questionnaire(Unit):
    """Questions and rules, asked in two voices: of the person, or of somebody who helps them."""

    kind = "questionnaire"

    title = models.CharField(
        max_length=80,
        validators=[one_line],
        help_text="The question that it helps with. Good: Why do my legs ache?",
    )
    summary = models.CharField(
        max_length=200,
        validators=[one_line],
        help_text="Who it is for, in one line. Good: My own legs. For anyone of 16 or over.",
    )
    intro = models.TextField(
        help_text="What to know before the first question. Markdown. Good: Answer up to 10 short "
        "questions. You then get a list of what to read."
    )
    other_slug = models.SlugField(
        "address for a helper",
        max_length=60,
        blank=True,
        help_text="Where somebody answers for the person. Empty: nowhere. Good: someone-else",
    )
    other_title = models.CharField(
        "title for a helper",
        max_length=80,
        blank=True,
        validators=[one_line],
        help_text="The title where a helper answers. Good: Why do their legs ache?",
    )
    other_summary = models.CharField(
        "summary for a helper",
        max_length=200,
        blank=True,
        validators=[one_line],
        help_text="Whom it is about and who answers, in one line. Good: The legs of another "
        "adult, for whom you answer.",
    )
    other_intro = models.TextField(
        "intro for a helper",
        blank=True,
        help_text="What a helper is to know before the first question. Markdown. Good: Answer up "
        "to 10 short questions for them, if you can with them.",
    )
    order = models.PositiveSmallIntegerField(default=0, help_text=ORDER)

    class Meta:
        ordering = ["order", "slug"]

    def __str__(self) -> str:
        return self.title

    def clean(self) -> None:
        super().clean()
        own = {"slug": self.slug, "other_slug": self.other_slug}
        for field, address in own.items():
            if address and (address in RESERVED or self._taken(address)):
                raise ValidationError({field: f"The address /check/{address}/ is taken."})
        if self.other_slug and self.other_slug == self.slug:
            raise ValidationError({"other_slug": "A helper needs an address of their own."})
        if self.other_slug and not (self.other_title and self.other_summary and self.other_intro):
            raise ValidationError({"other_title": "Give title, summary and intro for a helper."})

    def _taken(self, address: str) -> bool:
        """Tell whether another questionnaire is at this address, in either voice."""
        others = type(self).objects.exclude(pk=self.pk)
        return bool(others.filter(Q(slug=address) | Q(other_slug=address)).exists())

    def card(self) -> Card:
        return Card(
            self.title,
            self.summary,
            order=self.order,
            other_slug=self.other_slug,
            other_title=self.other_title,
            other_summary=self.other_summary,
        )


class Question(Part):
    """Only asks: what an answer means is a rule's business."""

    class Picture(models.TextChoices):
        NONE = "", "No picture"
        LEG = "leg", "A leg to tap, front and back"

    key = ("questionnaire__slug", "slug")
    unit_path = "questionnaire"

    questionnaire = models.ForeignKey(
        Questionnaire, on_delete=models.CASCADE, related_name="questions", help_text=PART_OF
    )
    text = models.CharField(
        max_length=120,
        validators=[one_line],
        help_text="What is asked, in plain words. Good: Do you have any of these right now?",
    )
    label = models.CharField(
        max_length=40,
        validators=[one_line],
        help_text="Its name on the list of answers. Good: Signs now",
    )
    hint = models.CharField(
        max_length=160,
        blank=True,
        validators=[one_line],
        help_text="One short line. No links. Good: Select all that you have.",
    )
    why = models.CharField(
        "why we ask",
        max_length=200,
        blank=True,
        validators=[one_line],
        help_text="One short line for those who wonder. Good: We ask this first, so that help "
        "comes fast if it is needed.",
    )
    help = models.TextField(
        "how to check",
        blank=True,
        help_text="How to look and feel. Markdown. Good: Look at both legs side by side, in good "
        "light.",
    )
    many = models.BooleanField(
        "many answers",
        default=False,
        help_text="Lets a reader choose more than one answer. Good: a tick for signs, none for "
        "where it hurts most.",
    )
    warning = models.BooleanField(
        "asks for warning signs",
        default=False,
        help_text="Every answer but the last two must then lead to a rule with a level. Good: a "
        "tick for Do you have any of these right now?",
    )
    picture = models.CharField(
        max_length=8,
        choices=Picture,
        blank=True,
        help_text="Shown above the answers. Its parts choose the answers of the same short name. "
        "Good: A leg to tap, for where it hurts.",
    )
    other_text = models.CharField(
        "text for a helper",
        max_length=120,
        blank=True,
        validators=[one_line],
        help_text="When somebody answers for the person. Empty here and below: the same words. "
        "Good: Do they have any of these right now?",
    )
    other_hint = models.CharField(
        "hint for a helper",
        max_length=160,
        blank=True,
        validators=[one_line],
        help_text="One short line about them. No links. Good: Select all that they have.",
    )
    other_help = models.TextField(
        "how a helper checks",
        blank=True,
        help_text="How a helper looks and feels for it. Markdown. Good: Look at both of their "
        "legs side by side.",
    )
    asked_when: models.ManyToManyField[Option, models.Model] = models.ManyToManyField(
        "Option",
        blank=True,
        related_name="opens",
        help_text="Asked when any of these answers to earlier questions was chosen. Empty: always"
        " asked. Good: Not sure, for a question that looks closer.",
    )
    order = models.PositiveSmallIntegerField(default=0, help_text=ORDER)

    class Meta:
        ordering = ["order", "slug"]
        constraints = [
            models.UniqueConstraint(fields=["questionnaire", "slug"], name="question_slug")
        ]

    def __str__(self) -> str:
        return self.text


class Option(Part):
    """Only answers. Belongs to exactly one question."""

    class Exclusive(models.TextChoices):
        NO = "", "Goes with others"
        NONE = "none", "None of these"
        UNSURE = "unsure", "Not sure"

    key = ("question__questionnaire__slug", "question__slug", "slug")
    unit_path = "question__questionnaire"

    question = models.ForeignKey(Question, on_delete=models.CASCADE, related_name="options")
    code = models.CharField(
        max_length=3,
        validators=[RegexValidator(r"^[a-z][a-z0-9]{1,2}\Z", "Two or three letters or digits.")],
        help_text="Two or three letters or digits for the reader's cookie. Never give them to "
        "another answer. Good: nb",
    )
    text = models.CharField(
        max_length=160,
        validators=[one_line],
        help_text="What the reader may choose. Good: One leg is swollen",
    )
    said = models.CharField(
        max_length=160,
        blank=True,
        validators=[one_line],
        help_text="How the result quotes it after You said. Good: one leg is swollen",
    )
    other_text = models.CharField(
        "text for a helper",
        max_length=160,
        blank=True,
        validators=[one_line],
        help_text="When somebody answers for the person. Empty: the same words. Good: One of "
        "their legs is swollen",
    )
    other_said = models.CharField(
        "said by a helper",
        max_length=160,
        blank=True,
        validators=[one_line],
        help_text="How the result quotes a helper after You said. Empty: the same words. Good: "
        "one of their legs is swollen",
    )
    exclusive = models.CharField(
        max_length=8,
        choices=Exclusive,
        blank=True,
        help_text="Whether it goes with other answers. Good: None of these, for the answer that "
        "says no to all.",
    )
    order = models.PositiveSmallIntegerField(default=0, help_text=ORDER)

    class Meta:
        ordering = ["order", "slug"]
        constraints = [models.UniqueConstraint(fields=["question", "slug"], name="option_slug")]

    def __str__(self) -> str:
        return f"{self.question.label}: {self.text}"
