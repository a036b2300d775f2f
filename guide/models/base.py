"""What every row on the desk has in common.

A *unit* is what is edited, published and read as one: an article's shell, a section with
its tips, a stretch with its steps. A *part* is a row that belongs to one unit and is
published with it. Readers never see rows; they read editions (editions.py).
"""

from __future__ import annotations

import re
from functools import reduce
from typing import Any, ClassVar

from django import forms
from django.apps import apps
from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.validators import RegexValidator
from django.db import models
from django.db.models import F
from django.utils import timezone
from django.utils.text import capfirst

#: Fields that belong to the desk, not to the text: never loaded, dumped or published.
DESK_FIELDS = frozenset({"version", "edited_by", "edited_at"})

# What the help under a field says wherever it stands. Each ends in one good example.
ORDER = "Lower comes first. Good: 10, 20, 30, so that one more fits between."
SOURCES = "What it rests on. Good: S01, if you read there what this says."
CLAIMS = "The claims that the text settles. Good: C010, if the text says what is known of it."
PLACES = "The parts of the leg drawing that lead here. Good: Calf and Foot, for a cramp there."

one_line = RegexValidator(r"^[^\r\n]*\Z", "Write this on one line.")


_LINE_END = re.compile("\r\n|[\r\v\f\x85\u2028\u2029]")
#: Controls, marks of direction and blanks without width. What joins letters or emoji stays.
_UNSEEN = re.compile(
    "[\x01-\x08\x0e-\x1f\x7f-\x9f\u061c\u200b\u200e\u200f\u202a-\u202e\u2060-\u206f\ufeff]"
)


def tidy(text: str) -> str:
    """Return text with LF line ends, no blanks at line ends, none around the whole, all in sight.

    Browsers post CRLF, and YAML block text cannot hold trailing blanks: without this a
    text would change by being loaded and dumped. What nobody sees comes along when words are
    copied: it turns the words after it around, and a feed cannot hold it.
    """
    lines = _UNSEEN.sub("", _LINE_END.sub("\n", text)).split("\n")
    return "\n".join(line.rstrip() for line in lines).strip()


class RowManager(models.Manager[Any]):
    """Finds rows by natural key: the values of the model's `key` lookups, in order."""

    def get_by_natural_key(self, *values: str) -> Any:
        return self.get(**dict(zip(self.model.key, values, strict=True)))


class Row(models.Model):
    """A row of the desk: known by a natural key, its text kept tidy."""

    #: Lookups that name this row for good, from the unit down.
    key: ClassVar[tuple[str, ...]] = ("slug",)

    objects = RowManager()

    class Meta:
        abstract = True

    def save(self, *args: Any, **kwargs: Any) -> None:
        self._tidy()
        super().save(*args, **kwargs)

    def clean_fields(self, *args: Any, **kwargs: Any) -> None:
        """Check what will be saved: of a text that nobody sees, nothing is left."""
        self._tidy()
        super().clean_fields(*args, **kwargs)

    def _tidy(self) -> None:
        for field in self._meta.concrete_fields:
            if isinstance(field, models.CharField | models.TextField):
                value = getattr(self, field.attname)
                if isinstance(value, str):
                    setattr(self, field.attname, tidy(value))

    def natural_key(self) -> tuple[str, ...]:
        return tuple(reduce(getattr, lookup.split("__"), self) for lookup in self.key)  # type: ignore[misc]


