"""What a draft does to people is counted, named by the fewest answers, and never missed."""

from __future__ import annotations

from dataclasses import replace

import pytest

from guide.triage import Answers, Case, Flow, Level, assess
from guide.triage.assess import outcome
from guide.triage.effect import EXAMPLES_AT_MOST, effect
from guide.triage.people import SEED, crowd
from tests.triage.flows import NAMES, published
from tests.triage.makers import boxes, codes, flow, radio, rule

PEOPLE = 600


def case(slug: str, answers: str, level: Level) -> Case:
    return Case(slug, "It aches.", codes(answers), level)


SIGNS = boxes("a", "aa", "ab")
FEELS = radio("b", "ba", "bb")
URGENT = rule("x", "aa", level=Level.URGENT)
TO_READ = rule("y", "ba", pointers={"calves": 4}, cautions=("clot",))
CASES = (case("ann", "aa", Level.URGENT), case("ben", "ab ba", Level.SELF_CARE))
LIVE = flow(SIGNS, FEELS, URGENT, TO_READ, *CASES)


def with_rules(*rules: object) -> Flow:
    return replace(LIVE, rules=rules)  # type: ignore[arg-type]


def test_a_draft_that_says_the_same_moves_nobody() -> None:
    same = effect(LIVE, LIVE, PEOPLE)
    assert (same.moved_cases, same.examples) == ((), ())
    assert (same.up, same.down, same.other_sections, same.lost_cautions) == (0, 0, 0, 0)
    assert (same.cases, same.people) == (2, PEOPLE)


def test_a_lowered_rule_moves_its_case_and_its_people_down() -> None:
    found = effect(LIVE, with_rules(replace(URGENT, level=Level.DOCTOR), TO_READ), PEOPLE)
    ((moved, move),) = found.moved_cases
    assert (moved.slug, move.up) == ("ann", False)
    assert (move.was.level, move.now.level) == (Level.URGENT, Level.DOCTOR)
    assert found.down == sum("aa" in answers for answers in drawn(LIVE, LIVE))
    assert (found.up, found.down > 0) == (0, True)


def drawn(old: Flow, new: Flow) -> list[Answers]:
    return [*crowd(new, PEOPLE // 2), *crowd(old, PEOPLE // 2, seed=SEED + 1)]


def test_a_raised_rule_moves_up_and_this_week_is_sooner_than_not_urgent() -> None:
    doctor = rule("z", "bb", level=Level.DOCTOR)
    found = effect(with_rules(doctor), with_rules(replace(doctor, soon=True)), PEOPLE)
    assert (found.up > 0, found.down) == (True, 0)


def test_a_sign_that_is_no_longer_asked_for_is_not_missed() -> None:
    """Nobody who answers the draft could tell of it."""
    draft = replace(LIVE, questions=(boxes("a", "ab"), FEELS), rules=(TO_READ,))
    found = effect(LIVE, draft, PEOPLE)
    assert found.down > 0
    assert [move.answers for move in found.examples] == [codes("aa")]


def test_an_example_is_the_fewest_answers_that_move_so_and_stands_for_all_like_it() -> None:
    found = effect(LIVE, with_rules(TO_READ), PEOPLE)
    (example,) = found.examples
    assert (example.answers, example.people) == (codes("aa"), found.down)


def test_sections_that_are_lost_and_found_are_named() -> None:
    lighter = replace(TO_READ, pointers={"calves": 3, "shoes": 5})
    found = effect(LIVE, with_rules(URGENT, lighter), PEOPLE)
    assert (found.lost_sections, found.new_sections) == (("calves",), ("shoes",))
    assert found.other_sections > 0


def test_cautions_that_are_lost_and_found_are_counted() -> None:
    found = effect(LIVE, with_rules(URGENT, replace(TO_READ, cautions=("numb",))), PEOPLE)
    assert found.lost_cautions == found.new_cautions > 0


def test_two_looks_agree() -> None:
    draft = with_rules(replace(URGENT, level=Level.EMERGENCY))
    assert effect(LIVE, draft, PEOPLE) == effect(LIVE, draft, PEOPLE)


def test_the_people_of_the_draft_are_others_than_those_of_the_live_edition() -> None:
    assert list(crowd(LIVE, 50)) == list(crowd(LIVE, 50))
    assert list(crowd(LIVE, 50)) != list(crowd(LIVE, 50, seed=SEED + 1))


@pytest.mark.parametrize("name", NAMES)
def test_a_rule_taken_from_a_published_flow_moves_people_and_at_most_ten_are_named(
    name: str,
) -> None:
    made = published(name)
    worst = max(made.rules, key=lambda one: (one.level, len(one.codes)))
    draft = replace(made, rules=tuple(one for one in made.rules if one is not worst))
    found = effect(made, draft, 2_000)
    assert found.down > 0
    assert found.moved_cases, "each rule is guarded by a case"
    assert 0 < len(found.examples) <= EXAMPLES_AT_MOST


@pytest.mark.parametrize("name", NAMES)
def test_an_outcome_is_what_the_assessment_says(name: str) -> None:
    made = published(name)
    for answers in crowd(made, 500):
        full, short = assess(made, answers), outcome(made, answers)
        assert short.how_soon == (full.level, full.soon)
        assert short.sections == {one.section for one in full.pointers}
        assert short.cautions == set(full.cautions)


def test_where_people_move_both_ways_both_are_shown() -> None:
    signs = boxes("a", *(f"a{letter}" for letter in "abcdefgh"))
    live = flow(signs, rule("x", "aa ab ac ad", level=Level.DOCTOR))
    draft = flow(signs, rule("y", "ae af ag ah", level=Level.DOCTOR))
    ways = [move.up for move in effect(live, draft, 2_000).examples]
    assert ways == sorted(ways)
    assert set(ways) == {False, True}
