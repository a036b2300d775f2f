"""What must hold for any answers, tried on very many people.

Hypothesis draws the people anew in the same way each time: a failure here fails everywhere.
"""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Iterator

import pytest
from hypothesis import given
from hypothesis import strategies as st

from guide.triage import Answers, Assessment, Flow, Level, assess, failing_cases, walk
from guide.triage.people import Choose, an_answer, somebody
from tests.triage import twin
from tests.triage.flows import (
    NAMES,
    change,
    people,
    published,
    reproducible,
)

PAIRS = 10_000
ALL_CODES = {name: sorted(published(name).option_of) for name in NAMES}

every_flow = pytest.mark.parametrize("name", NAMES)


@pytest.fixture(params=NAMES)
def flow(request: pytest.FixtureRequest) -> Flow:
    return published(request.param)


def choose_by(data: st.DataObject) -> Choose:
    return lambda options: data.draw(st.sampled_from(options))


def one_more(flow: Flow, answers: Answers, choose: Choose) -> Answers:
    """Tick one more sign beside others on a page, or answer a question that had no answer."""
    path = walk(flow, answers)
    ways: list[Answers] = [an_answer(asked, choose) for asked in path.unanswered]
    for asked in path.asked:
        if asked.many and path.kept & asked.codes - asked.exclusive:
            ways += [frozenset({option.code}) for option in asked.ordinary]
    more = [way for way in ways if not way <= path.kept]
    return path.kept | choose(more) if more else path.kept


def pairs(flow: Flow) -> Iterator[tuple[Answers, Answers]]:
    choose = random.Random(7).choice
    for _ in range(PAIRS):
        answers = walk(flow, somebody(flow, choose)).kept
        yield answers, one_more(flow, answers, choose)


def combinations(flow: Flow, answers: Answers) -> set[str]:
    """The rules above self-care that fire only because several answers come together."""
    kept = walk(flow, answers).kept
    return {
        rule.slug
        for rule in flow.rules
        if len(rule.groups) > 1 and rule.level > Level.SELF_CARE and rule.fires(kept)
    }


def test_saying_more_never_lowers_the_level(flow: Flow) -> None:
    lowered, fired = [], Counter[str]()
    for before, after in pairs(flow):
        fired.update(combinations(flow, after) - combinations(flow, before))
        if assess(flow, after).level < assess(flow, before).level:
            lowered.append((sorted(before), sorted(after)))
    assert lowered == []
    every = {rule.slug for rule in flow.rules if len(rule.groups) > 1 and rule.level}
    assert fired.total() > PAIRS / 50, "too few pairs fire a combination to prove anything"
    assert len(fired) > 0.9 * len(every), "too few of the combinations are fired"


@every_flow
@reproducible
@given(data=st.data())
def test_saying_more_takes_back_neither_the_level_nor_a_caution(
    name: str, data: st.DataObject
) -> None:
    """The pairs above as Hypothesis draws them, so that a failure is told as its simplest."""
    flow = published(name)
    answers = data.draw(people(flow))
    before, after = assess(flow, answers), assess(flow, one_more(flow, answers, choose_by(data)))
    assert before.level <= after.level
    assert {*before.cautions} <= {*after.cautions}


@every_flow
@reproducible
@given(data=st.data())
def test_the_order_of_the_pages_and_a_change_of_mind_change_nothing(
    name: str, data: st.DataObject
) -> None:
    """Answer the pages as they come open, in any order, some first otherwise; the site prunes."""
    flow, choose = published(name), choose_by(data)
    meant = walk(flow, data.draw(people(flow))).kept
    kept = frozenset[str]()
    while to_do := [
        asked
        for asked in walk(flow, kept).asked
        if asked.codes & meant and asked.codes & meant != asked.codes & kept
    ]:
        asked = choose(to_do)
        if choose([False, False, True]):
            kept = change(flow, kept, asked, an_answer(asked, choose))
        kept = change(flow, kept, asked, asked.codes & meant)
    assert kept == meant
    assert assess(flow, kept) == assess(flow, meant)


