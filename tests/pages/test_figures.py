"""Stretch figures: true to the body, safe to put in a page, and kind to whoever edits a pose."""

from __future__ import annotations

import copy
import math
import random
import re
from typing import Any, cast
from xml.etree import ElementTree

import pytest

from guide.pages.figures import draw
from guide.pages.panels import figure_html, panels
from guide.pages.pose_check import problems
from guide.pages.scenery import window
from guide.pages.skeleton import (
    FOOT,
    FOREARM,
    HEAD,
    SHIN,
    THIGH,
    TORSO,
    UPPER_ARM,
    Joints,
    Pose,
    along,
    middle_joint,
    solve,
)

SVG = "{http://www.w3.org/2000/svg}"
CLASSES = {
    "near", "far", "faro", "halo", "acc", "head", "ground", "prop", "edge", "arr", "strap",
}  # fmt: skip
TITLE = "Standing tall, holding a chair, one heel drawn up. Felt in the front of the thigh."

STANDING: Pose = {
    "hip": (140, 101.6),
    "torso": 92,
    "near_leg": {"ankle": (122, 106), "foot": 150},
    "far_leg": {"ankle": (140, 199.5)},
    "near_arm": {"wrist": (108, 94)},
    "far_arm": {"wrist": (188, 76)},
    "muscles": [("thigh", "front", 0.15, 0.9)],
    "props": [{"kind": "chair", "x": 180, "y": 146, "w": 60, "h": 66}],
    "arrows": [{"start": (78, 126), "end": (88, 104), "curve": 6}],
}
LYING: Pose = {
    "hip": (150, 179),
    "torso": 180,
    "neck": 174,
    "near_leg": {"ankle": (182, 86.5), "foot": 155},
    "far_leg": {"ankle": (220, 183)},
    "near_arm": {"wrist": (128, 134)},
    "muscles": [("thigh", "back", 0.15, 0.92)],
    "props": [{"kind": "bed", "x": 44, "y": 190, "w": 210, "h": 34}],
    "straps": [("near wrist", "near toe")],
    "arrows": [{"start": (216, 84), "end": (198, 66), "curve": -6}],
}
STAIRS: Pose = {
    "hip": (118, 103),
    "torso": 60,
    "near_leg": {"ankle": (183, 176), "foot": 80},
    "far_leg": {"ankle": (114, 199.5)},
    "near_arm": {"wrist": (134, 108)},
    "far_arm": {"wrist": (202, 74)},
    "muscles": [("thigh", "back", 0.2, 0.92)],
    "props": [
        {"kind": "stairs", "at": "near ankle", "x": -12, "y": 7, "w": 50},
        {"kind": "rail", "at": "far wrist", "x": -22, "y": 16, "w": 90},
    ],
    "arrows": [{"start": (176, 28), "end": (198, 50), "curve": -6}],
}
POSES = {"standing": STANDING, "lying": LYING, "stairs": STAIRS}
every_pose = pytest.mark.parametrize("pose", POSES.values(), ids=POSES.keys())


def drawn(
    pose: Pose, title: str = TITLE, description: str = "", slug: str = "figure"
) -> ElementTree.Element:
    markup = draw(pose, title, description, slug)
    return ElementTree.fromstring(markup.replace("<svg", '<svg xmlns="http://www.w3.org/2000/svg"'))


def tones(picture: ElementTree.Element) -> list[str | None]:
    """The classes of a picture from back to front."""
    return [part.get("class") for part in picture if part.tag not in (f"{SVG}title", f"{SVG}desc")]


def changed(**parts: Any) -> Any:
    """The standing pose with some parts changed, right or wrong."""
    return {**copy.deepcopy(cast(dict[str, Any], STANDING)), **parts}


def without(part: str, **parts: Any) -> Any:
    return {name: value for name, value in changed(**parts).items() if name != part}


def some_pose(chance: random.Random) -> Pose:
    """A body anywhere, every limb somewhere in its reach."""

    def reach(start: tuple[float, float], least: float, most: float) -> tuple[float, float]:
        return along(start, chance.uniform(0, 360), chance.uniform(least + 0.01, most - 0.01))

    hip, torso = (chance.uniform(0, 320), chance.uniform(0, 240)), chance.uniform(0, 360)
    shoulder = along(hip, torso, TORSO)
    return {
        "hip": hip,
        "torso": torso,
        "near_leg": {"ankle": reach(hip, THIGH - SHIN, THIGH + SHIN), "bend": "back"},
        "far_leg": {"ankle": reach(hip, THIGH - SHIN, THIGH + SHIN), "foot": 90},
        "near_arm": {"wrist": reach(shoulder, UPPER_ARM - FOREARM, UPPER_ARM + FOREARM)},
        "far_arm": {
            "wrist": reach(shoulder, UPPER_ARM - FOREARM, UPPER_ARM + FOREARM),
            "bend": "front",
        },
    }


