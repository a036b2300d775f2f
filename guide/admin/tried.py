"""What the draft makes of some answers, in words, and where readers get something else."""

from __future__ import annotations

from collections.abc import Collection
from typing import Any, NamedTuple

from guide.admin.drafts import how_soon, said, titles
from guide.models import Caution, Section
from guide.pages.countries import plain
from guide.triage import Answers, Flow, assess, walk
from guide.triage.assess import Outcome, outcome
from guide.triage.what_if import flips


class Found(NamedTuple):
    """What the draft makes of the answers, in words, and where readers get something else."""

    level: str
    level_slug: str
    reasons: list[tuple[str, str, str]]
    sections: list[tuple[str, int, str, str]]
    cautions: list[str]
    not_asked: list[str]
    dropped: list[str]
    changes: list[tuple[str, list[str]]]
    differs: list[str]
    is_live: bool


def found(flow: Flow, live: Flow | None, answers: Answers) -> Found:
    """Return all that the panel says of some answers."""
    path = walk(flow, answers)
    result = assess(flow, path.kept)
    now = outcome(flow, path.kept)
    names = titles(Section, {one.section for one in result.pointers})
    cautions = titles(Caution, result.cautions, "name")
    return Found(
        level=how_soon(*now.how_soon),
        level_slug=result.level.slug,
        reasons=[
            (one.rule, how_soon(one.level, one.soon), plain(one.because, []))
            for one in result.reasons
        ],
        sections=[
            (names[one.section], one.points, str(one.fit), plain("; ".join(one.because), []))
            for one in result.pointers
        ],
        cautions=[cautions[slug] for slug in result.cautions],
        not_asked=[plain(question.label, []) for question in path.unanswered],
        dropped=[said(flow, option) for option in flow.in_order(answers - path.kept)],
        changes=_changes(flow, path.kept),
        differs=_differs(now, outcome(live, answers)) if live else [],
        is_live=live is not None,
    )


def _changes(flow: Flow, kept: Answers) -> list[tuple[str, list[str]]]:
    """Return each level that one answer would lead to, with these answers."""
    by_level: dict[str, list[str]] = {}
    for flip in flips(flow, kept):
        verb = "Give" if flip.given else "Take back"
        level = how_soon(*flip.outcome.how_soon)
        by_level.setdefault(level, []).append(f"{verb} {said(flow, flip.option)}")
    return list(by_level.items())


def _differs(now: Outcome, live: Outcome) -> list[str]:
    """Say what readers are told otherwise by the live edition."""
    found = []
    if live.how_soon != now.how_soon:
        found.append(f"How soon: {how_soon(*live.how_soon)}.")
    for model, field, word, mine, theirs in (
        (Section, "title", "section", now.sections, live.sections),
        (Caution, "name", "caution", now.cautions, live.cautions),
    ):
        found += _more(model, field, f"Readers also get the {word}", theirs - mine)
        found += _more(model, field, f"Readers do not get the {word}", mine - theirs)
    return found


def _more(model: Any, field: str, words: str, slugs: Collection[str]) -> list[str]:
    return [f"{words} “{name}”." for name in titles(model, sorted(slugs), field).values()]
