"""The path through the questions: a pure function of the answers, and their pruner."""

from __future__ import annotations

from dataclasses import dataclass

from guide.triage.flow import Answers, Flow, Question


@dataclass(frozen=True)
class Path:
    """The questions these answers lead through, the answers that hold, and what has none."""

    asked: tuple[Question, ...]
    kept: Answers
    unanswered: tuple[Question, ...]

    @property
    def next(self) -> Question | None:
        """What to ask next; None when every question of the path has an answer."""
        return self.unanswered[0] if self.unanswered else None


def walk(flow: Flow, answers: Answers) -> Path:
    """Follow the answers from the first question to the last.

    Not kept, so asked again: "none of these" together with a sign, two answers to a question
    that takes one. Dropped: unknown codes, and answers to questions off the path.
    """
    asked, kept, unanswered = [], set[str](), []
    for question in flow.questions:
        if question.asked_when and question.asked_when.isdisjoint(kept):
            continue
        asked.append(question)
        given = question.codes & answers
        if question.accepts(given):
            kept |= given
        else:
            unanswered.append(question)
    return Path(tuple(asked), frozenset(kept), tuple(unanswered))


def led_to(flow: Flow, wanted: Question, answers: Answers) -> Answers:
    """Return answers that lead to a question: where one that opens it is missing, with that.

    Of several that would, it takes "not sure" or "none", which claim least.
    """
    while wanted.asked_when:
        opens = min(
            wanted.asked_when & answers or wanted.asked_when,
            key=lambda code: (not flow.option_of[code].exclusive, flow.place_of[code]),
        )
        wanted = flow.question_of[opens]
        alone = opens in wanted.exclusive or not wanted.many
        answers = (answers - (wanted.codes if alone else wanted.exclusive)) | {opens}
    return answers


def carry(old: Flow, new: Flow, answers: Answers) -> Answers:
    """Return the answers given to `old` that mean the same in `new`, to go on with."""
    before = {question.slug: question for question in old.questions}
    same = [
        question.codes
        for question in new.questions
        if question.slug in before and question.asks_the_same_as(before[question.slug])
    ]
    return answers & frozenset().union(*same)
