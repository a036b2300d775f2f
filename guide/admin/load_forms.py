"""Forms of a load: a file to compare with the desk, and then the same file to put on it."""

from __future__ import annotations

from typing import Any, NamedTuple

from django import forms
from django.core import signing
from django.core.exceptions import ValidationError

from guide.admin.forms import posted_with
from guide.admin.press_forms import SeenForm
from guide.publishing.files import FixtureError
from guide.publishing.incoming import Handed
from guide.publishing.packed import unpack

#: Bytes that are sent at most. What of it goes to and fro between the two pages is a form's
#: field, for which a proxy and Django have less room than for a file.
MOST_SENT = 2**20
_SALT = "guide.admin.load_forms"
#: Seconds in which a file that was compared may be put on the desk.
_HOLDS = 24 * 60 * 60


class Sent(NamedTuple):
    """What was sent: under what name, and the text of each file in it by its own."""

    name: str
    files: dict[str, str]


class FileForm(forms.Form):
    """Asks for a file of the guide's own format."""

    file = forms.FileField(
        label="File",
        max_length=100,
        error_messages={"required": "Choose a file of 1 MB at most."},
        help_text="One .yaml file, or a .zip of them, of 1 MB at most. Take the page away as a "
        "file first, change the words in it, and load it here. Good: ease-a-cramp.yaml",
        widget=forms.FileInput(attrs={"accept": ".yaml,.zip"}),
    )

    def clean_file(self) -> Sent:
        sent = self.cleaned_data["file"]
        name = str(sent.name)
        if not name.lower().endswith((".yaml", ".zip")):
            raise ValidationError("Choose a file whose name ends in .yaml or .zip.")
        if (sent.size or 0) > MOST_SENT:
            raise ValidationError("This is more than 1 MB. Load it in parts.")
        try:
            return Sent(name, unpack(name, sent.read()))
        except FixtureError as error:
            raise ValidationError(error.problems) from error


class HandInForm(SeenForm):
    """Holds the files that were compared, signed, and what of the desk was seen with them.

    Nothing is stored between the two pages, and nothing but what was compared can be sent.
    """

    sent = forms.CharField(widget=forms.HiddenInput)
    replace = forms.BooleanField(
        required=False,
        label="Put the file in the place of these drafts",
        help_text="They are kept under Editions. Good: a tick once you have read what is lost.",
    )

    field_order = ("replace",)

    def __init__(self, data: Any = None, *, handed: Handed, **more: Any) -> None:
        super().__init__(data, newest=handed.desk, **more)
        self.drafts = handed.drafts
        if not self.drafts:
            del self.fields["replace"]

    def clean(self) -> dict[str, Any]:
        try:
            cleaned = super().clean()
        except ValidationError:
            # What is to be replaced is not what was ticked.
            self.data = posted_with(self.data, replace="")
            raise
        if self.drafts and not cleaned.get("replace"):
            self.add_error("replace", "This replaces drafts. Tick the box if you want that.")
        return cleaned


def sealed(sent: Sent, user: Any) -> str:
    """Return what was sent as one word that only this person can send back, for a day."""
    return signing.dumps({**sent._asdict(), "user": user.pk}, salt=_SALT, compress=True)


def opened(word: str, user: Any) -> Sent | None:
    """Return what such a word holds; None for one that is not theirs or is too old."""
    try:
        held = signing.loads(word, salt=_SALT, max_age=_HOLDS)
    except signing.BadSignature:
        return None
    return Sent(held["name"], held["files"]) if held["user"] == user.pk else None
