"""People who never were: answers as somebody might give them, drawn by chance."""

from __future__ import annotations

import random
from collections.abc import Iterator, Sequence
from typing import Protocol, TypeVar

from guide.triage.flow import Answers, Flow, Question

T = TypeVar("T")

#: How often a page is left out, and how often it is not "none" on a page that has one.
LEFT_OUT = [False] * 9 + [True]
SIGN_ON_WARNING_PAGE = [False] * 14 + [True]
SIGN_ELSEWHERE = [False] * 3 + [True] * 7
#: The same people each time, so that two looks agree.
SEED = 7


class Choose(Protocol):
    """Picks one of several: random.Random(7).choice, or whatever a test draws."""

    def __call__(self, options: Sequence[T], /) -> T: ...


def crowd(flow: Flow, count: int, seed: int = SEED) -> Iterator[Answers]:
    """Yield what so many people answer, the same ones at every call."""
    choose = random.Random(seed).choice  # noqa: S311 - people for a count, not a secret
    for _ in range(count):
        yield somebody(flow, choose)


def somebody(flow: Flow, choose: Choose) -> Answers:
    """Answer as somebody might: few warning signs, some questions left out."""
    answers = frozenset[str]()
    for question in flow.questions:
        open_now = not question.asked_when or not question.asked_when.isdisjoint(answers)
        if open_now and question.options and not choose(LEFT_OUT):
            answers |= an_answer(question, choose)
    return answers


def an_answer(question: Question, choose: Choose) -> Answers:
    """Answer a question: now and then with two or three answers, where it takes many."""
    if not question.many:
        return frozenset({choose(question.options).code})
    exclusive = [option.code for option in question.options if option.exclusive]
    signs = question.ordinary
    rare = SIGN_ON_WARNING_PAGE if question.warning else SIGN_ELSEWHERE
    if exclusive and (not signs or not choose(rare)):
        return frozenset({choose([*exclusive[:1] * 6, *exclusive])})
    count = choose([1, 1, 2, 3])
    return frozenset(choose(signs).code for _ in range(count))
