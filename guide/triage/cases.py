"""Safety cases: people whose answers must come to what a clinician expects."""

from __future__ import annotations

from collections.abc import Iterator

from guide.triage.assess import assess
from guide.triage.flow import Case, Flow
from guide.triage.path import walk


def failing_cases(flow: Flow) -> list[str]:
    """Return a sentence for each thing that a safety case expects and does not get."""
    return [f"{case.slug}: {fault}" for case in flow.cases for fault in _faults(flow, case)]


def _faults(flow: Flow, case: Case) -> Iterator[str]:
    lost = case.answers - walk(flow, case.answers).kept
    if lost:
        answers = ", ".join(f"“{option.text}”" for option in flow.in_order(lost))
        yield f"{answers} cannot be answered together with the rest."
    found = assess(flow, case.answers)
    if found.level is not case.level:
        yield f"comes to {found.level.slug}, expected {case.level.slug}."
    shown = {pointer.section for pointer in found.pointers}
    for section in sorted(case.must_show - shown):
        yield f"does not show {section}."
    for section in sorted(case.must_not_show & shown):
        yield f"shows {section}."
