"""Stretch figures as inline SVG: drawn from a pose, coloured by CSS classes only.

The classes are near, far, faro (the outline of far limbs), halo, acc (the stretched muscle), head,
ground, prop, arr and strap; the stylesheet gives each theme its tones.
"""

from __future__ import annotations

import math
from collections.abc import Iterator
from html import escape

from guide.pages.pose_check import problems
from guide.pages.skeleton import (
    CANVAS,
    FLOOR,
    HEAD,
    SLAB,
    Arrow,
    Joints,
    Point,
    Pose,
    Prop,
    Way,
    solve,
)

Line = tuple[Point, Point, float]  # from, to, width
Box = tuple[float, float, float, float]  # left, top, width, height

BONES = {
    "torso": ("hip", "shoulder", 22.0),
    "thigh": ("hip", "knee", 17.0),
    "shin": ("knee", "ankle", 14.0),
    "foot": ("ankle", "toe", 9.0),
    "upper arm": ("shoulder", "elbow", 10.0),
    "forearm": ("elbow", "wrist", 9.0),
}
LEG, ARM = ("thigh", "shin", "foot"), ("upper arm", "forearm")
OUTLINE, LIMB_HALO = 3.5, 3.0  # added to a limb's width, half of it on either side
FOLDED = 60.0  # degrees at a joint, below which two bones lie on one another
MUSCLE, MUSCLE_HALO, MUSCLE_OFFSET = 6.5, 11.0, 0.36
ARROW_HEAD, ARROW_SPREAD = 9.0, 0.5
CORNERS = {"step": 3, "bed": 8, "pillow": 8, "cushion": 5}  # other objects: 2


def draw(pose: Pose, title: str, description: str = "", slug: str = "figure") -> str:
    """One `<svg>` of the pose, named by `title`; `slug` keeps its ids unique on a page.

    Without a title it is decoration, which screen readers skip. Raises ValueError, in sentences
    for staff, when the pose cannot be drawn.
    """
    if wrong := problems(pose):
        raise ValueError(" ".join(wrong))
    name, words = _name(title, description, escape(f"figure-{slug}"))
    size = f'viewBox="0 0 {CANVAS[0]} {CANVAS[1]}"'
    return f'<svg class="figure" {size} {name}>{words}{_scene(pose, solve(pose))}</svg>'


def _name(title: str, description: str, key: str) -> tuple[str, str]:
    """The attributes that name a figure, and the elements that they point to."""
    if not title:
        return 'aria-hidden="true"', ""
    name = f'role="img" aria-labelledby="{key}"'
    words = f'<title id="{key}">{escape(title)}</title>'
    if description:
        name += f' aria-describedby="{key}-more"'
        words += f'<desc id="{key}-more">{escape(description)}</desc>'
    return name, words


def _scene(pose: Pose, joints: Joints) -> str:
    """Everything from back to front: objects, floor, far side, near side, near arm, pull."""
    far = _limb("far", LEG, joints) + _limb("far", ARM, joints)
    near_arm = _limb("near", ARM, joints)
    muscles = [_muscle(joints, *muscle) for muscle in pose.get("muscles", [])]
    parts = [_object(prop, joints) for prop in pose.get("props", [])]
    if pose.get("ground", True):
        parts.append(_line("ground", (8, FLOOR), (312, FLOOR)))
    parts += [
        _strokes("faro", far, OUTLINE),
        _strokes("far", far),
        *_near_side(joints),
        '<circle class="head" cx="{}" cy="{}" r="{:g}"/>'.format(*map(_n, joints["head"]), HEAD),
        _strokes("halo", muscles, MUSCLE_HALO - MUSCLE),
        _strokes("acc", muscles),
        _strokes("halo", near_arm, LIMB_HALO),
        _strokes("near", near_arm),
    ]
    parts += [_line("strap", joints[start], joints[end]) for start, end in pose.get("straps", [])]
    parts += [_arrow(arrow, joints) for arrow in pose.get("arrows", [])]
    return "".join(parts)


def _near_side(joints: Joints) -> Iterator[str]:
    """Body and near leg; a bone folded back onto the one before it gets a halo to part the two."""
    before = None
    for start, end, width in _limb("near", ("torso", *LEG), joints):
        if before and _angle(before, start, end) < FOLDED:
            # Away from the joint only, so that the joint stays one shape.
            yield _line("halo", _between(start, end, 0.4), end, width + LIMB_HALO)
        yield _line("near", start, end, width)
        before = start if before else end  # the thigh starts where the torso does


