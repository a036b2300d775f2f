"""Forms of the press: each acts on what its reader has looked at, and on nothing newer."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.formats import date_format

from guide.admin.forms import posted_with
from guide.models import Edition, tidy


class WordsField(forms.CharField):
    """Words for people, tidied as those of the guide are: some of them stand in public."""

    def to_python(self, value: Any) -> str:
        return tidy(super().to_python(value) or "")


class SeenForm(forms.Form):
    """Knows what was on the page when it was opened. Once that is old, it is shown anew."""

    version = forms.CharField(widget=forms.HiddenInput)

    def __init__(self, data: Any = None, *, newest: str, **more: Any) -> None:
        initial = {**more.pop("initial", {}), "version": newest}
        super().__init__(data, initial=initial, **more)
        self.newest = newest

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        if cleaned.get("version") != self.newest:
            self.data = posted_with(self.data, version=self.newest)
            raise ValidationError(
                "It was edited or published while you looked. See once more what it says now, "
                "then send this again."
            )
        return cleaned


class RetiringForm(forms.Form):
    """Says which planned editions a press retires, and asks for a tick before it does."""

    retire = forms.BooleanField(
        required=False,
        label="Let go of what was planned",
        help_text="A planned edition never goes live once another is published before its day. "
        "Good: a tick, if what you publish now takes its place.",
    )

    def __init__(self, data: Any = None, *, planned: Sequence[Edition], **more: Any) -> None:
        super().__init__(data, **more)
        self.planned = planned
        if not planned:
            del self.fields["retire"]

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        when = cleaned.get("live_from") or timezone.now()
        retired = [one for one in self.planned if one.live_from and one.live_from >= when]
        if retired and not cleaned.get("retire"):
            names = " and ".join(f"edition {one.number} ({day_of(one)})" for one in retired)
            self.add_error("retire", f"This retires {names}. Tick the box if you want that.")
        return cleaned


class PublishForm(RetiringForm, SeenForm):
    note = WordsField(
        max_length=200,
        label="What did you change, and why?",
        help_text="One line for the history and for the public list of changes. Good: Heat first, "
        "as readers asked for it.",
    )
    live_from = forms.DateTimeField(
        required=False,
        label="Publish later",
        help_text="Leave it empty to publish now. Good: a workday morning, to look at it then.",
        widget=forms.DateTimeInput(attrs={"type": "datetime-local"}, format="%Y-%m-%dT%H:%M"),
    )

    field_order = ("note", "live_from", "retire")

    def __init__(self, data: Any = None, **more: Any) -> None:
        super().__init__(data, **more)
        zone = timezone.get_current_timezone_name()
        self.fields["live_from"].help_text += f" Time zone: {zone}."

    def clean_live_from(self) -> datetime | None:
        when: datetime | None = self.cleaned_data["live_from"]
        if when and when <= timezone.now():
            raise ValidationError(
                "That time has passed. Choose one to come, or leave it empty to publish now."
            )
        return when


class WithdrawForm(RetiringForm):
    message = WordsField(
        max_length=200,
        label="What should readers know?",
        help_text="One line for readers who come back to its address, and for the history. Good: "
        "The advice was out of date.",
    )

    field_order = ("message", "retire")


class PlansForm(SeenForm):
    note = WordsField(
        max_length=200,
        label="Why is it not to go live?",
        help_text="One line for the history. Good: We wait for a newer source.",
    )


class SubmitForm(SeenForm):
    note = WordsField(
        max_length=200,
        label="What did you change, and why?",
        help_text="One line for the person who checks it. Good: Heat first, as readers asked "
        "for it.",
    )


class SendBackForm(SeenForm):
    note = WordsField(
        max_length=200,
        label="What is still to do?",
        help_text="One line for the person who submitted it. Good: Name the source.",
    )


class RenameForm(forms.Form):
    slug = forms.SlugField(
        max_length=60,
        label="New address",
        help_text="Small letters, numbers and hyphens. Good: heat-cold",
    )


class CheckForm(SeenForm):
    checked_by = WordsField(
        max_length=120,
        label="Who has checked it?",
        help_text="Name and role. Readers see it. Good: Dr A. Shah, family doctor",
    )


class CompareForm(forms.Form):
    """Two editions of a unit, or one and the desk."""

    old = forms.ChoiceField(
        label="From", help_text="What it said before. Good: the edition that readers see now."
    )
    new = forms.ChoiceField(
        label="To", help_text="What it says after. Good: The desk, to see what you changed."
    )

    def __init__(self, data: Any, choices: Sequence[tuple[str, str]]) -> None:
        super().__init__(data)
        for name in ("old", "new"):
            field = self.fields[name]
            assert isinstance(field, forms.ChoiceField)
            field.choices = choices


def day_of(edition: Edition) -> str:
    """Return when a planned edition goes live, in words."""
    assert edition.live_from is not None
    return date_format(timezone.localtime(edition.live_from), "j F Y, H:i")
