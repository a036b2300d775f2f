"""The questionnaires as their fixtures hold them: no database between the text and the test."""

from __future__ import annotations

import random
from functools import cache
from pathlib import Path
from typing import Any

import yaml

from guide.triage import Answers, Flow, Question, flow_from_rows, walk

FIXTURES = Path(__file__).resolve().parents[2] / "fixtures"
NAMES = ["legs", "child"]


@cache
def published(name: str) -> Flow:
    text = (FIXTURES / "questionnaires" / f"{name}.yaml").read_text(encoding="utf-8")
    return flow_from_rows(yaml.safe_load(text))


def slugs_of(model: str) -> set[str]:
    """The slugs of all rows of one model, such as guide.section, in all fixtures."""
    return {row["fields"]["slug"] for row in _all_rows() if row["model"] == model}


@cache
def _all_rows() -> list[dict[str, Any]]:
    files = sorted(FIXTURES.rglob("*.yaml"))
    return [row for path in files for row in yaml.safe_load(path.read_text(encoding="utf-8"))]


def somebody(flow: Flow, chance: random.Random) -> Answers:
    """Answer as somebody might: few warning signs, some questions left out."""
    answers = frozenset[str]()
    passed: set[str] = set()
    while todo := next(
        (asked for asked in walk(flow, answers).unanswered if asked.slug not in passed), None
    ):
        passed.add(todo.slug)
        if chance.random() < 0.9:
            answers |= an_answer(todo, chance)
    return answers


def an_answer(question: Question, chance: random.Random) -> Answers:
    ordinary = [option.code for option in question.ordinary]
    exclusive = sorted(question.exclusive)
    if exclusive and chance.random() < (0.8 if question.warning else 0.3):
        return frozenset({chance.choice(exclusive)})
    most = 3 if question.many else 1
    return frozenset(chance.sample(ordinary, chance.randint(1, min(most, len(ordinary)))))
