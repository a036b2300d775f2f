"""Rows of stretches and routines into pages. References stay slugs: they resolve when read."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, TypedDict, cast

from guide.pages.checks import Checked, checked
from guide.pages.doses import Dose
from guide.pages.markup import to_html
from guide.pages.panels import panels
from guide.pages.rows import RowData, fields_of, slugs


class Stretch(TypedDict):
    slug: str
    name: str
    summary: str
    muscles: list[str]
    position: str
    moments: list[str]
    dose: Dose
    dose_from: str
    equipment: str
    feel: str
    care: list[str]
    steps: list[str]
    make_easier: str
    easier: str
    harder: str
    helper: str
    start_html: str
    figure_html: str
    cautions: tuple[str, ...]
    sources: tuple[str, ...]
    checked: Checked


class RoutineStep(TypedDict):
    """A stretch by slug, and what the routine sets of its dose."""

    stretch: str
    own: dict[str, int]


class Routine(TypedDict):
    slug: str
    title: str
    summary: str
    note_html: str
    position: str
    steps: list[RoutineStep]
    checked: Checked


def build_stretch(rows: Sequence[RowData]) -> Stretch:
    (fields,) = fields_of(rows, "guide.stretch")
    steps = fields_of(rows, "guide.stretchstep")
    return Stretch(
        slug=fields["slug"],
        name=fields["name"],
        summary=fields["summary"],
        muscles=fields["muscles"],
        position=fields["position"],
        moments=fields["moments"],
        dose=dose_of(fields),
        dose_from=fields["dose_from"],
        equipment=fields["equipment"],
        feel=fields["feel"],
        care=fields["care"].splitlines(),
        steps=[step["text"] for step in steps],
        make_easier=fields["make_easier"],
        easier=fields["easier"][-1] if fields["easier"] else "",
        harder=fields["harder"][-1] if fields["harder"] else "",
        helper=fields["helper"],
        **panels(fields["figure"], fields["slug"]),
        cautions=slugs(fields["cautions"]),
        sources=slugs(fields["sources"]),
        checked=checked(fields, "stretch"),
    )


def build_routine(rows: Sequence[RowData]) -> Routine:
    (fields,) = fields_of(rows, "guide.routine")
    return Routine(
        slug=fields["slug"],
        title=fields["title"],
        summary=fields["summary"],
        note_html=to_html(fields["note"]),
        position=fields["position"],
        steps=[
            RoutineStep(stretch=step["stretch"][-1], own=_own(step))
            for step in fields_of(rows, "guide.routinestep")
        ],
        checked=checked(fields, "routine"),
    )


def dose_of(fields: Mapping[str, Any]) -> Dose:
    """Return the dose out of a stretch's fields."""
    return cast("Dose", {name: fields[name] for name in Dose.__annotations__})


def _own(step: Mapping[str, Any]) -> dict[str, int]:
    names = ("hold_seconds", "repeats", "rest_seconds")
    return {name: step[name] for name in names if step[name] is not None}
