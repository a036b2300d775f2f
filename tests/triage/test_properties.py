"""What must hold for any answers, tried on very many."""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Iterator

import pytest
from hypothesis import given
from hypothesis import strategies as st

from guide.triage import Answers, Flow, Level, assess, walk
from tests.triage.flows import NAMES, an_answer, published, somebody

PAIRS = 10_000
ALL_CODES = {name: sorted(published(name).option_of) for name in NAMES}


@pytest.fixture(params=NAMES)
def flow(request: pytest.FixtureRequest) -> Flow:
    return published(request.param)


def one_more(flow: Flow, answers: Answers, chance: random.Random) -> Answers | None:
    """Tick one more sign beside others on a page, or answer a question that had no answer."""
    path = walk(flow, answers)
    ways: list[Answers] = [an_answer(asked, chance) for asked in path.unanswered]
    for asked in path.asked:
        if asked.many and path.kept & asked.codes - asked.exclusive:
            ways += [frozenset({option.code}) for option in asked.ordinary]
    more = [way for way in ways if not way <= path.kept]
    return path.kept | chance.choice(more) if more else None


def pairs(flow: Flow) -> Iterator[tuple[Answers, Answers]]:
    chance = random.Random(7)
    for _ in range(PAIRS):
        answers = walk(flow, somebody(flow, chance)).kept
        more = one_more(flow, answers, chance)
        if more is not None:
            yield answers, more


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


def test_a_reader_who_stays_unsure_of_a_warning_page_is_sent_to_help(flow: Flow) -> None:
    chance, seen = random.Random(3), set()
    for _ in range(5_000):
        answers = somebody(flow, chance)
        kept = walk(flow, answers).kept
        for follow_up in flow.follow_ups:
            if follow_up.unsure & kept:
                seen.add(follow_up.slug)
                worst = max(flow.floor_of[option.code] for option in follow_up.ordinary)
                expected = Level.URGENT if worst is Level.EMERGENCY else Level.DOCTOR
                assert assess(flow, answers).level >= expected
    assert seen == {follow_up.slug for follow_up in flow.follow_ups}


def test_every_path_ends_within_its_room(flow: Flow) -> None:
    chance = random.Random(5)
    for _ in range(3_000):
        answers = frozenset[str]()
        while todo := walk(flow, answers).next:
            answers |= an_answer(todo, chance)
        asked = walk(flow, answers).asked
        assert len([one for one in asked if one not in flow.follow_ups]) <= 10


def test_nothing_that_delays_is_shown_to_a_reader_who_needs_help(flow: Flow) -> None:
    chance, seen = random.Random(11), set()
    for _ in range(5_000):
        found = assess(flow, somebody(flow, chance))
        shown = {pointer.section for pointer in found.pointers}
        allowed = {Level.EMERGENCY: set(), Level.URGENT: {"red-flags"}}.get(found.level, shown)
        seen.add(found.level)
        assert shown <= allowed
        assert len(shown) <= 5
    assert seen == set(Level)


@pytest.mark.parametrize("name", NAMES)
@given(data=st.data())
def test_any_codes_at_all_are_assessed_as_what_is_left_of_them_on_the_path(
    name: str, data: st.DataObject
) -> None:
    flow = published(name)
    codes = st.sampled_from([*ALL_CODES[name], "zz", "q9"])
    thrown = data.draw(st.frozensets(codes, max_size=40))
    path = walk(flow, thrown)
    assert path.kept <= thrown
    assert walk(flow, path.kept) == path
    assert assess(flow, thrown) == assess(flow, path.kept)


@pytest.mark.parametrize("name", NAMES)
@given(data=st.data())
def test_the_order_of_answering_changes_nothing(name: str, data: st.DataObject) -> None:
    flow = published(name)
    given_codes = data.draw(st.lists(st.sampled_from(ALL_CODES[name]), max_size=15, unique=True))
    shuffled = data.draw(st.permutations(given_codes))
    first, second = frozenset[str](), frozenset[str]()
    for one, other in zip(given_codes, shuffled, strict=True):
        first, second = first | {one}, second | {other}
    assert assess(flow, first) == assess(flow, second)
