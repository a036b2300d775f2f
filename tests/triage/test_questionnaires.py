"""The two questionnaires of the guide, as their fixtures hold them."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator

import pytest

from guide.pages.readability import MAX_GRADE, long_sentences, read
from guide.triage import Answers, Flow, Level, assess, failing_cases, problems, walk
from guide.triage.cookie import encode
from guide.triage.reach import longest_path
from tests.triage.flows import NAMES, published, slugs_of

LADDER = [f"{letter}{n:02}" for letter, last in (("E", 18), ("U", 18), ("B", 18), ("H", 7))
          for n in range(1, last + 1)]  # fmt: skip
#: What a row of the safety ladder asks for, by its first letter.
LEVEL = {"E": Level.EMERGENCY, "U": Level.URGENT, "B": Level.DOCTOR, "H": Level.SELF_CARE}


@pytest.fixture(params=NAMES)
def flow(request: pytest.FixtureRequest) -> Flow:
    return published(request.param)


def code(flow: Flow, question: str, option: str) -> str:
    asked = next(found for found in flow.questions if found.slug == question)
    return next(found.code for found in asked.options if found.slug == option)


def answers(flow: Flow, text: str) -> Answers:
    return frozenset(code(flow, *one.split(".")) for one in text.split())


def named(flow: Flow) -> Iterator[tuple[str, Level]]:
    """Each row of the ladder that a rule names, with the level of that rule."""
    for rule in flow.rules:
        for row in rule.implements.split():
            yield row, rule.level


def test_there_are_no_problems(flow: Flow) -> None:
    assert problems(flow) == []


def test_every_safety_case_comes_to_what_it_expects(flow: Flow) -> None:
    assert failing_cases(flow) == []


def test_every_row_of_the_ladder_is_implemented_by_a_rule_at_its_level() -> None:
    held = {
        row for name in NAMES for row, level in named(published(name)) if level >= LEVEL[row[0]]
    }
    assert [row for row in [*LADDER, "U01r"] if row not in held] == []


def test_rules_name_only_rows_that_the_ladder_has(flow: Flow) -> None:
    assert {row for row, _ in named(flow)} - {*LADDER, "U01r"} == set()


def test_the_childrens_questionnaire_implements_the_rows_about_children() -> None:
    assert {"E17", "U13", "H06"} <= {row for row, _ in named(published("child"))}


def test_every_row_that_a_rule_implements_has_a_safety_case(flow: Flow) -> None:
    """By name: a case about E04 is called e04-..."""
    told = {case.slug.split("-")[0].upper() for case in flow.cases}
    if flow.slug == "child":
        told |= {case.slug.split("-")[0].upper() for case in published("legs").cases}
    assert {row.upper() for row, _ in named(flow)} - told == set()


def test_every_section_of_the_guide_is_shown_to_somebody() -> None:
    shown = {
        pointer.section
        for name in NAMES
        for case in published(name).cases
        for pointer in assess(published(name), case.answers).pointers
    }
    assert slugs_of("guide.section") - shown == set()


def test_rules_point_only_to_sections_and_cautions_that_exist(flow: Flow) -> None:
    assert {slug for rule in flow.rules for slug in rule.pointers} <= slugs_of("guide.section")
    assert {slug for rule in flow.rules for slug in rule.cautions} <= slugs_of("guide.caution")


def test_losing_a_rule_that_raises_the_level_fails_a_safety_case(flow: Flow) -> None:
    def without(place: int) -> Flow:
        rules = flow.rules[:place] + flow.rules[place + 1 :]
        return Flow(flow.slug, flow.title, flow.questions, rules, flow.cases)

    unguarded = [
        rule.slug
        for place, rule in enumerate(flow.rules)
        if rule.level > Level.SELF_CARE and not failing_cases(without(place))
    ]
    assert unguarded == []


def test_safety_cases_are_spread_over_all_levels(flow: Flow) -> None:
    counted = Counter(case.level for case in flow.cases)
    assert min(counted[level] for level in Level) >= len(flow.cases) / 8


def test_no_path_is_longer_than_ten_questions(flow: Flow) -> None:
    assert len(longest_path(flow, besides=flow.follow_ups)) <= 10


def test_all_that_a_reader_can_answer_fits_in_500_bytes(flow: Flow) -> None:
    most = [
        option.code
        for asked in flow.questions
        if asked not in flow.follow_ups
        for option in (asked.ordinary if asked.many else asked.ordinary[:1])
    ]
    assert len(encode(99_999, frozenset(most))) < 500


def test_warning_signs_come_before_everything_else() -> None:
    """Follow-ups and gated pages aside: those wait for an answer."""
    always = [asked.warning for asked in published("legs").questions if not asked.asked_when]
    assert always == sorted(always, reverse=True)


def test_every_sign_of_the_first_page_is_an_emergency_whatever_else_is_said(flow: Flow) -> None:
    for asked in (flow.questions[0], flow.questions[1]):
        assert {flow.floor_of[option.code] for option in asked.ordinary} == {Level.EMERGENCY}


def test_check_together_asks_the_same_signs_again(flow: Flow) -> None:
    before = {option: asked for asked in flow.questions for option in asked.unsure}
    assert len(flow.follow_ups) == sum(
        asked.warning and asked not in flow.follow_ups for asked in flow.questions
    )
    for follow_up in flow.follow_ups:
        (opened_by,) = follow_up.asked_when
        first = before[opened_by]
        signs = [(option.slug, flow.floor_of[option.code]) for option in follow_up.ordinary]
        assert signs == [(option.slug, flow.floor_of[option.code]) for option in first.ordinary]
        assert follow_up.help


def test_every_rule_hears_a_sign_alike_on_both_pages_that_ask_it(flow: Flow) -> None:
    again = {
        first: second.code
        for follow_up in flow.follow_ups
        for asked in flow.questions
        if asked.unsure & follow_up.asked_when
        for second in follow_up.ordinary
        for first in [code(flow, asked.slug, second.slug)]
    }
    deaf = [
        (rule.slug, first)
        for rule in flow.rules
        for group in rule.groups
        for first, second in again.items()
        if (first in group) is not (second in group)
    ]
    assert len(again) > 10
    assert deaf == []


@pytest.mark.parametrize(
    ("said", "sections"),
    [
        ("where.calf feel.cramp pattern.wakes health.none days.none", "cramp-stretch-now calves"),
        ("where.unsure feel.both-tired pattern.none health.none days.standing", "elevate-legs"),
        ("where.calf feel.both-tired pattern.exercise health.none days.none", "after-exercise"),
        ("where.unsure feel.urge pattern.rest health.none days.none", "restless-legs"),
        (
            "where.calf feel.cramp pattern.wakes health.pregnant pregnancy.none days.none",
            "pregnancy",
        ),
    ],
)
def test_people_who_can_look_after_themselves_are_not_sent_to_a_doctor(
    said: str, sections: str
) -> None:
    legs = published("legs")
    found = assess(legs, answers(legs, f"now.none leg.none signs.none {said}"))
    assert found.level is Level.SELF_CARE
    assert set(sections.split()) <= {pointer.section for pointer in found.pointers}


def test_growing_pains_end_in_self_care_with_the_childrens_page() -> None:
    child = published("child")
    found = assess(
        child, answers(child, "now.none signs.none age.3-to-12 feel.both-ache more.none")
    )
    assert (found.level, found.pointers[0].section) == (Level.SELF_CARE, "children")


def test_none_of_these_patterns_counts_no_less_than_no_pattern() -> None:
    """Both leave open when the pain comes, so neither may stand for a sign that is absent.

    Behind the thigh an ache that fits no pattern is most often from sitting (persona P5).
    """
    legs = published("legs")
    page = {asked.slug: asked for asked in legs.questions}
    places, feels = (page[slug].options for slug in ("where", "feel"))
    lower = [
        (place.slug, feel.slug)
        for place in places
        for feel in feels
        if assess(legs, frozenset({place.code, feel.code, code(legs, "pattern", "none")})).level
        < assess(legs, frozenset({place.code, feel.code, code(legs, "pattern", "unsure")})).level
    ]
    assert lower == [("back-thigh", "one-ache")]


def test_every_answer_reads_well_after_you_said(flow: Flow) -> None:
    """It goes on in the middle of a line: a small letter, or the reader's own I."""
    ordinary = [option for asked in flow.questions for option in asked.ordinary]
    begins = re.compile(r"(?:I |[a-z0-9])")
    assert [option.code for option in ordinary if not begins.match(option.said)] == []


