"""The questions of a flow as steps in words: what its map draws and its twin in text says."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TypedDict

from guide.pages.countries import plain
from guide.pages.flow_map import Step, Way
from guide.triage import Flow, Level, Option, Question
from guide.triage.outline import Gate, Lead, Stop, outline
from guide.triage.sentences import listed

#: So many answers are named; more are counted.
NAMED_AT_MOST = 2


class StepPage(TypedDict):
    """A question by its number and address on the page, and as it is drawn."""

    number: int
    slug: str
    label: str
    text: str
    drawn: Step


def steps(flow: Flow) -> list[StepPage]:
    """Return each question with when it is asked and where each kind of answer leads."""
    return [
        StepPage(
            number=number,
            slug=stop.question.slug,
            label=stop.question.label,
            text=stop.question.text,
            drawn=_step(flow, number, stop),
        )
        for number, stop in enumerate(outline(flow), start=1)
    ]


def _step(flow: Flow, number: int, stop: Stop) -> Step:
    asked = stop.question
    return Step(
        title=_plain(f"{number}. {asked.label}"),
        note=f"{_kind(flow, asked)}{_count(len(asked.options))}",
        gate=_plain(f"After {listed([_gate(gate) for gate in stop.gates])}") if stop.gates else "",
        ways=tuple(_ways(flow, stop)),
        kind="warning" if asked.warning else "plain",
    )


def _kind(flow: Flow, asked: Question) -> str:
    if asked in flow.follow_ups:
        return "Check together, "
    return "Warning signs, " if asked.warning else ""


def _gate(gate: Gate) -> str:
    """Name the answers that open a question, or those that do not if they are fewer."""
    at = f"“{gate.question.label}”"
    if not gate.others:
        return f"any answer to {at}"
    if len(gate.others) < len(gate.opening):
        return f"any answer to {at} but {_texts(gate.others)}"
    return f"{_texts(gate.opening)} at {at}"


def _ways(flow: Flow, stop: Stop) -> Iterator[Way]:
    """Yield where answers lead: to the result, worst first, then on."""
    for level in (Level.EMERGENCY, Level.URGENT):
        alone = [lead for lead in stop.leads if not lead.to and lead.level is level]
        for lead in alone:
            yield Way(level.slug, _count(len(lead.options)), _result(level))
        if any(rule.level is level for rule in stop.completes):
            yield Way(level.slug, "With other answers", _result(level))

    def reach(lead: Lead) -> tuple[int, int]:
        first = lead.to[0]
        far = flow.questions.index(first) if first else len(flow.questions)
        return len(lead.options), far

    # The largest group comes last, as whatever is left.
    onward = sorted((lead for lead in stop.leads if lead.to), key=reach)
    goes_on = any(lead.to != (None,) for lead in onward)
    for lead in onward:
        who = _rest(stop) if lead is onward[-1] else _who(lead)
        yield Way("end" if goes_on and lead.to == (None,) else "next", who, _where(lead))


def _rest(stop: Stop) -> str:
    return "Any other answer" if len(stop.leads) > 1 else "Any answer"


def _who(lead: Lead) -> str:
    named = len(lead.options) <= NAMED_AT_MOST
    return _texts(lead.options) if named else _count(len(lead.options))


def _result(level: Level) -> str:
    return f"{level.slug}, straight to the result"


def _where(lead: Lead) -> str:
    names = [f"“{question.label}”" if question else "the end" for question in lead.to]
    return "no more questions" if lead.to == (None,) else _plain(f"on to {listed(names)}")


def _texts(options: tuple[Option, ...]) -> str:
    return _plain(listed([f"“{option.text}”" for option in options]))


def _count(number: int) -> str:
    return "1 answer" if number == 1 else f"{number} answers"


def _plain(text: str) -> str:
    """A drawing has no room for the words of each country: use those that hold everywhere."""
    return plain(text, [])