def bones(joints: Joints) -> dict[str, float]:
    pairs = [("hip", "shoulder")]
    for side in ("near", "far"):
        pairs += [("hip", f"{side} knee"), (f"{side} knee", f"{side} ankle")]
        pairs += [(f"{side} ankle", f"{side} toe"), ("shoulder", f"{side} elbow")]
        pairs += [(f"{side} elbow", f"{side} wrist")]
    return {f"{start} to {end}": math.dist(joints[start], joints[end]) for start, end in pairs}


def test_no_bone_changes_length_in_any_reachable_pose() -> None:
    chance = random.Random(17)
    one_side = [THIGH, SHIN, FOOT, UPPER_ARM, FOREARM]
    for _ in range(500):
        assert list(bones(solve(some_pose(chance))).values()) == pytest.approx(
            [TORSO, *one_side, *one_side]
        )


@every_pose
def test_the_drawn_thigh_is_as_long_as_the_bone(pose: Pose) -> None:
    thigh = next(p for p in drawn(pose).iter(f"{SVG}path") if p.get("stroke-width") == "17")
    x1, y1, x2, y2 = map(float, re.findall(r"[\d.]+", thigh.get("d", "")))
    # Each end is drawn at the nearest whole unit.
    assert math.dist((x1, y1), (x2, y2)) == pytest.approx(THIGH, abs=math.sqrt(2))


def test_a_knee_points_to_the_front_and_an_elbow_to_the_back_unless_told_otherwise() -> None:
    pose = changed(near_leg={"ankle": (140, 180)}, near_arm={"wrist": (138, 90)})
    joints = solve(pose)
    assert joints["near knee"][0] > 140
    assert joints["near elbow"][0] < 138
    pose["near_leg"]["bend"], pose["near_arm"]["bend"] = "back", "front"
    turned = solve(pose)
    assert turned["near knee"][0] < 140
    assert turned["near elbow"][0] > 138


@pytest.mark.parametrize("end", [(0, 0), (1.9, 0), (98.1, 0), (300, 40)])
def test_a_limb_neither_stretches_nor_collapses_to_reach_a_point(end: tuple[float, float]) -> None:
    with pytest.raises(ValueError, match="the bones span 2 to 98"):
        middle_joint((0, 0), end, THIGH, SHIN, "front")


@every_pose
def test_a_figure_is_well_formed_small_and_coloured_by_known_classes_only(pose: Pose) -> None:
    markup = draw(pose, TITLE, slug="a-stretch")
    picture = drawn(pose)
    assert len(markup.encode()) < 2200
    assert {part.tag for part in picture.iter()} <= {
        SVG + tag for tag in ("svg", "title", "g", "path", "rect", "circle")
    }
    names = {name for part in picture.iter() for name in part.attrib}
    assert not {name for name in names if name in ("style", "fill", "stroke", "href")}
    assert not {name for name in names if name.startswith("on")}
    assert set(tones(picture)) <= CLASSES


def test_a_figure_is_named_by_its_title_and_description_under_ids_of_its_own() -> None:
    picture = drawn(STANDING, title="Hold & breathe", description="A <b> chair", slug="quad")
    title, more = picture.find(f"{SVG}title"), picture.find(f"{SVG}desc")
    assert title is not None
    assert more is not None
    assert (picture.get("role"), title.text, more.text) == ("img", "Hold & breathe", "A <b> chair")
    assert picture.get("aria-labelledby") == title.get("id") == "figure-quad"
    assert picture.get("aria-describedby") == more.get("id") == "figure-quad-more"


def test_a_figure_without_a_title_is_hidden_from_screen_readers() -> None:
    picture = drawn(STANDING, title="")
    assert picture.get("aria-hidden") == "true"
    assert picture.get("role") is None
    assert not [part for part in picture.iter() if part.get("id")]


def test_a_title_cannot_bring_markup_into_the_page() -> None:
    markup = draw(STANDING, "</title><script>x</script>", slug='"><script>')
    assert "<script" not in markup


