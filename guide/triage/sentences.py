"""A rule as a sentence that a clinician can read and sign."""

from __future__ import annotations

from collections.abc import Sequence

from guide.triage.flow import Flow, Level, Rule

_TO_DO = {
    Level.EMERGENCY: "call {emergency} now",
    Level.URGENT: "see a {doctor} today",
    Level.DOCTOR: "see a {doctor}, not urgent",
    Level.SELF_CARE: "the level stays as it is",
}


def sentence(flow: Flow, rule: Rule) -> str:
    """Return what a rule says: If one answer is “A” or “B”, and one is “C”: see a doctor today.

    Words of countries are left as tokens.
    """
    because = f" {rule.because}" if rule.because else ""
    return f"{condition(flow, rule)}: {to_do(rule.level, soon=rule.soon)}.{because}"


def condition(flow: Flow, rule: Rule) -> str:
    """Return when a rule fires: If one answer is “A” or “B”, and one is “C”."""
    return _condition([_answers(flow, group) for group in rule.groups])


def to_do(level: Level, *, soon: bool = False) -> str:
    """Return what a level asks for, as the end of a sentence."""
    return "see a {doctor} this week" if soon and level is Level.DOCTOR else _TO_DO[level]


def listed(names: Sequence[str]) -> str:
    *first, last = names
    return f"{', '.join(first)} or {last}" if first else last


def _condition(groups: Sequence[Sequence[str]]) -> str:
    if len(groups) == 1:
        return f"If {'the' if len(groups[0]) == 1 else 'one'} answer is {listed(groups[0])}"
    *first, last = map(listed, groups)
    return f"If one answer is {', one is '.join(first)}, and one is {last}"


def _answers(flow: Flow, codes: frozenset[str]) -> list[str]:
    """Quote these answers in their order, once where a follow-up asks for the same sign.

    "None of these" means nothing by itself, so it comes with its question.
    """
    asked_at: dict[tuple[str, str], list[str]] = {}
    for question in flow.questions:
        for option in question.options:
            if option.code in codes:
                asked_at.setdefault((option.text, option.exclusive), []).append(question.label)
    return [
        f"“{text}” at “{labels[0]}”" if exclusive and len(labels) == 1 else f"“{text}”"
        for (text, exclusive), labels in asked_at.items()
    ]
