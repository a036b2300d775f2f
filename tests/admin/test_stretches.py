"""The desk explains a drawing and shows it as it was last saved."""

from __future__ import annotations

import json
import re
from html import unescape

import pytest
from django.test import Client

from guide.admin.stretches import FIGURE_HELP
from guide.models import RoutineStep, Stretch
from guide.pages.panels import figure_problems
from tests import make
from tests.admin.desk import address, opened, save

EXAMPLE = json.loads(re.findall("<pre>(.+)</pre>", FIGURE_HELP, re.DOTALL)[0])


def test_the_example_that_the_help_gives_can_be_drawn() -> None:
    assert set(EXAMPLE) == {"title", "description", "start", "pose"}
    assert figure_problems(EXAMPLE) == []


def test_the_desk_shows_both_pictures_of_a_stretch_and_no_inline_style(editor: Client) -> None:
    page = editor.get(address(make.stretch(figure=EXAMPLE))).content.decode()
    drawing = page.split("desk-figure")[1].split("</span>")[0]
    assert drawing.count("<svg") == 2
    assert "style=" not in drawing


@pytest.mark.parametrize(
    ("figure", "words"),
    [({}, "None yet."), ({"pose": {}}, "A figure has a title and a pose.")],
)
def test_the_desk_says_why_there_is_no_picture(
    editor: Client, figure: dict[str, object], words: str
) -> None:
    assert words in editor.get(address(make.stretch(figure=figure))).content.decode()


def test_a_start_that_cannot_be_drawn_is_refused_with_a_sentence(editor: Client) -> None:
    stretch = make.stretch(figure=EXAMPLE)
    wrong = {**EXAMPLE, "start": {"near_leg": {"ankle": [20, 20]}}}
    page = save(editor, stretch, figure=json.dumps(wrong)).content.decode()
    assert "At the start: The near leg cannot go from hip to ankle." in unescape(page)
    assert Stretch.objects.get().figure == EXAMPLE


@pytest.mark.parametrize(
    "odd",
    [
        "[" * 100_000,
        '{"a":' * 500 + "1" + "}" * 500,
        "1" * 5000,
        json.dumps({**EXAMPLE, "title": "half a letter \ud800"}),
        json.dumps({**EXAMPLE, "title": "a NUL \0"}),
        json.dumps({**EXAMPLE, "title": float("nan")}),
    ],
)
def test_what_python_reads_and_no_database_holds_is_no_figure(editor: Client, odd: str) -> None:
    stretch = make.stretch(figure=EXAMPLE)
    form = opened(editor, address(stretch)) | {"figure": odd, "initial-figure": odd}
    assert "This cannot be read from line" in editor.post(address(stretch), form).content.decode()
    assert editor.post(address(stretch, "preview"), form).status_code == 200
    assert Stretch.objects.get().figure == EXAMPLE


def test_a_figure_that_cannot_be_read_says_where(editor: Client) -> None:
    form = save(editor, make.stretch(), figure='{"a": 1\n "b": 2}').context["adminform"].form
    assert "from line 2, column 2 on" in form.errors["figure"][0]
    assert form["figure"].value() == '{"a": 1\n "b": 2}'


@pytest.mark.parametrize(
    ("field", "number", "said"),
    [
        ("hold_seconds", "0", "Type a number from 1 to 600."),
        ("hold_seconds", "1000", "Type a number from 1 to 600."),
        ("repeats", "0", "Type a number from 1 to 100."),
        ("rest_seconds", "1000", "Type a number from 0 to 600."),
    ],
)
def test_a_dose_that_nobody_could_mean_is_refused_at_its_field(
    editor: Client, field: str, number: str, said: str
) -> None:
    stretch = make.stretch()
    routine = make.routine(steps=[stretch])
    assert save(editor, stretch, **{field: number}).context["errors"] == [[said]]
    assert save(editor, routine, **{f"steps-0-{field}": number}).context["errors"] == [[said]]


def test_a_range_of_a_dose_needs_its_start(editor: Client) -> None:
    response = save(editor, make.stretch(), hold_seconds="", hold_seconds_max="30")
    assert response.context["errors"] == [["The range must end above its start."]]


def test_a_figure_is_edited_in_the_order_of_reading_whatever_the_database_makes_of_it(
    editor: Client,
) -> None:
    stretch = make.stretch(figure=dict(reversed(EXAMPLE.items())))
    assert opened(editor, address(stretch))["figure"].startswith('{"title": ')


def test_a_step_of_a_routine_is_called_as_its_stretch_unless_it_is_given_a_name(
    editor: Client,
) -> None:
    routine, stretch = make.routine(), make.stretch("wall-calf")
    typed = {
        "steps-TOTAL_FORMS": "2",
        "steps-0-order": "1",
        "steps-0-stretch": str(stretch.pk),
        "steps-1-order": "2",
        "steps-1-stretch": str(stretch.pk),
    }
    again = save(editor, routine, **typed)
    assert "No two of them may have the same short name." in again.content.decode()
    save(editor, routine, **typed, **{"steps-1-slug": "once-more"})
    assert [step.slug for step in RoutineStep.objects.all()] == ["wall-calf", "once-more"]