def test_the_far_side_lies_behind_the_body_and_the_near_arm_before_it() -> None:
    found = tones(drawn(LYING))
    order = ["prop", "faro", "far", "near", "head", "halo", "acc", "strap", "arr"]
    assert [found.index(tone) for tone in order] == sorted(found.index(tone) for tone in order)
    assert found[-2:] == ["near", "arr"], "the near arm comes last, in front of the strap it holds"


def test_a_leg_folded_onto_itself_is_parted_by_a_halo_and_a_straight_one_is_not() -> None:
    straight = changed(near_leg={"ankle": (122, 195)})
    halos = [tones(drawn(pose)).count("halo") for pose in (STANDING, cast(Pose, straight))]
    assert halos == [3, 2]


@pytest.mark.parametrize(("way", "right_of_bone"), [("front", True), ("back", False)])
@pytest.mark.parametrize("bone", ["torso", "thigh", "shin"])
def test_the_front_of_a_standing_body_is_to_the_right(
    bone: str, way: str, right_of_bone: bool
) -> None:
    upright = changed(
        torso=90, near_leg={"ankle": (140, 199)}, muscles=[(bone, way, 0.2, 0.8)], arrows=[]
    )
    muscle = drawn(upright).find(f"{SVG}g[@class='acc']/{SVG}path")
    assert muscle is not None
    across = float(re.findall(r"[\d.]+", muscle.get("d", ""))[0])
    assert (across > 142) is right_of_bone


def test_an_object_tied_to_a_joint_follows_the_body() -> None:
    moved = copy.deepcopy(STAIRS)
    moved["near_leg"]["ankle"] = (179, 172)
    before, after = (drawn(pose).find(f".//{SVG}rect") for pose in (STAIRS, moved))
    assert before is not None
    assert after is not None
    assert (before.get("x"), before.get("y")) == ("171", "183")
    assert (after.get("x"), after.get("y")) == ("167", "179")


@pytest.mark.parametrize("kind", ["chair", "table", "bed", "stairs", "step", "counter", "wall"])
def test_an_object_without_a_height_stands_on_the_floor_and_never_overlaps_itself(
    kind: str,
) -> None:
    pose = changed(props=[{"kind": kind, "x": 200, "y": 160, "w": 50}])
    boxes = [
        [float(rect.get(side, "")) for side in ("x", "y", "width", "height")]
        for rect in drawn(pose).iter(f"{SVG}rect")
    ]
    assert max(y + h for _, y, _, h in boxes) == 208
    for number, (x, y, w, h) in enumerate(boxes):
        for left, top, wide, high in boxes[number + 1 :]:
            assert x + w <= left or left + wide <= x or y + h <= top or top + high <= y


def test_a_strap_goes_from_the_hand_around_the_foot_that_it_pulls() -> None:
    strap = drawn(LYING).find(f"{SVG}path[@class='strap']")
    assert strap is not None
    numbers = [float(number) for number in re.findall(r"-?[\d.]+", strap.get("d", ""))]
    joints = solve(LYING)
    around = numbers[2] + numbers[9] / 2, numbers[3] + numbers[10] / 2
    assert numbers[:2] == pytest.approx(joints["near wrist"], abs=0.1)
    assert around == pytest.approx(joints["near toe"], abs=0.1)


@every_pose
def test_the_picture_holds_the_whole_body_and_little_more(pose: Pose) -> None:
    left, top, width, height = window(pose)
    joints = solve(pose)
    for name, (x, y) in joints.items():
        edge = HEAD if name == "head" else 5
        assert left + edge <= x <= left + width - edge, name
        assert top + edge <= y <= top + height - 4, name
    assert width < 260
    assert drawn(pose).get("viewBox") == f"{left:.0f} {top:.0f} {width:.0f} {height:.0f}"


def test_a_wall_goes_on_past_the_edge_of_the_picture() -> None:
    wide = changed(props=[{"kind": "wall", "x": 200, "y": 0, "w": 100}])
    assert window(wide) == window(changed(props=[]))


def test_a_view_shows_a_part_of_the_picture_closer_at_the_start_too() -> None:
    figure = {"title": "T", "start": {"torso": 90}, "pose": changed(view=[100, 90, 80, 120])}
    found = panels(figure)
    for picture in (found["start_html"], found["figure_html"], figure_html(figure)):
        assert 'viewBox="100 90 80 120"' in picture


