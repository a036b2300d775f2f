"""The start and the stretch: two pictures of one body, and kind words when one cannot be drawn."""

from __future__ import annotations

import json
import re
from typing import Any

import pytest

from guide.pages.panels import (
    Panels,
    figure_html,
    figure_problems,
    in_order,
    panels,
    start_pose,
)

FIGURE: dict[str, Any] = {
    "title": "Standing tall, one knee up. Felt in the back of the thigh.",
    "description": "Start standing tall, both feet on the floor.",
    "start": {"near_leg": {"ankle": [150, 199.5]}},
    "pose": {
        "hip": [150, 102],
        "torso": 90,
        "near_leg": {"ankle": [190, 120]},
        "far_leg": {"ankle": [150, 199.5]},
        "muscles": [["thigh", "back", 0.2, 0.9]],
        "arrows": [{"start": [215, 130], "end": [215, 100]}],
    },
}


def without(*parts: str, **others: Any) -> dict[str, Any]:
    return {name: part for name, part in {**FIGURE, **others}.items() if name not in parts}


def both(drawn: Panels) -> str:
    return drawn["start_html"] + drawn["figure_html"]


def test_the_start_is_the_pose_with_what_differs_and_nothing_that_pulls() -> None:
    assert start_pose(FIGURE) == {
        "hip": [150, 102],
        "torso": 90,
        "near_leg": {"ankle": [150, 199.5]},
        "far_leg": {"ankle": [150, 199.5]},
    }


def test_a_start_may_have_arrows_of_its_own() -> None:
    arrows: Any = [{"start": [1, 1], "end": [9, 9]}]
    assert start_pose(without(start={"arrows": arrows}))["arrows"] == arrows


def test_both_pictures_have_one_scale() -> None:
    frames = re.findall('viewBox="([^"]+)"', both(panels(FIGURE)))
    assert len(frames) == 2
    assert len(set(frames)) == 1


def test_the_stretch_is_named_and_told_how_it_starts_and_the_start_is_decoration() -> None:
    drawn = panels(FIGURE, "knee-up")
    assert FIGURE["title"] in drawn["figure_html"]
    assert FIGURE["description"] in drawn["figure_html"]
    assert 'aria-hidden="true"' in drawn["start_html"]


def test_both_pictures_on_one_page_have_ids_of_their_own() -> None:
    ids = re.findall(r' id="([^"]+)"', both(panels(FIGURE)) + both(panels(FIGURE, "knee-up")))
    assert ids == ["figure-knee-up", "figure-knee-up-more"]


def test_a_list_shows_the_stretch_alone_without_a_name() -> None:
    assert figure_html(FIGURE).count("<svg") == 1
    assert 'class="acc"' in figure_html(FIGURE)
    assert "<title" not in figure_html(FIGURE)


def test_a_figure_of_an_older_edition_has_no_start_and_is_still_drawn() -> None:
    drawn = panels(without("start", "description"), "knee-up")
    assert drawn["start_html"] == ""
    assert FIGURE["title"] in drawn["figure_html"]


def test_no_figure_is_no_picture_and_no_problem() -> None:
    assert panels({}) == {"start_html": "", "figure_html": ""}
    assert (figure_html({}), figure_problems({})) == ("", [])


REFUSED = {
    "no list": ([1], "A figure has a title and a pose."),
    "no title": (without("title"), "A figure has a title and a pose."),
    "an unknown part": (without(end={}), "It may have a description and a start."),
    "a title that is no text": (without(title=5), "The title of a figure is text."),
    "a description that is none": (without(description=[]), "The description of a figure is text."),
    "a start of no parts": (without(start="up"), "The start of a figure holds the parts"),
    "a start that cannot be": (
        without(start={"near_leg": {"ankle": [20, 199.5]}}),
        "At the start: The near leg cannot go from hip to ankle.",
    ),
    "a start with an unknown part": (
        without(start={"tail": 1}),
        "At the start: The figure has no part called tail.",
    ),
    "a pose that cannot be": (without(pose={"torso": 90}), "The figure has no hip."),
}


@pytest.mark.parametrize(("figure", "sentence"), REFUSED.values(), ids=REFUSED.keys())
def test_a_figure_that_cannot_be_drawn_is_refused_with_a_sentence(
    figure: object, sentence: str
) -> None:
    assert sentence in " ".join(figure_problems(figure))


def test_a_figure_that_can_be_drawn_is_not_refused() -> None:
    assert figure_problems(FIGURE) == []


def test_the_keys_of_a_figure_stand_in_the_order_of_reading_whatever_order_they_come_in() -> None:
    def backwards(value: Any) -> Any:
        if isinstance(value, list):
            return [backwards(item) for item in value]
        if isinstance(value, dict):
            return {key: backwards(value[key]) for key in reversed(value)}
        return value

    figure = {
        "title": "A",
        "start": {"torso": 80},
        "pose": {
            "hip": [1, 2],
            "near_leg": {"ankle": [3, 4], "foot": 5},
            "props": [{"kind": "bed", "x": 1, "y": 2, "w": 3, "h": 4}],
            "arrows": [{"start": [5, 6], "end": [7, 8], "curve": 9}],
        },
        "odd": 1,
        "strange": 2,
    }
    assert json.dumps(in_order(backwards(figure))) == json.dumps(figure)