@every_flow
@reproducible
@given(data=st.data())
def test_every_path_ends_within_its_room(name: str, data: st.DataObject) -> None:
    flow, answers = published(name), frozenset[str]()
    while todo := walk(flow, answers).next:
        answers |= an_answer(todo, choose_by(data))
    asked = walk(flow, answers).asked
    assert len([one for one in asked if one not in flow.follow_ups]) <= 10
    assert assess(flow, answers).not_asked == ()


@every_flow
@reproducible
@given(data=st.data())
def test_the_engine_says_what_its_plain_twin_says(name: str, data: st.DataObject) -> None:
    flow = published(name)
    answers = data.draw(people(flow))
    found, points = assess(flow, answers), twin.points(flow, answers)
    assert found.level is twin.level(flow, answers)
    assert set(found.cautions) == twin.cautions(flow, answers)
    assert [pointer.points for pointer in found.pointers] == sorted(points.values())[:-6:-1]
    assert {pointer.section: pointer.points for pointer in found.pointers}.items() <= points.items()


@every_flow
@reproducible
@given(data=st.data())
def test_what_would_change_is_what_changes_when_it_is_tried(name: str, data: st.DataObject) -> None:
    flow = published(name)
    answers = data.draw(people(flow))
    changes = assess(flow, answers).would_change
    assert {one.option.code: one.level for one in changes} == twin.would_change(flow, answers)


def without_words(found: Assessment) -> object:
    """An assessment without what is said in one voice or another."""
    return (
        found.level,
        found.soon,
        [(reason.rule, reason.level, reason.soon) for reason in found.reasons],
        [pointer[:3] for pointer in found.pointers],
        found.cautions,
        [question.slug for question in found.not_asked],
        [(one.question, one.option.code, one.level) for one in found.would_change],
    )


@every_flow
@reproducible
@given(data=st.data())
def test_a_helper_who_answers_the_same_is_told_the_same(name: str, data: st.DataObject) -> None:
    own, other = published(name), published(name, for_other=True)
    answers = data.draw(people(own))
    assert without_words(assess(own, answers)) == without_words(assess(other, answers))


def test_a_helper_is_asked_the_same_questions_by_the_same_rules(flow: Flow) -> None:
    other = published(flow.slug, for_other=True)

    def bones(of: Flow) -> object:
        return (
            [(q.slug, q.many, q.warning, q.asked_when, q.picture, q.codes) for q in of.questions],
            [[(o.code, o.slug, o.exclusive) for o in q.options] for q in of.questions],
            [(r.slug, r.groups, r.level, r.soon, r.cautions, r.pointers) for r in of.rules],
        )

    assert bones(other) == bones(flow)
    assert failing_cases(other) == []


def test_a_reader_who_stays_unsure_of_a_warning_page_is_sent_to_help(flow: Flow) -> None:
    choose, seen = random.Random(3).choice, set()
    for _ in range(5_000):
        answers = somebody(flow, choose)
        kept = walk(flow, answers).kept
        for follow_up in flow.follow_ups:
            if follow_up.unsure & kept:
                seen.add(follow_up.slug)
                worst = max(flow.floor_of[option.code] for option in follow_up.ordinary)
                expected = Level.URGENT if worst is Level.EMERGENCY else Level.DOCTOR
                assert assess(flow, answers).level >= expected
    assert seen == {follow_up.slug for follow_up in flow.follow_ups}


def test_nothing_that_delays_is_shown_to_a_reader_who_needs_help(flow: Flow) -> None:
    choose, seen = random.Random(11).choice, set()
    for _ in range(5_000):
        found = assess(flow, somebody(flow, choose))
        shown = {pointer.section for pointer in found.pointers}
        allowed = {Level.EMERGENCY: set(), Level.URGENT: {"red-flags"}}.get(found.level, shown)
        seen.add(found.level)
        assert shown <= allowed
        assert len(shown) <= 5
    assert seen == set(Level)


@every_flow
@reproducible
@given(data=st.data())
def test_any_codes_at_all_are_assessed_as_what_is_left_of_them_on_the_path(
    name: str, data: st.DataObject
) -> None:
    flow = published(name)
    thrown = data.draw(st.frozensets(st.sampled_from([*ALL_CODES[name], "zz", "q9"]), max_size=40))
    path = walk(flow, thrown)
    assert path.kept <= thrown
    assert walk(flow, path.kept) == path
    assert assess(flow, thrown) == assess(flow, path.kept)