def test_poses_that_can_be_drawn_have_no_problems() -> None:
    assert [problems(pose) for pose in POSES.values()] == [[], [], []]
    as_json_gives_them = changed(hip=[140, 101.6], muscles=[["thigh", "front", 0.15, 0.9]])
    assert problems(as_json_gives_them) == []


REFUSED = {
    "not named parts": ([], "The figure needs named parts: hip, torso"),
    "a part left out": ({"torso": 90}, "The figure has no hip."),
    "an unknown part": (changed(tail=1), "has no part called tail"),
    "words for a number": (changed(torso="up"), "torso needs a number"),
    "yes for a number": (changed(torso=True), "torso needs a number"),
    "no number at all": (changed(torso=math.nan), "torso needs a number"),
    "a number without end": (changed(hip=(10**400, 3)), "hip, number 1 needs a number"),
    "a point of three": (changed(hip=(1, 2, 3)), "hip needs a list of 2 values."),
    "a number for yes": (changed(ground=1), "ground needs true or false."),
    "an unknown object": (
        changed(props=[{"kind": "sofa", "x": 1, "y": 1, "w": 9}]),
        "needs one of: wall, rail",
    ),
    "a leg too long": (
        changed(far_leg={"ankle": (20, 199)}),
        "The far leg cannot go from hip to ankle. The distance is 154.6, and the bones span 2 to",
    ),
    "an arm too long": (
        changed(near_arm={"wrist": (20, 99)}),
        "The near arm cannot go from shoulder to wrist.",
    ),
    "a head cut off at the top": (
        changed(
            hip=(140, 90),
            far_leg={"ankle": (140, 187)},
            near_arm={"wrist": (120, 80)},
            far_arm={"wrist": (170, 60)},
        ),
        "The head is outside the picture, which is 320 by 240.",
    ),
    "below the floor": (
        changed(near_leg={"ankle": (150, 199), "foot": -60}),
        "The near toe is below the floor.",
    ),
    "a muscle off its bone": (changed(muscles=[("shin", "back", 0.4, 1.4)]), "Muscle 1 needs"),
    "a muscle of no bone": (changed(muscles=[("nose", "back", 0, 1)]), "needs one of: torso"),
    "a strap to no hand": (
        without("near_arm", straps=[("near wrist", "near toe")]),
        "Strap 1 is tied to the near wrist, but the figure has no such arm.",
    ),
    "a wall at no hand": (
        without("far_arm", props=[{"kind": "wall", "at": "far wrist", "x": 0, "y": 0, "w": 9}]),
        "Prop 1 (wall) is tied to the far wrist",
    ),
    "an object under the floor": (
        changed(props=[{"kind": "step", "at": "far ankle", "x": 0, "y": 20, "w": 9}]),
        "Prop 1 (step) is too low.",
    ),
    "a bed without room for its legs": (
        changed(props=[{"kind": "bed", "x": 0, "y": 196, "w": 200}]),
        "Prop 1 (bed) is too low.",
    ),
    "an object without width": (
        changed(props=[{"kind": "chair", "x": 0, "y": 99, "w": 9}]),
        "Prop 1 (chair) is too small.",
    ),
    "three objects": (
        changed(props=[{"kind": "step", "x": 0, "y": 99, "w": 9}] * 3),
        "The figure has 3 props.",
    ),
    "three arrows": (
        changed(arrows=[{"start": (1, 1), "end": (9, 9)}] * 3),
        "The figure has 3 arrows.",
    ),
    "a view too close": (changed(view=(100, 100, 80, 30)), "is less than 60 wide or high."),
    "a view that starts too far left": (changed(view=(-1, 0, 90, 90)), "The view starts outside"),
    "a view past the edge": (changed(view=(280, 0, 90, 90)), "The view ends outside the picture"),
    "an arrow to nowhere": (
        changed(arrows=[{"start": (9, 9), "end": (9, 9)}]),
        "Arrow 1 has no length.",
    ),
}


@pytest.mark.parametrize(("pose", "sentence"), REFUSED.values(), ids=REFUSED.keys())
def test_a_pose_that_cannot_be_drawn_is_refused_with_a_sentence(pose: Any, sentence: str) -> None:
    found = problems(pose)
    assert sentence in " ".join(found)
    assert all(line[0].isupper() and line.endswith(".") for line in found)
    with pytest.raises(ValueError, match=re.escape(sentence)):
        draw(pose, TITLE)
