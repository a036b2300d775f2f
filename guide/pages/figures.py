"""Stretch figures as inline SVG: drawn from a pose, coloured by CSS classes only.

The classes are near, far, faro (the outline of far limbs), halo, acc (the stretched muscle), head,
ground, prop, edge (objects of lines only), arr and strap; the stylesheet gives each its tones.
"""

from __future__ import annotations

import math
from collections.abc import Iterator
from html import escape

from guide.pages import scenery
from guide.pages.pose_check import problems
from guide.pages.scenery import window
from guide.pages.skeleton import HEAD, Box, Joints, Point, Pose, Way, solve
from guide.pages.strokes import Line, strokes

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


def draw(
    pose: Pose, title: str, description: str = "", slug: str = "figure", frame: Box | None = None
) -> str:
    """One `<svg>` of the pose, named by `title`; `slug` keeps its ids unique on a page.

    Without a title it is decoration, which screen readers skip. It shows as much of the canvas as
    the pose needs, or the `frame` that it shares with another. Raises ValueError, in sentences
    for staff, when the pose cannot be drawn.
    """
    if wrong := problems(pose):
        raise ValueError(" ".join(wrong))
    name, words = _name(title, description, escape(f"figure-{slug}"))
    view = " ".join(f"{side:.0f}" for side in frame or window(pose))
    return f'<svg class="figure" viewBox="{view}" {name}>{words}{_scene(pose, solve(pose))}</svg>'


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
    x, y = joints["head"]
    parts = [
        scenery.objects(pose, joints),
        strokes("faro", far, OUTLINE),
        strokes("far", far),
        *_near_side(joints),
        f'<circle class="head" cx="{x:.0f}" cy="{y:.0f}" r="{HEAD:g}"/>',
        strokes("halo", muscles, MUSCLE_HALO - MUSCLE),
        strokes("acc", muscles),
        *(scenery.strap(start, end, joints) for start, end in pose.get("straps", [])),
        strokes("halo", near_arm, LIMB_HALO),
        strokes("near", near_arm),
        *(scenery.arrow(arrow, joints) for arrow in pose.get("arrows", [])),
    ]
    return "".join(parts)


def _near_side(joints: Joints) -> Iterator[str]:
    """Body and near leg; a bone folded back onto the one before it gets a halo to part the two."""
    before = None
    for start, end, width in _limb("near", ("torso", *LEG), joints):
        if before and _angle(before, start, end) < FOLDED:
            # Away from the joint only, so that the joint stays one shape.
            yield strokes("halo", [(_between(start, end, 0.4), end, width + LIMB_HALO)])
        yield strokes("near", [(start, end, width)])
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
