"""All questions and rules as the live editions hold them, for everyone to read."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import NamedTuple, TypedDict

from guide.models import Edition
from guide.pages.checks import Standing
from guide.pages.flow_map import FlowMap, flow_map
from guide.pages.markup import to_html
from guide.reading.asked import every, note, unit
from guide.reading.cards import (
    Columns,
    SectionCard,
    SourceCard,
    cautions,
    columns,
    of_kind,
    section_card,
    sources,
)
from guide.reading.live import Live, rows_now
from guide.reading.questionnaires import KIND, stands
from guide.reading.reachable import above
from guide.reading.steps import StepPage, steps
from guide.triage import Flow, Level, Rule, flow_from_rows
from guide.triage.assess import READ_AT_MOST, SHOWN_AT_MOST, SHOWN_FROM
from guide.triage.reach import longest_path
from guide.triage.sentences import sentence, to_do

END = "Your answers to check, then the result"


class AnswerRow(NamedTuple):
    """An answer, and what it leads to whatever else is answered."""

    text: str
    level: str
    to_do: str


class QuestionPage(TypedDict):
    step: StepPage
    many: bool
    hint: str
    why: str
    help_html: str
    answers: list[AnswerRow]


class RulePage(TypedDict):
    """A rule: its sentence, what it rests on and what else it does."""

    slug: str
    sentence: str
    ladder: list[str]
    sources: list[SourceCard]
    asked_at: list[StepPage]
    cautions: list[str]
    read: list[tuple[SectionCard, int]]


class RuleGroup(TypedDict):
    level: str
    rules: list[RulePage]


class QuestionnairePage(TypedDict):
    slug: str
    title: str
    summary: str
    other_slug: str
    number: int
    standing: Standing
    most_questions: int
    cases: int
    map: FlowMap
    questions: list[QuestionPage]
    rules: list[RuleGroup]
    count: int


class RulesPage(TypedDict):
    """`read_when_urgent` is all that may still be read then; points are what a section needs."""

    questionnaires: list[QuestionnairePage]
    read_when_urgent: list[SectionCard]
    shown_from: int
    shown_at_most: int


def all_rules(live: Live) -> RulesPage:
    """Return every live questionnaire with its map, its questions and its rules, in order."""
    editions = list(live.of(every(KIND)).order_by("order", "slug"))
    named = _read_by(editions)
    found = columns(live, "caution", "source", units=named, also=above(live, named))
    note(unit("article", row["parent"]) for row in of_kind(found, "section"))
    return RulesPage(
        questionnaires=[_questionnaire(edition, found) for edition in editions],
        read_when_urgent=[
            card for slug in sorted(READ_AT_MOST[Level.URGENT]) if (card := _section(slug, found))
        ],
        shown_from=SHOWN_FROM,
        shown_at_most=SHOWN_AT_MOST,
    )


def _read_by(editions: Sequence[Edition]) -> set[tuple[str, str]]:
    """Return the sections that a result may point to."""
    flows = [flow_from_rows(rows_now(edition)) for edition in editions]
    pointed = {slug for flow in flows for rule in flow.rules for slug in rule.pointers}
    return {("section", slug) for slug in pointed | set(READ_AT_MOST[Level.URGENT])}


def _questionnaire(edition: Edition, found: Columns) -> QuestionnairePage:
    flow = flow_from_rows(rows_now(edition))
    told = steps(flow)
    return QuestionnairePage(
        slug=flow.slug,
        title=flow.title,
        summary=flow.summary,
        other_slug=edition.card.get("other_slug", ""),
        number=edition.number,
        standing=stands(edition),
        most_questions=len(longest_path(flow, besides=flow.follow_ups)),
        cases=len(flow.cases),
        map=flow_map([step["drawn"] for step in told], END),
        questions=[_question(flow, place, step) for place, step in enumerate(told)],
        rules=list(_groups(flow, told, found)),
        count=len(flow.rules),
    )


def _question(flow: Flow, place: int, step: StepPage) -> QuestionPage:
    question = flow.questions[place]
    return QuestionPage(
        step=step,
        many=question.many,
        hint=question.hint,
        why=question.why,
        help_html=to_html(question.help),
        answers=[
            AnswerRow(option.text, flow.floor_of[option.code].slug, _alone(flow, option.code))
            for option in question.options
        ],
    )


def _alone(flow: Flow, code: str) -> str:
    """Say what an answer leads to by itself; nothing if it raises no level."""
    level = flow.floor_of[code]
    if level is Level.SELF_CARE:
        return ""
    own = [rule for rule in flow.rules if len(rule.groups) == 1 and code in rule.codes]
    return to_do(level, soon=any(rule.soon for rule in own))


def _groups(flow: Flow, told: list[StepPage], found: Columns) -> Iterator[RuleGroup]:
    for level in sorted(Level, reverse=True):
        rules = [_rule(flow, rule, told, found) for rule in flow.rules if rule.level is level]
        if rules:
            yield RuleGroup(level=level.slug, rules=rules)


def _rule(flow: Flow, rule: Rule, told: list[StepPage], found: Columns) -> RulePage:
    asking = zip(flow.questions, told, strict=True)
    return RulePage(
        slug=rule.slug,
        sentence=sentence(flow, rule),
        ladder=rule.implements.split(),
        sources=sources(rule.sources, found),
        asked_at=[step for question, step in asking if question.codes & rule.codes],
        cautions=[card["name"] for card in cautions(rule.cautions, found)],
        read=list(_read(rule, found)),
    )


def _read(rule: Rule, found: Columns) -> Iterator[tuple[SectionCard, int]]:
    """Yield the sections that a rule speaks for, as far as readers can see them."""
    for slug, weight in sorted(rule.pointers.items(), key=lambda pointer: -pointer[1]):
        if card := _section(slug, found):
            yield card, weight


def _section(slug: str, found: Columns) -> SectionCard | None:
    row = found.get(("section", slug))
    return section_card(row) if row and ("article", row["parent"]) in found else None
