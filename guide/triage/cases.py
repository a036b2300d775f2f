"""Safety cases: people whose answers must come to what a clinician expects."""

from __future__ import annotations

from collections.abc import Iterator
from textwrap import shorten

from guide.triage.assess import assess
from guide.triage.flow import Case, Flow, Level
from guide.triage.path import walk
from guide.triage.problem import Problem

#: So much of a story tells a colleague which case is meant.
STORY_AT_MOST = 80


def failing_cases(flow: Flow) -> list[Problem]:
    """Return a sentence for each thing that a safety case expects and does not get."""
    return [
        Problem(f"The case “{case.slug}” ({_short(case.story)}) {fault}", case=case.slug)
        for case in flow.cases
        for fault in _faults(flow, case)
    ]


def _short(story: str) -> str:
    return shorten(story, STORY_AT_MOST, placeholder=" …")


def _faults(flow: Flow, case: Case) -> Iterator[str]:
    lost = case.answers - walk(flow, case.answers).kept
    if lost:
        answers = ", ".join(flow.name_of(option) for option in flow.in_order(lost))
        yield f"gives {answers}, which cannot be answered together with the rest."
    found = assess(flow, case.answers)
    if found.level is not case.level:
        yield f"comes out as “{found.level.label}”, not as “{case.level.label}”."
    shown = {pointer.section for pointer in found.pointers}
    for section in sorted(case.must_show - shown):
        yield f"does not show the section “{section}”."
    for section in sorted(case.must_not_show & shown):
        yield f"shows the section “{section}”."


def missing_cases(flow: Flow) -> list[Problem]:
    """Return a sentence for each level and each rule that could be lost without a case failing.

    A rule is guarded by a case whose level it decides alone: dropped or lowered, it fails
    that case.
    """
    worst = [assess(flow, case.answers).worst for case in flow.cases]
    guarded = {reasons[0].rule for reasons in worst if len(reasons) == 1}
    return [line for level in Level for line in _missing(flow, level, guarded)]


def _missing(flow: Flow, level: Level, guarded: set[str]) -> Iterator[Problem]:
    if not any(case.level is level for case in flow.cases):
        yield Problem(f"No safety case must come out as “{level.label}”. Add one.")
    elif level > Level.SELF_CARE:
        for rule in flow.rules:
            if rule.level is level and rule.slug not in guarded:
                yield Problem(
                    f"The rule “{rule.slug}” could be lost unseen. Add a safety case that "
                    f"no other rule leads to “{level.label}”.",
                    rule=rule.slug,
                )
