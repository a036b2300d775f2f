"""The engine of the questionnaire: questions ask, rules decide, pages tell.

Pure and standard library only. Nothing is stored: the path through the questions and the
assessment are recomputed from the answers each time.
"""

from __future__ import annotations

from guide.triage.assess import Assessment, Fit, Pointer, Reason, assess
from guide.triage.cases import failing_cases, missing_cases
from guide.triage.cookie import decode, encode
from guide.triage.flow import Answers, Case, Change, Flow, Level, Option, Question, Rule
from guide.triage.path import Path, carry, walk
from guide.triage.problems import problems
from guide.triage.rows import flow_from_rows
from guide.triage.summary import Summary, as_text, summarize
from guide.triage.voice import Voice, aloud, voice

__all__ = [
    "Answers",
    "Assessment",
    "Case",
    "Change",
    "Fit",
    "Flow",
    "Level",
    "Option",
    "Path",
    "Pointer",
    "Question",
    "Reason",
    "Rule",
    "Summary",
    "Voice",
    "aloud",
    "as_text",
    "assess",
    "carry",
    "decode",
    "encode",
    "failing_cases",
    "flow_from_rows",
    "missing_cases",
    "problems",
    "summarize",
    "voice",
    "walk",
]
