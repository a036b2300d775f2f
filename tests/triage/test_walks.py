"""Exhaustive walks: every answer, every two answers, every path, each through the real engine."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import combinations, product

import pytest

from guide.triage import Answers, Flow, Level, Question, assess, walk
from guide.triage.reach import longest_path
from tests.triage import twin
from tests.triage.flows import NAMES, alone, in_twos, led_to, published

ALLOWED = {Level.EMERGENCY: set[str](), Level.URGENT: {"red-flags"}}


@pytest.fixture(params=NAMES)
def flow(request: pytest.FixtureRequest) -> Flow:
    return published(request.param)


def faults(flow: Flow, answers: Answers) -> Iterator[str]:
    """What is wrong with the result of answers that a reader can give."""
    path, found = walk(flow, answers), assess(flow, answers)
    if path.kept != answers:
        yield "some of them are off the path"
    if len([asked for asked in path.asked if asked not in flow.follow_ups]) > 10:
        yield "there are more than ten questions"
    if found.level < max(flow.floor_of[code] for code in answers):
        yield "the level is below that of one of them alone"
    fired = twin.fired(flow, answers)
    if found.level is not max((rule.level for rule in fired), default=Level.SELF_CARE):
        yield "the level is not that of the rules"
    if set(found.cautions) != {slug for rule in fired for slug in rule.cautions}:
        yield "a caution is missing, or raised by nothing"
    shown = {pointer.section for pointer in found.pointers}
    if len(shown) > 5 or not shown <= ALLOWED.get(found.level, shown):
        yield "too much is shown"


def failing(flow: Flow, walks: set[Answers]) -> list[str]:
    return [f"{sorted(answers)}: {fault}" for answers in walks for fault in faults(flow, answers)]


def test_every_answer_can_be_given_and_holds_its_level_by_itself(flow: Flow) -> None:
    assert set(alone(flow.slug)) == set(flow.option_of)
    assert failing(flow, set(alone(flow.slug).values())) == []


def test_any_two_answers_hold_the_level_of_each(flow: Flow) -> None:
    walks = in_twos(flow.slug)
    assert len(walks) > len(flow.option_of) * 10
    assert failing(flow, walks) == []


def test_any_answer_beside_any_other_raises_no_less_than_alone(flow: Flow) -> None:
    """What a second answer adds is never paid for with a level or a caution of the first."""
    weaker = []
    for answers in in_twos(flow.slug):
        after = assess(flow, answers)
        for code in answers:
            before = assess(flow, alone(flow.slug)[code])
            if alone(flow.slug)[code] <= answers and (
                before.level > after.level or not {*before.cautions} <= {*after.cautions}
            ):
                weaker.append((code, sorted(answers)))
    assert weaker == []


def test_every_warning_sign_would_change_what_it_says_it_would(flow: Flow) -> None:
    for answers in alone(flow.slug).values():
        changes = assess(flow, answers).would_change
        expected = twin.would_change(flow, answers)
        assert {one.option.code: one.level for one in changes} == expected


def test_every_place_and_feeling_with_any_answers_elsewhere(flow: Flow) -> None:
    """All pages that take one answer, together with any answers of the next two, or of another."""
    singles = [sorted(page.codes) for page in flow.questions if not page.many]
    pages = [sorted(page.codes) for page in flow.questions if page.many and not page.warning]
    others = [*product(*pages[:2]), *((code,) for page in pages[2:] for code in page)]
    tried = (
        led_to(flow, frozenset({*chosen, *more})) for chosen in product(*singles) for more in others
    )
    walks = {answers for answers in tried if answers and walk(flow, answers).kept == answers}
    assert len(walks) > len(others) * 5
    assert failing(flow, walks) == []


def turns(flow: Flow, question: Question) -> Iterator[Answers]:
    """The answers to a question that lead on differently: all sets of codes that open one."""
    opens = frozenset().union(*(later.asked_when for later in flow.questions))
    for count in range(len(question.codes & opens) + 1):
        for some in combinations(sorted(question.codes & opens), count):
            if question.accepts(frozenset(some)):
                yield frozenset(some)
    yield from (frozenset({code}) for code in sorted(question.codes - opens)[:1])


def every_path(flow: Flow, answers: Answers = frozenset()) -> Iterator[Answers]:
    todo = walk(flow, answers).next
    if todo is None:
        yield answers
    else:
        for turn in turns(flow, todo):
            yield from every_path(flow, answers | turn)


def test_every_path_there_is_ends_within_ten_questions(flow: Flow) -> None:
    lengths = {
        len([asked for asked in walk(flow, answers).asked if asked not in flow.follow_ups])
        for answers in every_path(flow)
    }
    assert max(lengths) == len(longest_path(flow, besides=flow.follow_ups)) <= 10


def test_a_sign_in_place_of_none_of_these_never_lowers_the_level(flow: Flow) -> None:
    """More than design.md asks for: a reader who corrects "none" to a sign is not calmed.

    One answer is no sign but an explanation: the leg is sore from exercise, and eases.
    """
    explains = {"pe"}
    lowered = []
    for answers in in_twos(flow.slug):
        for asked in walk(flow, answers).asked:
            none = {option.code for option in asked.options if option.exclusive == "none"}
            if asked.many and none & answers:
                for option in asked.ordinary:
                    if option.code in explains:
                        continue
                    after = answers - none | {option.code}
                    if assess(flow, after).level < assess(flow, answers).level:
                        lowered.append((sorted(answers), option.code))
    assert lowered == []
