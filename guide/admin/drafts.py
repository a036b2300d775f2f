"""A questionnaire as it stands on the desk, beside the edition that readers have."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from typing import TYPE_CHECKING, Any

from guide.admin.listing import page_of
from guide.models import Part, Question, Rule, SafetyCase, Section, Unit
from guide.pages.countries import plain
from guide.publishing.rows import in_place, parts_of, serialized
from guide.reading.live import rows_now
from guide.triage import Flow, Level, Option, flow_from_rows
from guide.triage.sentences import condition

if TYPE_CHECKING:
    from guide.admin.units import UnitAdmin

#: What the desk calls “see a doctor” with `soon`.
THIS_WEEK = "See a doctor, this week"


def draft(unit: Unit, *, with_cases: bool = False) -> Flow:
    """Return the flow on the desk; its safety cases, which take longest to read, if asked for."""
    without: Collection[type[Part]] = () if with_cases else (SafetyCase,)
    return flow_from_rows(serialized(in_place(unit, parts_of(unit, without))))


def live_flow(desk: UnitAdmin, unit: Unit) -> Flow | None:
    """Return the flow that readers have; None if they have none."""
    live = desk.live_edition(unit)
    return flow_from_rows(rows_now(live)) if live else None


def pages_of(model: type[Question | Rule | SafetyCase], unit: Unit) -> dict[str, str]:
    """Return where each part of a questionnaire is edited, by its slug."""
    parts: Iterable[Part] = model.objects.filter(questionnaire=unit)
    return {part.slug: page_of(part) for part in parts}


def titles(model: type[Unit], slugs: Collection[str], field: str = "title") -> dict[str, str]:
    """Return what the desk calls these rows; one that is gone keeps its slug."""
    found: Any = model.objects.filter(slug__in=slugs)
    return {**dict(zip(slugs, slugs, strict=True)), **dict(found.values_list("slug", field))}


def sections(slugs: Collection[str]) -> list[Section]:
    """Return sections as the guide has them: article by article."""
    found = Section.objects.filter(slug__in=slugs).select_related("article")
    return list(found.order_by("article__order", "article__slug", "order", "slug"))


def how_soon(level: Level, soon: bool) -> str:
    """Return what the desk calls a level."""
    return THIS_WEEK if soon and level is Level.DOCTOR else level.label


def said(flow: Flow, option: Option) -> str:
    """Name an answer with its question, without the words of any country."""
    return plain(flow.name_of(option), [])


def fires_when(flow: Flow, rule: Any) -> str:
    """Say when a rule fires, without the words of any country."""
    return plain(condition(flow, rule), [])
