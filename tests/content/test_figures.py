"""Every stretch can be done from its picture: both poses are there, true and small."""

from __future__ import annotations

import math
from collections.abc import Iterator
from typing import Any

import pytest

from guide.pages.figures import draw
from guide.pages.panels import figure_html, figure_problems, panels, start_pose
from guide.pages.skeleton import (
    FOOT,
    FOREARM,
    SHIN,
    THIGH,
    TORSO,
    UPPER_ARM,
    Joints,
    Pose,
    solve,
)
from tests.content.conftest import Fixtures

SOLE = 199.5  # where the ankle of a foot that is flat on the floor is
MOVES = 15.0  # less is not seen on a phone
BONES = [
    ("hip", "shoulder", TORSO),
    *((f"{side} knee", "hip", THIGH) for side in ("near", "far")),
    *((f"{side} knee", f"{side} ankle", SHIN) for side in ("near", "far")),
    *((f"{side} ankle", f"{side} toe", FOOT) for side in ("near", "far")),
    *((f"{side} elbow", "shoulder", UPPER_ARM) for side in ("near", "far")),
    *((f"{side} elbow", f"{side} wrist", FOREARM) for side in ("near", "far")),
]


def figures(fixtures: Fixtures) -> dict[str, dict[str, Any]]:
    return {row.fields["slug"]: row.fields["figure"] for row in fixtures.of("stretch")}


def poses(fixtures: Fixtures) -> Iterator[tuple[str, Pose]]:
    for slug, figure in figures(fixtures).items():
        yield f"{slug}, start", start_pose(figure)
        yield f"{slug}, stretch", figure["pose"]


def test_every_stretch_has_a_picture_of_its_start_and_of_itself(fixtures: Fixtures) -> None:
    for slug, figure in figures(fixtures).items():
        assert set(figure) == {"title", "description", "start", "pose"}, slug
        assert figure_problems(figure) == [], slug


def test_every_picture_says_where_it_is_felt_and_how_it_starts(fixtures: Fixtures) -> None:
    for slug, figure in figures(fixtures).items():
        assert "Felt in" in figure["title"] or "Felt low in" in figure["title"], slug
        assert figure["description"].startswith("Start "), slug
        assert all(len(part.split()) <= 20 for part in figure["title"].split(". ")), slug


def test_no_bone_stretches_between_start_and_stretch(fixtures: Fixtures) -> None:
    for name, pose in poses(fixtures):
        joints = solve(pose)
        for first, last, length in BONES:
            if first in joints and last in joints:
                gap = math.dist(joints[first], joints[last])
                assert gap == pytest.approx(length), (name, first, last)


def test_the_start_and_the_stretch_are_seen_to_differ(fixtures: Fixtures) -> None:
    for slug, figure in figures(fixtures).items():
        before, after = solve(start_pose(figure)), solve(figure["pose"])
        assert max(math.dist(before[joint], after[joint]) for joint in before) >= MOVES, slug


def test_who_stands_stands_on_the_floor(fixtures: Fixtures) -> None:
    for row in fixtures.of("stretch"):
        if row.fields["position"] not in ("standing", "chair"):
            continue
        for pose in (start_pose(row.fields["figure"]), row.fields["figure"]["pose"]):
            assert pose["far_leg"]["ankle"][1] == SOLE, row.name
            assert "foot" not in pose["far_leg"], row.name


def test_the_stretched_muscle_is_marked_in_the_stretch_only(fixtures: Fixtures) -> None:
    for slug, figure in figures(fixtures).items():
        drawn = panels(figure)
        assert 'class="acc"' in drawn["figure_html"], slug
        assert 'class="acc"' not in drawn["start_html"], slug


def test_hands_hold_what_they_pull(fixtures: Fixtures) -> None:
    def gap(joints: Joints, joint: str) -> float:
        return math.dist(joints["near wrist"], joints[joint])

    drawn = {slug: figure["pose"] for slug, figure in figures(fixtures).items()}
    for slug in ("standing-quad", "cramp-front-of-thigh", "cramp-foot-and-toes"):
        assert gap(solve(drawn[slug]), "near toe") < 6, slug
    assert gap(solve(drawn["knee-to-chest"]), "near knee") < 14
    for slug in ("cramp-toe-pull", "lying-hamstring-towel"):
        assert ["near wrist", "near toe"] in [list(strap) for strap in drawn[slug]["straps"]], slug


def test_the_crossed_shin_runs_over_the_other_knee(fixtures: Fixtures) -> None:
    figure = figures(fixtures)["lying-figure-four"]
    for pose in (start_pose(figure), figure["pose"]):
        joints = solve(pose)
        (left, _), (right, _) = joints["near knee"], joints["near toe"]
        assert left < joints["far knee"][0] < right
        assert math.dist(joints["near ankle"], joints["far knee"]) < 15


def test_a_picture_is_small(fixtures: Fixtures) -> None:
    """Measured without words. A stretch page has both pictures, a list the stretch alone."""
    for name, pose in poses(fixtures):
        assert len(draw(pose, "").encode()) < 1800, name
    for slug, figure in figures(fixtures).items():
        drawn = panels(figure, slug)
        both = len((drawn["start_html"] + drawn["figure_html"]).encode())
        assert len(figure_html(figure).encode()) < 0.6 * both, slug
