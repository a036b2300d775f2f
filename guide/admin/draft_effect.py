"""What the draft of a questionnaire would change for people, before anyone publishes it."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any, NamedTuple

from django.http import HttpRequest, HttpResponse

from guide.admin.drafts import draft, how_soon, live_flow, pages_of, said, titles
from guide.admin.unit_pages import desk_page, unit_or_404
from guide.models import SafetyCase, Section, Unit
from guide.triage import Flow, failing_cases
from guide.triage.effect import LOOKED_AT_MOST, Effect, Move, effect

if TYPE_CHECKING:
    from guide.admin.units import UnitAdmin


class Moved(NamedTuple):
    """A move in words: the answers or the story, from where to where, and for how many."""

    name: str
    url: str
    words: list[str]
    was: str
    now: str
    up: bool
    people: int


def effect_page(desk: UnitAdmin, request: HttpRequest, pk: int) -> HttpResponse:
    """Compare the desk with the live edition. It takes a second or two, so only when asked."""
    unit = unit_or_404(desk, request, pk)
    flow, live = draft(unit, with_cases=True), live_flow(desk, unit)
    context = {
        "original": unit,
        "here": "effect",
        "live": desk.live_edition(unit),
        "failing": failing_cases(flow),
        **(_told(unit, live, flow) if live else {}),
    }
    return desk_page(desk, request, "effect", "Effect of the draft", context)


def _told(unit: Unit, live: Flow, flow: Flow) -> dict[str, Any]:
    """Return all that the page says of the effect."""
    found, pages = effect(live, flow), pages_of(SafetyCase, unit)
    names = titles(Section, {*found.lost_sections, *found.new_sections})
    return {
        "people": f"{found.people:,}",
        "sentence": sentence(found),
        "nothing": not any(_sums(found)),
        "cases": [
            _moved(live, flow, one.move)._replace(
                name=one.case.slug, url=pages.get(one.case.slug, ""), words=[one.case.story]
            )
            for one in found.moved_cases
        ],
        "examples": [_moved(live, flow, move) for move in found.examples],
        "looked_at": LOOKED_AT_MOST,
        "others": list(_others(found)),
        "lost_sections": [names[slug] for slug in found.lost_sections],
        "new_sections": [names[slug] for slug in found.new_sections],
    }


def sentence(found: Effect) -> str:
    """Say it all in one breath: 2 cases up, 0 down; 31 of 20,000 made-up people up, 0 down."""
    up = sum(one.move.up for one in found.moved_cases)
    parts = [
        f"{_count(up, 'case')} up, {len(found.moved_cases) - up} down",
        f"{found.up:,} of {found.people:,} random answer sets up, {found.down:,} down",
        f"{_count(len(found.lost_sections), 'section')} no longer reachable",
    ]
    if found.new_sections:
        parts.append(f"{_count(len(found.new_sections), 'section')} newly reachable")
    return "; ".join(parts) + "."


def _count(number: int, noun: str) -> str:
    return f"{number:,} {noun}" if number == 1 else f"{number:,} {noun}s"


def _others(found: Effect) -> Iterator[str]:
    """Say how many are told other things at the same level."""
    yield f"Answer sets that are shown other sections: {found.other_sections:,}."
    yield f"Answer sets that lose a caution: {found.lost_cautions:,}."
    yield f"Answer sets that gain a caution: {found.new_cautions:,}."


def _sums(found: Effect) -> tuple[int, ...]:
    return (
        len(found.moved_cases) + len(found.lost_sections) + len(found.new_sections),
        found.up + found.down,
        found.other_sections,
        found.lost_cautions,
        found.new_cautions,
    )


def _moved(live: Flow, flow: Flow, move: Move) -> Moved:
    return Moved(
        name="",
        url="",
        words=list(_words(live, flow, move)),
        was=how_soon(*move.was.how_soon),
        now=how_soon(*move.now.how_soon),
        up=move.up,
        people=move.people,
    )


def _words(live: Flow, flow: Flow, move: Move) -> Iterator[str]:
    """Name the answers as the draft does; those that it no longer has, as readers know them."""
    known = move.answers & flow.option_of.keys()
    yield from (said(flow, option) for option in flow.in_order(known))
    yield from (said(live, option) for option in live.in_order(move.answers - known))
