"""What a doctor wants to know of the answers: yes, no, not sure, and what is open."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import NamedTuple

from guide.triage.assess import Assessment, assess
from guide.triage.flow import Answers, Flow, Level, Option, Question
from guide.triage.path import walk
from guide.triage.voice import voice

TITLE = "Leg symptoms: summary made with LegRelief. Not a diagnosis."
#: What no question asks, for the reader to write by hand.
TO_FILL_IN = ("Since when", "Medicines", "My questions", "Date")

_HOW_SOON = {
    Level.EMERGENCY: "Call {emergency} now.",
    Level.URGENT: "See a {doctor} today.",
    Level.DOCTOR: "See a {doctor}. It is not urgent.",
    Level.SELF_CARE: "Nothing in these answers needs urgent care.",
}
_THIS_WEEK = "See a {doctor} this week."
#: Said in place of what reassures, as long as a warning sign may still come up.
_NOT_ALL_ASKED = "Not all warning signs were asked yet."
_SO_FAR = {Level.DOCTOR: "See a {doctor}.", Level.SELF_CARE: ""}


class Line(NamedTuple):
    """A question by its short label, and what was said about it."""

    label: str
    said: tuple[str, ...]


class Block(NamedTuple):
    """The lines under one heading."""

    heading: str
    lines: tuple[Line, ...]


class Summary(NamedTuple):
    """All answers, sorted. Signs are denied one by one, as clinicians want to see them."""

    answered_by: str
    how_soon: str
    yes: tuple[Line, ...]
    no: tuple[Line, ...]
    unsure: tuple[Line, ...]
    open: tuple[Line, ...]

    @property
    def blocks(self) -> list[Block]:
        """The parts that hold something, in the order in which to read them."""
        parts = [
            Block("What I said yes to", self.yes),
            Block("What I said no to", self.no),
            Block("Not sure about", self.unsure),
            Block("Not answered", self.open),
        ]
        return [part for part in parts if part.lines]


def summarize(flow: Flow, answers: Answers) -> Summary:
    """Sort all answers on the path. A "not sure" that was checked together gives way to that."""
    path = walk(flow, answers)
    yes, no, unsure = [], [], []
    for question in path.asked:
        given = question.codes & path.kept
        if flow.checked_together.isdisjoint(given):
            chosen = [option for option in question.options if option.code in given]
            doubted = [option for option in chosen if option.exclusive == "unsure"]
            yes.append(_line(question, (option for option in chosen if not option.exclusive)))
            no.append(_line(question, () if doubted else _denied(question, chosen)))
            unsure.append(_line(question, doubted))
    return Summary(
        answered_by=voice(flow).answered_by,
        how_soon=_how_soon(assess(flow, path.kept)),
        yes=_not_empty(yes),
        no=_not_empty(no),
        unsure=_not_empty(unsure),
        open=tuple(Line(question.label, ()) for question in path.unanswered),
    )


def as_text(summary: Summary) -> str:
    """Return a summary as plain text, to paste into a message."""
    parts = [TITLE, summary.answered_by, f"How soon to get help: {summary.how_soon}", ""]
    for heading, lines in summary.blocks:
        parts += [heading.upper(), *(f"- {_in_one(line)}" for line in lines), ""]
    return "\n".join([*parts, *(f"{name}: ____" for name in TO_FILL_IN)])


def _line(question: Question, options: Iterable[Option]) -> Line:
    return Line(question.label, tuple(option.quoted for option in options))


def _denied(question: Question, chosen: list[Option]) -> Iterator[Option]:
    """Yield the signs that were not chosen on an answered page; elsewhere the "none" itself."""
    if chosen and question.warning:
        yield from (option for option in question.ordinary if option not in chosen)
    else:
        yield from (option for option in chosen if option.exclusive)


def _not_empty(lines: list[Line]) -> tuple[Line, ...]:
    return tuple(line for line in lines if line.said)


def _how_soon(found: Assessment) -> str:
    all_asked = not any(asked.warning for asked in found.not_asked)
    if all_asked or found.level not in _SO_FAR:
        return _THIS_WEEK if found.soon else _HOW_SOON[found.level]
    so_far = _THIS_WEEK if found.soon else _SO_FAR[found.level]
    return f"{so_far} {_NOT_ALL_ASKED}".strip()


def _in_one(line: Line) -> str:
    return ": ".join([line.label, *filter(None, ["; ".join(line.said)])])
