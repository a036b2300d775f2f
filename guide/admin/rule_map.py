"""The map of the questions as they stand on the desk: each leads to where it is edited."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from django.http import HttpRequest, HttpResponse

from guide.admin.drafts import draft, pages_of
from guide.admin.unit_pages import desk_page, unit_or_404
from guide.models import Question, Rule
from guide.pages.countries import plain
from guide.pages.flow_map import Part, Step, flow_map
from guide.reading.rules import END
from guide.reading.steps import steps
from guide.triage import Flow
from guide.triage.outline import outline

if TYPE_CHECKING:
    from guide.admin.units import UnitAdmin


class Drawn(NamedTuple):
    """A question of the map: its drawing, its words, and the page where it is edited.

    `answers` lead to their lines of that page, `completes` to the rules that wait for several.
    """

    part: Part
    step: Step
    url: str
    answers: list[tuple[str, str]]
    completes: list[tuple[str, str]]


def map_page(desk: UnitAdmin, request: HttpRequest, pk: int) -> HttpResponse:
    """Show the map of the draft, and beside it the same in words."""
    unit = unit_or_404(desk, request, pk)
    flow = draft(unit)
    drawn = flow_map([step["drawn"] for step in steps(flow)], END)
    questions, rules = pages_of(Question, unit), pages_of(Rule, unit)
    context = {
        "original": unit,
        "here": "map",
        "width": drawn.width,
        "questions": _questions(flow, drawn.parts, questions, rules),
        "end": drawn.parts[-1],
    }
    return desk_page(desk, request, "map", "Map of the questions", context)


def _questions(
    flow: Flow, parts: tuple[Part, ...], questions: dict[str, str], rules: dict[str, str]
) -> list[Drawn]:
    told = zip(parts, steps(flow), outline(flow), strict=False)  # the last part is the end
    return [
        Drawn(
            part,
            step["drawn"],
            url := questions[step["slug"]],
            [
                (plain(option.text, []), f"{url}#id_options-{place}-text")
                for place, option in enumerate(stop.question.options)
            ],
            [(rule.slug, rules[rule.slug]) for rule in stop.completes],
        )
        for part, step, stop in told
    ]
