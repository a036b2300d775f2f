"""The questionnaires as their fixtures hold them: no database between the text and the test."""

from __future__ import annotations

from functools import cache
from itertools import combinations
from pathlib import Path
from typing import Any

import yaml
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st

from guide.triage import Answers, Flow, Question, flow_from_rows, walk
from guide.triage.people import somebody

FIXTURES = Path(__file__).resolve().parents[2] / "fixtures"
NAMES = ["legs", "child"]

#: The same examples each time, and no verdict on how busy the machine is.
reproducible = settings(
    derandomize=True,
    deadline=None,
    max_examples=120,
    suppress_health_check=[HealthCheck.too_slow],
)


@cache
def published(name: str, *, for_other: bool = False) -> Flow:
    return flow_from_rows(_rows(FIXTURES / "questionnaires" / f"{name}.yaml"), for_other=for_other)


def slugs_of(model: str) -> set[str]:
    """The slugs of all rows of one model, such as guide.section, in all fixtures."""
    files = sorted(FIXTURES.rglob("*.yaml"))
    return {row["fields"]["slug"] for path in files for row in _rows(path) if row["model"] == model}


@cache
def _rows(path: Path) -> list[dict[str, Any]]:
    rows: list[dict[str, Any]] = yaml.load(path.read_text(encoding="utf-8"), yaml.CSafeLoader)
    return rows


def people(flow: Flow) -> st.SearchStrategy[Answers]:
    """What people may answer. A failing example shrinks to a person with few signs."""

    @st.composite
    def drawn(draw: st.DrawFn) -> Answers:
        return somebody(flow, lambda options: draw(st.sampled_from(options)))

    return drawn()


def change(flow: Flow, answers: Answers, question: Question, chosen: Answers) -> Answers:
    """What is kept when a page is answered, or answered anew, as the site does at each POST."""
    return walk(flow, (answers - question.codes) | chosen).kept


def led_to(flow: Flow, codes: Answers) -> Answers | None:
    """Add the answers that lead to these; None if nobody can give them together."""
    for question in flow.questions:
        given = question.codes & codes
        if given and not question.accepts(given):
            return None
    for question in reversed(flow.questions):
        if question.asked_when and question.codes & codes and not question.asked_when & codes:
            ways = (led_to(flow, codes | {opener}) for opener in sorted(question.asked_when))
            return next((way for way in ways if way is not None), None)
    return codes


@cache
def alone(name: str) -> dict[str, Answers]:
    """For each answer, the fewest that lead to it, and itself."""
    flow = published(name)
    found = {code: led_to(flow, frozenset({code})) for code in flow.option_of}
    return {code: answers for code, answers in found.items() if answers}


@cache
def in_twos(name: str) -> set[Answers]:
    """For any two answers that one reader can give, the fewest that lead to both."""
    flow = published(name)
    found = (led_to(flow, frozenset(two)) for two in combinations(flow.option_of, 2))
    return {answers for answers in found if answers}
