"""What is wrong with a flow, in words for the colleague who edits it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator

from guide.triage.assess import SHOWN_FROM, points
from guide.triage.cookie import encode
from guide.triage.flow import Flow, Level, Question, Rule
from guide.triage.problem import Problem
from guide.triage.reach import can_be_shown, can_come_to, longest_path

OPTIONS_AT_MOST = 8
QUESTIONS_AT_MOST = 10
COOKIE_BYTES_AT_MOST = 500
#: What each picture is made of: a part chooses the answer of the same short name.
PARTS_OF = {"leg": ("hip", "front-thigh", "back-thigh", "knee", "shin", "calf", "foot")}


def problems(flow: Flow) -> list[Problem]:
    """Return why readers must not be given this flow; nothing if they may."""
    return [
        *_used_twice(flow),
        *(line for question in flow.questions for line in _question_problems(flow, question)),
        *(line for question in flow.questions for line in _warning_problems(flow, question)),
        *_never_asked(flow),
        *(line for rule in flow.rules for line in _rule_problems(flow, rule)),
        *_sections_never_shown(flow),
        *_no_room(flow),
    ]


def _used_twice(flow: Flow) -> Iterator[Problem]:
    named: defaultdict[str, list[str]] = defaultdict(list)
    for question in flow.questions:
        for option in question.options:
            named[option.code].append(f"“{question.label}: {option.text}”")
    for code, names in named.items():
        if len(names) > 1:
            said = f"The code {code} stands for {', '.join(names)}. Give each answer its own."
            yield Problem(said, option=code, field="code")


def _question_problems(flow: Flow, question: Question) -> Iterator[Problem]:
    name = f"“{question.label}”"
    if not question.options:
        yield Problem(f"{name} has no answers: nobody can get past it.", question=question.slug)
    count = len(question.ordinary)
    if count > OPTIONS_AT_MOST:
        yield Problem(
            f"{name} has {count} answers. At most {OPTIONS_AT_MOST} fit on a page, "
            "besides “none” and “not sure”.",
            question=question.slug,
        )
    if question.many and not any(option.exclusive == "none" for option in question.options):
        said = f"{name} takes many answers but offers no “none of these”."
        yield Problem(said, question=question.slug, field="many")
    before = flow.questions[: flow.questions.index(question)]
    if question.asked_when - frozenset().union(*(earlier.codes for earlier in before)):
        said = f"{name} waits for an answer to itself or to a later question."
        yield Problem(said, question=question.slug, field="asked_when")
    parts = PARTS_OF.get(question.picture, ())
    lost = [part for part in parts if part not in {option.slug for option in question.ordinary}]
    if lost:
        yield Problem(
            f"{name} shows a picture, but no answer has the short name of its part: "
            f"{', '.join(lost)}.",
            question=question.slug,
            field="picture",
        )


def _warning_problems(flow: Flow, question: Question) -> Iterator[Problem]:
    """Each sign must lead to help, and so must not being sure of the signs."""
    worst = max(
        (flow.floor_of[option.code] for option in question.options), default=Level.SELF_CARE
    )
    if not question.warning:
        if worst is Level.EMERGENCY:
            yield Problem(
                f"“{question.label}” has an answer that leads to “{worst.label}” by itself. "
                "Tick “asks for warning signs” for it.",
                question=question.slug,
                field="warning",
            )
        return
    for option in question.ordinary:
        if flow.floor_of[option.code] is Level.SELF_CARE:
            yield Problem(
                f"{flow.name_of(option)} is a warning sign, but no rule of its own leads "
                f"further than “{Level.SELF_CARE.label}”.",
                option=option.code,
                field="text",
            )
    expected = Level.URGENT if worst is Level.EMERGENCY else Level.DOCTOR
    for option in question.options:
        opens = any(option.code in follow_up.asked_when for follow_up in flow.follow_ups)
        if option.exclusive == "unsure" and not opens and flow.floor_of[option.code] < expected:
            yield Problem(
                f"Not being sure at “{question.label}” must open a “Check together” question "
                f"or lead to at least “{expected.label}”.",
                option=option.code,
                field="text",
            )


def _never_asked(flow: Flow) -> Iterator[Problem]:
    asked = frozenset[str]()
    for question in flow.questions:
        if question.asked_when and question.asked_when.isdisjoint(asked):
            said = f"“{question.label}” can never be asked."
            yield Problem(said, question=question.slug, field="asked_when")
        else:
            asked |= question.codes


def _rule_problems(flow: Flow, rule: Rule) -> Iterator[Problem]:
    if not rule.groups or not all(rule.groups):
        said = f"The rule “{rule.slug}” has an empty group. Each group names at least one answer."
        yield Problem(said, rule=rule.slug)
    elif not can_come_to(flow, rule.codes, rule.fires):
        said = f"The rule “{rule.slug}” can never fire: no reader can give all its answers."
        yield Problem(said, rule=rule.slug)


def _sections_never_shown(flow: Flow) -> Iterator[Problem]:
    for section in sorted(points(flow.rules)):
        if not can_be_shown(flow, section):
            rules = [rule for rule in flow.rules if section in rule.pointers]
            yield Problem(
                f"No answers give the section “{section}” the {SHOWN_FROM} points to be shown. "
                f"What points to it: {', '.join(f'the rule “{rule.slug}”' for rule in rules)}.",
                rule=rules[0].slug,
            )


def _no_room(flow: Flow) -> Iterator[Problem]:
    path = longest_path(flow, besides=flow.follow_ups)
    if len(path) > QUESTIONS_AT_MOST:
        names = ", ".join(question.label for question in path)
        said = f"One path has {len(path)} questions, at most {QUESTIONS_AT_MOST} fit: {names}."
        yield Problem(said, question=path[-1].slug)
    longest = [
        code
        for question in flow.questions
        for code in (question.codes if question.many else sorted(question.codes, key=len)[-1:])
    ]
    size = len(encode(99_999, frozenset(longest)))
    if size > COOKIE_BYTES_AT_MOST:
        said = f"All answers together take {size} bytes, at most {COOKIE_BYTES_AT_MOST} fit."
        yield Problem(said, question=flow.questions[-1].slug)
