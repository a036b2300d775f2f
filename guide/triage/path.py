"""The path through the questions: a pure function of the answers, and their pruner."""

from __future__ import annotations

from dataclasses import dataclass

from guide.triage.flow import Answers, Flow, Question


@dataclass(frozen=True)
class Path:
    """The questions these answers lead through, the answers that hold, and what to ask next.

    `next` is None when every question of the path has an answer.
    """

    asked: tuple[Question, ...]
    kept: Answers
    next: Question | None

    @property
    def unanswered(self) -> tuple[Question, ...]:
        return tuple(question for question in self.asked if question.codes.isdisjoint(self.kept))


def walk(flow: Flow, answers: Answers) -> Path:
    """Follow the answers from the first question to the last.

    Not kept, so asked again: "none of these" together with a sign, two answers to a question
    that takes one. Dropped: unknown codes, and answers to questions off the path.
    """
    asked, kept, todo = [], set[str](), None
    for question in flow.questions:
        if question.asked_when and question.asked_when.isdisjoint(kept):
            continue
        asked.append(question)
        given = question.codes & answers
        if question.accepts(given):
            kept |= given
        elif todo is None:
            todo = question
    return Path(tuple(asked), frozenset(kept), todo)


def carry(old: Flow, new: Flow, answers: Answers) -> Answers:
    """Return the answers given to `old` that mean the same in `new`, to go on with."""
    before = {question.slug: question for question in old.questions}
    same = [
        question.codes
        for question in new.questions
        if question.slug in before and question.asks_the_same_as(before[question.slug])
    ]
    return answers & frozenset().union(*same)
