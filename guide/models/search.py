"""What readers search: published texts, the words in them, and the words that people use.

Documents and words are filled by the press, never by hand. Synonyms and warning words are units:
staff edit them, and readers meet them once they are published.
"""

from __future__ import annotations

from django.db import models

from guide.models.articles import CareCard
from guide.models.base import Card, Unit, one_line

SEVERAL = "Several ways to say it, with commas between them."


class Area(models.TextChoices):
    """What a reader can do with what was found."""

    NOW = "now", "Do now"
    READ = "read", "Read"
    ANSWERS = "answers", "Questions"


class SearchDocument(models.Model):
    """One thing that a reader can open, as it was published.

    Its full-text index hangs on this table by triggers (SQLite) or a generated column
    (PostgreSQL), both from migration 0006. A migration that makes SQLite copy this table has to
    make the triggers anew.
    """

    unit = models.CharField(
        max_length=80, db_index=True, help_text="Kind and slug of what was published."
    )
    kind = models.CharField(max_length=16)
    page = models.CharField(max_length=60, blank=True, help_text="Slug of the page it is on.")
    anchor = models.CharField(max_length=130, blank=True)
    within = models.CharField(max_length=300, blank=True, help_text="Title of what holds it.")
    area = models.CharField(max_length=8, choices=Area)
    title = models.CharField(max_length=300)
    #: The words of the title, as a query for exactly this title has them.
    asked = models.CharField(max_length=300, db_index=True)
    keywords = models.TextField(blank=True)
    body = models.TextField(blank=True)
    card = models.JSONField(default=dict, help_text="The list columns, for what has a picture.")

    class Meta:
        default_permissions = ()

    def __str__(self) -> str:
        return self.title


class SearchWord(models.Model):
    """A word of the documents, and in how many of them it is: what a typo may have meant."""

    word = models.CharField(max_length=60, unique=True)
    documents = models.PositiveIntegerField()

    class Meta:
        default_permissions = ()

    def __str__(self) -> str:
        return self.word


class SearchTerm(models.Model):
    """What was searched for on three different days, and how often since.

    Until the third day only a keyed hash stands here: nobody can read what a few people, or one,
    searched for.
    """

    key = models.CharField(max_length=64, unique=True)
    term = models.CharField(max_length=60, blank=True)
    days = models.PositiveIntegerField(default=0, help_text="Different days it was searched on.")
    last_day = models.DateField("last searched")
    times = models.PositiveIntegerField(default=0, help_text="Searches from the third day on.")
    found = models.BooleanField("finds something", default=False)

    class Meta:
        ordering = ["-times", "term"]
        default_permissions = ("view",)

    def __str__(self) -> str:
        return self.term


class Synonym(Unit):
    """The words of people, and those of the guide for the same thing."""

    kind = "synonym"

    words = models.CharField(
        max_length=300,
        validators=[one_line],
        help_text=f"What people type. {SEVERAL} Good: charley horse, jumping muscle",
    )
    means = models.CharField(
        max_length=200,
        validators=[one_line],
        help_text=f"What the guide calls it. {SEVERAL} Good: cramp",
    )

    class Meta:
        ordering = ["slug"]

    def __str__(self) -> str:
        return self.words

    def card(self) -> Card:
        return Card(self.words, self.means)


class WarningWord(Unit):
    """Words that put a care card of the warning signs on top of whatever a search finds."""

    kind = "warningword"

    words = models.CharField(
        max_length=300,
        validators=[one_line],
        help_text=f"Typos and endings are caught as well. {SEVERAL} Good: swollen, swelling",
    )
    level = models.CharField(
        "care card",
        max_length=12,
        choices=CareCard.Level,
        help_text="The card of the warning signs that stands on top. Good: Urgent, today, for "
        "swollen.",
    )

    class Meta:
        ordering = ["slug"]

    def __str__(self) -> str:
        return self.words

    def card(self) -> Card:
        return Card(self.words, self.level)
