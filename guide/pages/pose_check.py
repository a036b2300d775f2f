"""What keeps a pose from being drawn, told to the person who edits it."""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator
from functools import cache
from typing import Any, Literal, cast, get_args, get_origin, get_type_hints, is_typeddict

from guide.pages.skeleton import (
    CANVAS,
    FLOOR,
    HEAD,
    MATTRESS,
    SLAB,
    Arrow,
    Joint,
    Joints,
    Pose,
    Prop,
    solve,
)

MOST = 2  # props, and arrows: with more, a small picture stops reading
CLOSEST = 60  # a view this wide shows a foot: closer, nobody sees whose
FAR = 1000  # no number of a figure is larger
EDGE = 4.0  # half of the thinnest limb: a joint this close to an edge still shows whole


def problems(pose: object) -> list[str]:
    """Sentences that say what to change; an empty list when the pose can be drawn."""
    if misfits := list(_misfits("The figure", pose, Pose)):
        return misfits
    return list(_strains(cast(Pose, pose)))


def _misfits(name: str, value: object, shape: Any) -> Iterator[str]:
    """Where a JSON value differs from the type it was meant to have."""
    kind, parts = get_origin(shape), get_args(shape)
    if is_typeddict(shape):
        yield from _misfit_parts(name, value, shape)
    elif kind is Literal:
        if value not in parts:
            yield f"{name} needs one of: {', '.join(parts)}."
    elif kind in (list, tuple):
        if not isinstance(value, list | tuple) or (kind is tuple and len(value) != len(parts)):
            yield f"{name} needs a list" + (f" of {len(parts)} values." if kind is tuple else ".")
            return
        for number, item in enumerate(value):
            part = parts[number] if kind is tuple else parts[0]
            yield from _misfits(f"{name}, number {number + 1}", item, part)
    elif shape is bool:
        if not isinstance(value, bool):
            yield f"{name} needs true or false."
    elif isinstance(value, bool) or not isinstance(value, int | float) or not abs(value) <= FAR:
        yield f"{name} needs a number from -{FAR} to {FAR}."


def _misfit_parts(name: str, value: object, shape: Any) -> Iterator[str]:
    hints = _parts_of(shape)
    if not isinstance(value, dict):
        yield f"{name} needs named parts: {', '.join(hints)}."
        return
    for key in sorted(shape.__required_keys__ - value.keys()):
        yield f"{name} has no {key}."
    for key, part in value.items():
        if key in hints:
            yield from _misfits(f"{name}, {key}", part, hints[key])
        else:
            yield f"{name} has no part called {key}. Its parts are: {', '.join(hints)}."


@cache
def _parts_of(shape: Any) -> dict[str, Any]:
    """Return the types of a shape's parts: to read them out of their text takes longest."""
    return get_type_hints(shape)


def _strains(pose: Pose) -> Iterator[str]:
    """What is well formed, and still cannot be drawn or would not be understood."""
    try:
        joints = solve(pose)
    except ValueError as error:
        yield str(error)
        return
    for joint, (across, down) in joints.items():
        edge = HEAD if joint == "head" else EDGE
        if not (edge <= across <= CANVAS[0] - edge and down >= edge):
            yield f"The {joint} is outside the picture, which is {CANVAS[0]} by {CANVAS[1]}."
        if down > FLOOR - edge:
            yield f"The {joint} is below the floor. Keep it at {FLOOR - edge:g} or less."
    left, top, width, height = pose.get("view", (0, 0, *CANVAS))
    if min(width, height) < CLOSEST or min(left, top) < 0:
        yield f"The view starts outside the picture or is less than {CLOSEST} wide or high."
    elif left + width > CANVAS[0] or top + height > CANVAS[1]:
        yield f"The view ends outside the picture, which is {CANVAS[0]} by {CANVAS[1]}."
    for number, (_, _, begin, finish) in enumerate(pose.get("muscles", []), 1):
        if not 0 <= begin < finish <= 1:
            yield f"Muscle {number} needs to run along its bone, from 0 (start) up to 1 (end)."
    for number, strap in enumerate(pose.get("straps", []), 1):
        yield from _loose(f"Strap {number}", strap, joints)
    yield from _prop_strains(pose.get("props", []), joints)
    yield from _arrow_strains(pose.get("arrows", []), joints)


def _prop_strains(props: list[Prop], joints: Joints) -> Iterator[str]:
    if len(props) > MOST:
        yield f"The figure has {len(props)} props. Keep the {MOST} that matter most."
    for number, prop in enumerate(props, 1):
        name = f"Prop {number} ({prop['kind']})"
        loose = list(_loose(name, _anchor(prop), joints))
        yield from loose
        top = prop["y"] + sum(joints[joint][1] for joint in _anchor(prop) if not loose)
        if top > FLOOR - (MATTRESS if prop["kind"] == "bed" else SLAB):
            yield f"{name} is too low. Its top is at {top:.0f}, and the floor at {FLOOR:g}."
        narrowest = 3 * SLAB if prop["kind"] in ("chair", "table", "bed") else 1
        if prop["w"] < narrowest or prop.get("h", 1) < 1:
            yield f"{name} is too small. Make it {narrowest:g} wide and 1 high, or more."


def _arrow_strains(arrows: list[Arrow], joints: Joints) -> Iterator[str]:
    if len(arrows) > MOST:
        yield f"The figure has {len(arrows)} arrows. Keep the {MOST} that matter most."
    for number, arrow in enumerate(arrows, 1):
        yield from _loose(f"Arrow {number}", _anchor(arrow), joints)
        if math.dist(arrow["start"], arrow["end"]) < 1:
            yield f"Arrow {number} has no length. Move its start or its end."


def _anchor(part: Prop | Arrow) -> list[Joint]:
    return [part["at"]] if "at" in part else []


def _loose(name: str, wanted: Iterable[Joint], joints: Joints) -> Iterator[str]:
    for joint in wanted:
        if joint not in joints:
            yield f"{name} is tied to the {joint}, but the figure has no such arm."
