"""What is around the body in a figure: objects, floor, straps, arrows, the edges of the picture."""

from __future__ import annotations

import math
from collections.abc import Iterator

from guide.pages.skeleton import (
    CANVAS,
    FLOOR,
    HEAD,
    MATTRESS,
    SLAB,
    Arrow,
    Box,
    Joint,
    Joints,
    Point,
    Pose,
    Prop,
    solve,
)
from guide.pages.strokes import number, whole, xy

CORNERS = {"step": 3, "pillow": 8, "cushion": 5, "mat": 10}  # other objects: 2
ARROW_HEAD, ARROW_SPREAD = 9.0, 0.5
LOOP = 8.0  # a strap goes around a joint this far from its middle
LIMB = 10.0  # about half of the widest limb
MARGIN = 6.0
RISE = 0.5  # how far a rail climbs with the stairs


def window(*poses: Pose) -> Box:
    """The part of the canvas to show: poses side by side share one, and so their scale.

    Walls and the floor go on past its edges. All else is in it whole, unless a pose has a view.
    """
    for pose in poses:
        if "view" in pose:
            return pose["view"]
    extents = [box for pose in poses for box in _extents(pose)]
    left = max(0.0, min(x for x, _, _, _ in extents) - MARGIN)
    top = max(0.0, min(y for _, y, _, _ in extents) - MARGIN)
    right = min(CANVAS[0], max(x + w for x, _, w, _ in extents) + MARGIN)
    bottom = min(CANVAS[1], max(y + h for _, y, _, h in extents) + MARGIN)
    return (left, top, right - left, bottom - top)


def _extents(pose: Pose) -> Iterator[Box]:
    joints = solve(pose)
    for joint, (x, y) in joints.items():
        around = HEAD if joint == "head" else LIMB
        yield (x - around, y - around, 2 * around, min(2 * around, FLOOR - y + around))
    for prop in pose.get("props", []):
        if prop["kind"] != "wall":
            yield from boxes(prop, joints)
    for arrow in pose.get("arrows", []):
        for x, y in _ends(arrow, joints):
            yield (x - 4, y - 4, 8, 8)


def objects(pose: Pose, joints: Joints) -> str:
    """The objects, and the floor that most of them stand on."""
    floor = f'<path class="ground" d="M0 {FLOOR:g}H{CANVAS[0]}"/>'
    return "".join(_object(prop, joints) for prop in pose.get("props", [])) + (
        floor if pose.get("ground", True) else ""
    )


def _object(prop: Prop, joints: Joints) -> str:
    shapes = boxes(prop, joints)
    if prop["kind"] == "rail":
        ((x, top, w, h),) = shapes
        low, up = number(top + RISE * w), xy((w, -RISE * w))
        return f'<path class="edge" d="M{xy((x, top + h))}V{low}l{up}"/>'
    tone, corner = "edge" if prop["kind"] == "mat" else "prop", CORNERS.get(prop["kind"], 2)
    rects = "".join(
        f'<rect x="{x}" y="{y}" width="{w}" height="{h}" rx="{corner}"/>'
        for x, y, w, h in (map(number, box) for box in shapes)
    )
    return f'<g class="{tone}">{rects}</g>'


def boxes(prop: Prop, joints: Joints) -> list[Box]:
    """The parts of an object. They touch but never overlap: objects are see-through."""
    left, top = joints[prop["at"]] if "at" in prop else (0.0, 0.0)
    x, y, w = left + prop["x"], top + prop["y"], prop["w"]
    if prop["kind"] == "stairs":
        return [(x, y, w, FLOOR - y), (x + w, 2 * y - FLOOR, w, 2 * (FLOOR - y))]
    if prop["kind"] == "rail":
        return [(x, y - RISE * w, w, FLOOR - y + RISE * w)]
    if prop["kind"] not in ("chair", "table", "bed"):
        return [(x, y, w, prop.get("h", FLOOR - y))]
    back, slab = prop.get("h", 0.0), MATTRESS if prop["kind"] == "bed" else SLAB
    return [
        (x, y - back, SLAB, FLOOR - y + back),
        (x + SLAB, y, w - SLAB, slab),
        (x + w - SLAB, y + slab, SLAB, FLOOR - y - slab),
    ]


def strap(start: Joint, end: Joint, joints: Joints) -> str:
    """A strap from a hand, looped around the joint that it pulls."""
    (x1, y1), (x2, y2) = joints[start], joints[end]
    across, down = x2 - x1, y2 - y1
    part = LOOP / math.hypot(across, down)
    near = (x2 - across * part, y2 - down * part)
    over, back = (2 * across * part, 2 * down * part), (-2 * across * part, -2 * down * part)
    arc = f"a{LOOP:g} {LOOP / 2:g} {number(math.degrees(math.atan2(down, across)))} 0 1"
    return f'<path class="strap" d="M{xy((x1, y1))}L{xy(near)}{arc} {xy(over)}{arc} {xy(back)}"/>'


def arrow(arrow: Arrow, joints: Joints) -> str:
    """A direction of pull, with an open head."""
    (x1, y1), (x2, y2) = _ends(arrow, joints)
    bow = arrow.get("curve", 0.0) / math.hypot(x2 - x1, y2 - y1)
    middle = ((x1 + x2) / 2 - (y2 - y1) * bow, (y1 + y2) / 2 + (x2 - x1) * bow)
    heading = math.atan2(y2 - middle[1], x2 - middle[0])
    barbs = [
        (x2 - ARROW_HEAD * math.cos(heading + turn), y2 - ARROW_HEAD * math.sin(heading + turn))
        for turn in (ARROW_SPREAD, -ARROW_SPREAD)
    ]
    shaft = f"M{whole((x1, y1))}Q{whole(middle)} {whole((x2, y2))}"
    head = f"M{whole(barbs[0])}L{whole((x2, y2))}L{whole(barbs[1])}"
    return f'<path class="arr" d="{shaft}{head}"/>'


def _ends(arrow: Arrow, joints: Joints) -> list[Point]:
    left, top = joints[arrow["at"]] if "at" in arrow else (0.0, 0.0)
    return [(left + x, top + y) for x, y in (arrow["start"], arrow["end"])]
