"""The body of a stretch figure: bones of fixed length, and where a pose puts their joints.

Side view, facing right, on a canvas of 320 by 240 units with y growing downwards. Angles are in
degrees: 0 points right, 90 up. The stretched leg is always the near one.
"""

from __future__ import annotations

import math
from typing import Literal, TypedDict

CANVAS = (320, 240)
FLOOR = 208.0
HEAD, NECK = 13.0, 9.0
TORSO, UPPER_ARM, FOREARM, THIGH, SHIN, FOOT = 58.0, 31.0, 29.0, 50.0, 48.0, 20.0
SLAB = 8.0  # thickness of seats and table tops, and of what carries them
MATTRESS = 14.0
FLAT = -7.0  # a flat foot: toes lower than the ankle, so that the whole sole meets the floor

Point = tuple[float, float]
Box = tuple[float, float, float, float]  # left, top, width, height
Way = Literal["front", "back"]
Bone = Literal["torso", "thigh", "shin", "foot"]
Joint = Literal[
    "hip", "shoulder", "head",
    "near knee", "near ankle", "near toe", "near elbow", "near wrist",
    "far knee", "far ankle", "far toe", "far elbow", "far wrist",
]  # fmt: skip
Joints = dict[str, Point]
Kind = Literal[
    "wall", "rail", "step", "stairs", "counter", "table", "chair", "bed", "mat", "pillow", "cushion"
]  # fmt: skip


class _Leg(TypedDict):
    ankle: Point


class Leg(_Leg, total=False):
    """Where the ankle is; which way the knee points (front); the angle of the foot (flat)."""

    bend: Way
    foot: float


class _Arm(TypedDict):
    wrist: Point


class Arm(_Arm, total=False):
    """Where the wrist is, and which way the elbow points (back)."""

    bend: Way


class _Prop(TypedDict):
    kind: Kind
    x: float
    y: float
    w: float


class Prop(_Prop, total=False):
    """A flat object by its top left corner. Without `h` it reaches the floor.

    Chairs, tables, beds and stairs always do: `y` is the height of the seat, top or lowest step,
    and `h` gives a chair a back, a bed a headboard, that rises so far above it. With `at`, x and y
    count from that joint, so that the object follows the body. A wall goes on past the edge of the
    picture. A rail climbs to the right. A mat is an outline, such as a bed seen from above.
    """

    h: float
    at: Joint


class _Arrow(TypedDict):
    start: Point
    end: Point


class Arrow(_Arrow, total=False):
    """A direction of pull; `curve` is how far the line bows, `at` works as for a prop."""

    curve: float
    at: Joint


class _Pose(TypedDict):
    hip: Point
    torso: float
    near_leg: Leg
    far_leg: Leg


class Pose(_Pose, total=False):
    """A figure as plain JSON.

    `neck` is the angle of the head (that of the torso), `ground` draws the floor line (yes). A
    muscle is a bone of the near side, front or back of it, and from where to where (0 to 1).
    A strap runs between two joints. `view` shows a part of the picture closer, such as a foot.
    """

    neck: float
    near_arm: Arm
    far_arm: Arm
    muscles: list[tuple[Bone, Way, float, float]]
    props: list[Prop]
    straps: list[tuple[Joint, Joint]]
    arrows: list[Arrow]
    ground: bool
    view: Box


def along(start: Point, angle: float, length: float) -> Point:
    """The point `length` away from `start` in the direction `angle`."""
    turn = math.radians(angle)
    return (start[0] + math.cos(turn) * length, start[1] - math.sin(turn) * length)


def middle_joint(start: Point, end: Point, upper: float, lower: float, way: Way) -> Point:
    """The knee or elbow of a two-bone limb, on the side of the body that `way` names.

    Raises ValueError when bones of these lengths cannot span the distance.
    """
    across, down = end[0] - start[0], end[1] - start[1]
    gap = math.hypot(across, down)
    least, most = abs(upper - lower), upper + lower
    if not least < gap <= most:
        raise ValueError(f"The distance is {gap:.1f}, and the bones span {least:g} to {most:g}.")
    reach = (upper**2 - lower**2 + gap**2) / (2 * gap)
    out = math.sqrt(max(0.0, upper**2 - reach**2)) * (1 if way == "front" else -1)
    return (
        start[0] + (across * reach + down * out) / gap,
        start[1] + (down * reach - across * out) / gap,
    )


def solve(pose: Pose) -> Joints:
    """Every joint of a pose. Raises ValueError, naming the limb, when one cannot reach."""
    hip = pose["hip"]
    shoulder = along(hip, pose["torso"], TORSO)
    head = along(shoulder, pose.get("neck", pose["torso"]), NECK + HEAD)
    joints: Joints = {"hip": hip, "shoulder": shoulder, "head": head}
    joints |= _leg("near", hip, pose["near_leg"]) | _leg("far", hip, pose["far_leg"])
    if "near_arm" in pose:
        joints |= _arm("near", shoulder, pose["near_arm"])
    if "far_arm" in pose:
        joints |= _arm("far", shoulder, pose["far_arm"])
    return joints


def _leg(side: str, hip: Point, leg: Leg) -> Joints:
    ankle = leg["ankle"]
    try:
        knee = middle_joint(hip, ankle, THIGH, SHIN, leg.get("bend", "front"))
    except ValueError as error:
        raise ValueError(f"The {side} leg cannot go from hip to ankle. {error}") from None
    toe = along(ankle, leg.get("foot", FLAT), FOOT)
    return {f"{side} knee": knee, f"{side} ankle": ankle, f"{side} toe": toe}


def _arm(side: str, shoulder: Point, arm: Arm) -> Joints:
    wrist = arm["wrist"]
    try:
        elbow = middle_joint(shoulder, wrist, UPPER_ARM, FOREARM, arm.get("bend", "back"))
    except ValueError as error:
        raise ValueError(f"The {side} arm cannot go from shoulder to wrist. {error}") from None
    return {f"{side} elbow": elbow, f"{side} wrist": wrist}
