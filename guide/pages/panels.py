"""The figure of a stretch as staff write it, and the pictures that readers see of it."""

from __future__ import annotations

import json
from collections.abc import Mapping
from functools import lru_cache
from typing import Any, TypedDict, cast

from guide.pages.figures import draw
from guide.pages.pose_check import problems
from guide.pages.scenery import window
from guide.pages.skeleton import Arm, Arrow, Leg, Pose, Prop

TEXTS = ("title", "description")
PARTS = {*TEXTS, "start", "pose"}
SHAPES = (Pose, Leg, Arm, Prop, Arrow)
#: Where each key of a figure stands, at any depth, as a person reads it.
PLACES = {
    key: place
    for place, key in enumerate(
        dict.fromkeys(
            (*TEXTS, "start", "pose", *(key for shape in SHAPES for key in shape.__annotations__))
        )
    )
}


class Panels(TypedDict):
    """Both pictures of a stretch, to the same scale. There may be none, or no start."""

    start_html: str
    figure_html: str


def figure_problems(figure: object) -> list[str]:
    """Return, in sentences for staff, why a figure cannot be drawn; nothing if it can."""
    if not figure:
        return []
    if not isinstance(figure, dict) or not {"title", "pose"} <= figure.keys() <= PARTS:
        return ["A figure has a title and a pose. It may have a description and a start."]
    if wrong := [name for name in TEXTS if not isinstance(figure.get(name, ""), str)]:
        return [f"The {name} of a figure is text." for name in wrong]
    if (wrong := problems(figure["pose"])) or "start" not in figure:
        return wrong
    if not isinstance(figure["start"], dict):
        return ["The start of a figure holds the parts of the pose that differ."]
    return [f"At the start: {problem}" for problem in problems(start_pose(figure))]


def in_order(value: Any) -> Any:
    """Return a figure, or a part of one, with its keys in the order in which a person reads it.

    PostgreSQL keeps them in one of its own. Keys that no figure has come last, by the alphabet.
    """
    if isinstance(value, list):
        return [in_order(item) for item in value]
    if isinstance(value, dict):
        keys = sorted(value, key=lambda key: (PLACES.get(key, len(PLACES)), key))
        return {key: in_order(value[key]) for key in keys}
    return value


def start_pose(figure: Mapping[str, Any]) -> Pose:
    """Return the pose before the stretch: its own parts, and the others without what pulls."""
    still = {
        part: value for part, value in figure["pose"].items() if part not in ("muscles", "arrows")
    }
    return cast("Pose", {**still, **figure["start"]})


def figure_html(figure: Mapping[str, Any]) -> str:
    """Return the stretched pose alone: decoration beside words that name the stretch."""
    return _decoration(json.dumps(figure["pose"])) if figure else ""


@lru_cache(maxsize=1024)
def _decoration(pose: str) -> str:
    """Draw a pose that many pages show, once: it takes twenty times as long as to look it up."""
    return draw(json.loads(pose), "")


def panels(figure: Mapping[str, Any], slug: str = "") -> Panels:
    """Return the start and the stretch. With a slug, the stretch has its name and the start's."""
    if not figure:
        return Panels(start_html="", figure_html="")
    pose = figure["pose"]
    start = start_pose(figure) if "start" in figure else None
    frame = window(start, pose) if start else window(pose)
    title, description = (figure["title"], figure.get("description", "")) if slug else ("", "")
    return Panels(
        start_html=draw(start, "", frame=frame) if start else "",
        figure_html=draw(pose, title, description, slug, frame),
    )
