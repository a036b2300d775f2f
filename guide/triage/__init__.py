"""The engine of the questionnaire: questions ask, rules decide, pages tell.

Pure and standard library only. Nothing is stored: the path through the questions and the
assessment are recomputed from the answers each time.
"""

from __future__ import annotations

from guide.triage.assess import Assessment, Fit, Pointer, Reason, assess
from guide.triage.cases import failing_cases, missing_cases
from guide.triage.cookie import Written, decode, edition_number, encode
from guide.triage.earlier import Earlier, earlier
from guide.triage.flow import Answers, Case, Change, Flow, Level, Option, Question, Rule
from guide.triage.path import Path, carry, led_to, walk
from guide.triage.problem import Problem
from guide.triage.problems import problems
from guide.triage.rows import flow_from_rows
from guide.triage.summary import Summary, as_text, summarize
from guide.triage.voice import Voice, aloud, voice

__all__ = [
    "Answers",
    "Assessment",
    "Case",
    "Change",
    "Earlier",
    "Fit",
    "Flow",
    "Level",
    "Option",
    "Path",
    "Pointer",
    "Problem",
    "Question",
    "Reason",
    "Rule",
    "Summary",
    "Voice",
    "Written",
    "aloud",
    "as_text",
    "assess",
    "carry",
    "decode",
    "earlier",
    "edition_number",
    "encode",
    "failing_cases",
    "flow_from_rows",
    "led_to",
    "missing_cases",
    "problems",
    "summarize",
    "voice",
    "walk",
]