class Unit(Row):
    """What is edited, published and read as one."""

    #: The word for this kind of unit in editions and addresses.
    kind: ClassVar[str]
    #: Whether it has an address that staff may change once it is published.
    may_move: ClassVar[bool] = False
    #: Addresses among those of its kind that are other pages'.
    reserved: ClassVar[frozenset[str]] = frozenset()
    #: The models of this unit's parts, parents before children.
    parts: ClassVar[tuple[type[Part], ...]] = ()

    slug = models.SlugField(
        "address",
        max_length=60,
        unique=True,
        help_text="Part of the web address, in small letters. Fixed once it is published. Good: "
        "heat-cold",
    )
    checked_on = models.DateField(
        "clinically checked on",
        null=True,
        blank=True,
        help_text="The day a clinician last read this and agreed. Readers see the month. Good: "
        "the day they read it, not the day you type it in.",
    )
    checked_by = models.CharField(
        "checked by",
        max_length=120,
        blank=True,
        help_text="Name and role. Readers see it. Good: Dr A. Shah, family doctor",
    )
    version = models.PositiveIntegerField(default=1, editable=False)
    edited_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        null=True,
        blank=True,
        editable=False,
        on_delete=models.SET_NULL,
        related_name="+",
    )
    edited_at = models.DateTimeField(default=timezone.now, editable=False)

    class Meta:
        abstract = True

    def save(self, *args: Any, **kwargs: Any) -> None:
        if not self._state.adding:
            self.version += 1
            self.edited_at = timezone.now()
        super().save(*args, **kwargs)

    def clean(self) -> None:
        super().clean()
        if bool(self.checked_on) != bool(self.checked_by):
            raise ValidationError(
                {"checked_by": "Give both the day of the check and who did it, or neither."}
            )
        if self.may_move:
            moved = apps.get_model("guide", "Moved").objects.filter(kind=self.kind, old=self.slug)
            for one in moved:
                raise ValidationError(
                    {"slug": f"This was once the address of “{one.new}” and leads there for ever."}
                )

    def touch(self) -> None:
        """Count a change of one of this unit's parts as a change of the unit."""
        type(self).objects.filter(pk=self.pk).update(
            version=F("version") + 1, edited_at=timezone.now()
        )

    def card(self) -> Card:
        """Return what lists show of this unit without reading its rows."""
        raise NotImplementedError


class Card(dict[str, Any]):
    """The list columns of an edition: title, summary, parent, order, and `card` extras."""

    def __init__(
        self, title: str, summary: str = "", parent: str = "", order: int = 0, **extras: Any
    ) -> None:
        super().__init__(title=title, summary=summary, parent=parent, order=order, card=extras)


class Part(Row):
    """A row that belongs to one unit and is published with it."""

    #: The lookup from this row to its unit, such as `question__questionnaire`.
    unit_path: ClassVar[str]

    slug = models.SlugField(
        "short name",
        max_length=60,
        help_text="Names this row for good. Readers do not see it. Good: drink-to-thirst",
    )

    class Meta:
        abstract = True

    def save(self, *args: Any, **kwargs: Any) -> None:
        super().save(*args, **kwargs)
        self.unit.touch()

    def delete(self, *args: Any, **kwargs: Any) -> tuple[int, dict[str, int]]:
        unit = self.unit
        gone = super().delete(*args, **kwargs)
        unit.touch()
        return gone

    @classmethod
    def hangs_on(cls) -> str:
        """Return the field that names the row right above: the unit, or a part of it."""
        return cls.unit_path.split("__")[0]

    @property
    def owner(self) -> Row:
        """The row right above."""
        return getattr(self, self.hangs_on())  # type: ignore[no-any-return]

    @property
    def unit(self) -> Unit:
        return reduce(getattr, self.unit_path.split("__"), self)  # type: ignore[return-value]


class ChoiceListField(models.JSONField):
    """A list of values out of `allowed`, kept in the order that `allowed` gives them."""

    def __init__(
        self, *args: Any, allowed: type[models.TextChoices] | None = None, **kwargs: Any
    ) -> None:
        self.allowed = allowed
        super().__init__(*args, **{"default": list, "blank": True, **kwargs})

    def validate(self, value: Any, model_instance: models.Model | None) -> None:
        super().validate(value, model_instance)
        known = sorted(self.allowed.values) if self.allowed else []
        if not isinstance(value, list) or any(item not in known for item in value):
            raise ValidationError(f"Choose from {', '.join(known)}.")

    def formfield(self, **kwargs: Any) -> Any:
        return forms.MultipleChoiceField(
            choices=self.allowed.choices if self.allowed else (),
            required=not self.blank,
            label=capfirst(self.verbose_name),
            help_text=self.help_text,
            widget=forms.CheckboxSelectMultiple,
        )
