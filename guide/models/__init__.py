"""The rows of the desk and the editions of the print."""

from __future__ import annotations

from guide.models.articles import (
    GETTING_HELP,
    WARNING_SIGNS,
    Article,
    CareCard,
    Evidence,
    Section,
    Tip,
)
from guide.models.base import DESK_FIELDS, Card, ChoiceListField, Part, Row, Unit, tidy
from guide.models.counts import PageCount
from guide.models.drawn import DrawnPage
from guide.models.editions import Edition, EditionQuerySet, LoadedRow, Press
from guide.models.faqs import FAQ
from guide.models.faults import Fault, Look
from guide.models.moved import Moved, Names, former, renamed
from guide.models.questionnaires import RESERVED, Option, Question, Questionnaire
from guide.models.reference import Caution, Claim, Country, ExemptWord, Source
from guide.models.routines import Routine, RoutineStep
from guide.models.rules import Level, Rule, RuleGroup, RulePointer, SafetyCase
from guide.models.search import (
    Area,
    SearchDocument,
    SearchTerm,
    SearchWord,
    Synonym,
    WarningWord,
)
from guide.models.sign_ins import KEPT, SignIn
from guide.models.stretches import (
    CRAMPS,
    MUSCLES,
    Moment,
    Muscle,
    Place,
    Position,
    Sides,
    Stretch,
    StretchStep,
)
from guide.models.submissions import Hand, Submission, Verdict

#: Every kind of unit, each after those it points to.
UNITS: tuple[type[Unit], ...] = (
    Country,
    Source,
    Caution,
    Claim,
    Stretch,
    Routine,
    Article,
    Section,
    FAQ,
    Questionnaire,
    Synonym,
    WarningWord,
)

UNIT_BY_KIND: dict[str, type[Unit]] = {unit.kind: unit for unit in UNITS}

__all__ = [
    "CRAMPS",
    "DESK_FIELDS",
    "FAQ",
    "GETTING_HELP",
    "KEPT",
    "MUSCLES",
    "RESERVED",
    "UNITS",
    "UNIT_BY_KIND",
    "WARNING_SIGNS",
    "Area",
    "Article",
    "Card",
    "CareCard",
    "Caution",
    "ChoiceListField",
    "Claim",
    "Country",
    "DrawnPage",
    "Edition",
    "EditionQuerySet",
    "Evidence",
    "ExemptWord",
    "Fault",
    "Hand",
    "Level",
    "LoadedRow",
    "Look",
    "Moment",
    "Moved",
    "Muscle",
    "Names",
    "Option",
    "PageCount",
    "Part",
    "Place",
    "Position",
    "Press",
    "Question",
    "Questionnaire",
    "Routine",
    "RoutineStep",
    "Row",
    "Rule",
    "RuleGroup",
    "RulePointer",
    "SafetyCase",
    "SearchDocument",
    "SearchTerm",
    "SearchWord",
    "Section",
    "Sides",
    "SignIn",
    "Source",
    "Stretch",
    "StretchStep",
    "Submission",
    "Synonym",
    "Tip",
    "Unit",
    "Verdict",
    "WarningWord",
    "former",
    "renamed",
    "tidy",
]