def _angle(first: Point, joint: Point, last: Point) -> float:
    """The angle at a joint, 0 to 180 degrees."""
    arms = [math.atan2(end[1] - joint[1], end[0] - joint[0]) for end in (first, last)]
    return abs(math.degrees(math.remainder(arms[0] - arms[1], math.tau)))


def _between(start: Point, end: Point, part: float) -> Point:
    return (start[0] + (end[0] - start[0]) * part, start[1] + (end[1] - start[1]) * part)


def _limb(side: str, bones: tuple[str, ...], joints: Joints) -> list[Line]:
    """The bones of one side that the pose has: an arm without a wrist is not drawn."""
    lines = []
    for start, end, width in (BONES[bone] for bone in bones):
        first, last = _joint(side, start, joints), _joint(side, end, joints)
        if first and last:
            lines.append((first, last, width))
    return lines


def _joint(side: str, name: str, joints: Joints) -> Point | None:
    return joints.get(f"{side} {name}") or joints.get(name)


def _muscle(joints: Joints, bone: str, way: Way, begin: float, finish: float) -> Line:
    """A stretch of a near bone, moved from its middle towards the front or back of the body."""
    start, end, width = _limb("near", (bone,), joints)[0]
    across, down = end[0] - start[0], end[1] - start[1]
    # Legs run downwards from the hip and the torso upwards, so that their left sides differ.
    out = width * MUSCLE_OFFSET * (1 if (way == "back") != (bone == "torso") else -1)
    shift = out / math.hypot(across, down)
    ends = [
        (start[0] + across * part - down * shift, start[1] + down * part + across * shift)
        for part in (begin, finish)
    ]
    return ends[0], ends[1], MUSCLE


def _object(prop: Prop, joints: Joints) -> str:
    corner = CORNERS.get(prop["kind"], 2)
    rects = (map(_n, box) for box in _boxes(prop, joints))
    return "".join(
        f'<rect class="prop" x="{x}" y="{y}" width="{w}" height="{h}" rx="{corner}"/>'
        for x, y, w, h in rects
    )


def _boxes(prop: Prop, joints: Joints) -> list[Box]:
    left, top = joints[prop["at"]] if "at" in prop else (0.0, 0.0)
    x, y, w = left + prop["x"], top + prop["y"], prop["w"]
    if prop["kind"] == "stairs":
        return [(x, y, w, FLOOR - y), (x + w, 2 * y - FLOOR, w, 2 * (FLOOR - y))]
    if prop["kind"] not in ("chair", "table"):
        return [(x, y, w, prop.get("h", FLOOR - y))]
    back = prop.get("h", 0.0)
    # The parts of a chair touch but never overlap: props are see-through.
    return [
        (x, y - back, SLAB, FLOOR - y + back),
        (x + SLAB, y, w - SLAB, SLAB),
        (x + w - SLAB, y + SLAB, SLAB, FLOOR - y - SLAB),
    ]


def _arrow(arrow: Arrow, joints: Joints) -> str:
    left, top = joints[arrow["at"]] if "at" in arrow else (0.0, 0.0)
    (x1, y1), (x2, y2) = ((left + x, top + y) for x, y in (arrow["start"], arrow["end"]))
    bow = arrow.get("curve", 0.0) / math.hypot(x2 - x1, y2 - y1)
    middle = ((x1 + x2) / 2 - (y2 - y1) * bow, (y1 + y2) / 2 + (x2 - x1) * bow)
    heading = math.atan2(y2 - middle[1], x2 - middle[0])
    barbs = [
        (x2 - ARROW_HEAD * math.cos(heading + turn), y2 - ARROW_HEAD * math.sin(heading + turn))
        for turn in (ARROW_SPREAD, -ARROW_SPREAD)
    ]
    shaft = f"M{_xy((x1, y1))}Q{_xy(middle)} {_xy((x2, y2))}"
    head = f"M{_xy(barbs[0])}L{_xy((x2, y2))}L{_xy(barbs[1])}"
    return f'<path class="arr" d="{shaft}{head}"/>'


def _strokes(tone: str, lines: list[Line], extra: float = 0.0) -> str:
    return "".join(_line(tone, start, end, width + extra) for start, end, width in lines)


def _line(tone: str, start: Point, end: Point, width: float = 0.0) -> str:
    thick = f' stroke-width="{_n(width)}"' if width else ""
    return f'<path class="{tone}"{thick} d="M{_xy(start)}L{_xy(end)}"/>'


def _xy(point: Point) -> str:
    return f"{_n(point[0])} {_n(point[1])}"


def _n(value: float) -> str:
    """A number with one decimal at most: a tenth of a unit is finer than any screen shows."""
    return f"{value:.1f}".removesuffix(".0")
