"""The questionnaires as their fixtures hold them: no database between the text and the test."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from itertools import combinations
from pathlib import Path
from typing import Any, Protocol, TypeVar

import yaml
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st

from guide.triage import Answers, Flow, Question, flow_from_rows, walk

FIXTURES = Path(__file__).resolve().parents[2] / "fixtures"
NAMES = ["legs", "child"]

#: The same examples each time, and no verdict on how busy the machine is.
reproducible = settings(
    derandomize=True,
    deadline=None,
    max_examples=120,
    suppress_health_check=[HealthCheck.too_slow],
)

T = TypeVar("T")

#: How often a page is left out, and how often it is not "none" on a page that has one.
LEFT_OUT = [False] * 9 + [True]
SIGN_ON_WARNING_PAGE = [False] * 14 + [True]
SIGN_ELSEWHERE = [False] * 3 + [True] * 7


class Choose(Protocol):
    """Picks one of several: random.Random(7).choice, or whatever Hypothesis draws."""

    def __call__(self, options: Sequence[T], /) -> T: ...


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


def somebody(flow: Flow, choose: Choose) -> Answers:
    """Answer as somebody might: few warning signs, some questions left out."""
    answers = frozenset[str]()
    for question in flow.questions:
        open_now = not question.asked_when or not question.asked_when.isdisjoint(answers)
        if open_now and not choose(LEFT_OUT):
            answers |= an_answer(question, choose)
    return answers


def an_answer(question: Question, choose: Choose) -> Answers:
    if not question.many:
        return frozenset({choose(question.options).code})
    exclusive = [option.code for option in question.options if option.exclusive]
    if exclusive and not choose(SIGN_ON_WARNING_PAGE if question.warning else SIGN_ELSEWHERE):
        return frozenset({choose([*exclusive[:1] * 6, *exclusive])})
    count = choose([1, 1, 2, 3])
    return frozenset(choose(question.ordinary).code for _ in range(count))


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