@pytest.mark.parametrize("out", ["where.not-leg", "where.calf feel.none pattern.none health.none"])
def test_outside_its_scope_the_guide_says_so_and_invents_no_advice(out: str) -> None:
    legs = published("legs")
    found = assess(legs, answers(legs, f"now.none leg.none signs.none {out}"))
    assert found.level is Level.SELF_CARE
    assert found.reasons[0].because
    assert {pointer.section for pointer in found.pointers} <= {"red-flags", "assisted-stretching"}


def test_pain_outside_the_legs_ends_the_questions() -> None:
    legs = published("legs")
    path = walk(legs, answers(legs, "now.none leg.none signs.none where.not-leg"))
    assert path.next is None


def prose(flow: Flow) -> Iterator[str]:
    """What is read as text, not as one of a list of answers."""
    yield f"{flow.summary}\n\n{flow.intro}"
    yield from filter(None, (asked.help for asked in flow.questions))
    yield from filter(None, (rule.because for rule in flow.rules))


def lines(flow: Flow) -> Iterator[str]:
    for asked in flow.questions:
        yield from filter(None, (asked.text, asked.hint, asked.why))
        yield from (option.text for option in asked.options)


def test_the_words_are_easy(flow: Flow) -> None:
    exempt = slugs_of("guide.exemptword")
    hard = {text: read(text, exempt).grade for text in prose(flow)}
    assert {text: grade for text, grade in hard.items() if grade > MAX_GRADE} == {}
    texts = [*prose(flow), *lines(flow)]
    assert [long for text in texts for long in long_sentences(text)] == []


def test_nobody_is_told_to_stop_a_medicine(flow: Flow) -> None:
    stop = re.compile(r"\bstop (?:taking|giving|the|your|it)\b", re.IGNORECASE)
    assert [text for text in prose(flow) if stop.search(text)] == []
