"""The command that reads the guide as a strict editor would."""

from __future__ import annotations

from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from guide.models import Edition, Tip
from tests import make

pytestmark = pytest.mark.django_db


def said(*options: str) -> str:
    out = StringIO()
    try:
        call_command("lint_guide", *options, stdout=out)
    except CommandError as error:
        out.write(str(error))
    return out.getvalue()


def test_the_published_guide_has_nothing_to_find(guide: list[Edition]) -> None:
    """Its exempt words are on the desk, which this test does not load."""
    assert said("--level", "refuse") == "Nothing found.\n"


def test_it_names_page_field_line_and_words() -> None:
    made = make.section(body="Rest.\n\nYou should rest.")
    make.tip(made, detail="Just rest.")
    make.published(made)
    assert said().splitlines() == [
        "section heat-cold, body, line 3: “should”: It scolds. Say what to do, or what can help.",
        (
            "section heat-cold, tip warm-it, detail, line 1: “Just”: It belittles what may be "
            "hard. Leave the word out."
        ),
        "2 found.",
    ]


def test_it_fails_on_anything_at_or_above_a_level() -> None:
    made = make.section(body="You should rest.")
    make.published(made)
    with pytest.raises(CommandError):
        call_command("lint_guide", stdout=StringIO())
    call_command("lint_guide", "--level", "refuse", stdout=StringIO())


def test_it_reads_the_desk_when_asked() -> None:
    made = make.section()
    make.published(made)
    make.tip(made, detail="Hold it for 20 seconds.")
    assert said() == "Nothing found.\n"
    assert "A dose is typed in prose." in said("--desk", "--level", "refuse")
    assert Tip.objects.count() == 1
