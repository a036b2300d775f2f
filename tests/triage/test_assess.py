from __future__ import annotations

import pytest

from guide.triage import Assessment, Fit, Flow, Level, assess
from tests.triage.makers import boxes, codes, flow, option, question, radio, rule, warning

S, D, U, E = Level


def level(of: Flow, answers: str) -> Level:
    return assess(of, codes(answers)).level


def shown(found: Assessment) -> list[tuple[str, int, str]]:
    return [(pointer.section, pointer.points, pointer.fit) for pointer in found.pointers]


def test_with_no_rule_that_fires_nothing_urgent_was_said() -> None:
    found = assess(flow(boxes("a", "aa")), codes("a0"))
    assert (found.level, found.reasons, found.pointers, found.cautions) == (S, (), (), ())


def test_the_highest_level_wins() -> None:
    made = flow(boxes("a", "aa", "ab"), rule("x", "aa", level=D), rule("y", "ab", level=U))
    assert [level(made, one) for one in ("aa", "ab", "aa ab")] == [D, U, U]


def test_a_rule_fires_when_each_of_its_groups_is_met() -> None:
    made = flow(boxes("a", "aa", "ab"), boxes("b", "ba", "bb"), rule("x", "aa ab", "ba", level=U))
    assert [level(made, one) for one in ("aa b0", "aa bb", "a0 ba", "ab ba")] == [S, S, S, U]


def test_a_rule_without_groups_never_fires() -> None:
    assert level(flow(boxes("a", "aa"), rule("x", level=E)), "aa") == S


def test_answers_off_the_path_count_for_nothing() -> None:
    made = flow(radio("a", "aa", "ab"), boxes("b", "ba", asked_when="ab"), rule("x", "ba", level=E))
    assert [level(made, one) for one in ("aa ba", "ab ba")] == [S, E]


def test_reasons_quote_the_reader_and_come_worst_first() -> None:
    made = flow(
        boxes("a", option("aa", text="One leg is swollen", said="one leg is swollen"), "ab"),
        boxes("b", option("ba", text="I had an operation")),
        rule("mild", "ab", level=D, because="It is worth a check."),
        rule("clot", "ba", "aa", level=U, because="This can be a clot."),
    )
    reasons = assess(made, codes("aa ab ba")).reasons
    assert [(reason.rule, reason.level, reason.said, reason.because) for reason in reasons] == [
        ("clot", U, ("one leg is swollen", "I had an operation"), "This can be a clot."),
        ("mild", D, ("Answer ab",), "It is worth a check."),
    ]


def test_a_reason_knows_the_question_that_settled_it() -> None:
    made = flow(boxes("a", "aa"), boxes("b", "ba"), rule("x", "ba", "aa", level=U))
    assert assess(made, codes("aa ba")).reasons[0].question == "b"


def test_the_worst_reasons_are_those_for_the_level() -> None:
    made = flow(boxes("a", "aa", "ab"), rule("x", "aa", level=D), rule("y", "ab", level=U))
    assert [reason.rule for reason in assess(made, codes("aa ab")).worst] == ["y"]


def test_a_rule_that_only_points_gives_no_reason() -> None:
    made = flow(boxes("a", "aa"), rule("x", "aa", pointers={"calves": 4}))
    assert assess(made, codes("aa")).reasons == ()


def test_a_calm_rule_with_something_to_say_says_it() -> None:
    made = flow(boxes("a", "aa"), rule("x", "aa", because="This guide is only about legs."))
    assert [reason.because for reason in assess(made, codes("aa")).reasons] == [
        "This guide is only about legs."
    ]


def test_soon_is_said_only_where_a_doctor_is_enough() -> None:
    made = flow(
        boxes("a", "aa", "ab"), rule("x", "aa", level=D, soon=True), rule("y", "ab", level=U)
    )
    assert [assess(made, codes(one)).soon for one in ("a0", "aa", "aa ab")] == [False, True, False]


def test_points_add_up_and_decide_how_well_a_section_fits() -> None:
    made = flow(
        boxes("a", "aa", "ab"),
        rule("x", "aa", pointers={"calves": 4, "shoes": 4, "circulation": 3}),
        rule("y", "ab", pointers={"calves": 4, "minerals": 7}),
    )
    assert shown(assess(made, codes("aa ab"))) == [
        ("calves", 8, Fit.BEST),
        ("minerals", 7, Fit.ALSO),
        ("shoes", 4, Fit.LOOK),
    ]


def test_at_most_five_sections_are_shown_and_ties_go_to_the_earlier_answer() -> None:
    sections = ["one", "two", "three", "four", "five", "six"]
    options = [f"a{number}" for number in range(6)]
    rules = [
        rule(section, code, pointers={section: 4})
        for section, code in zip(sections, options, strict=True)
    ]
    made = flow(question("a", *options, many=True), *reversed(rules))
    found = assess(made, frozenset(options))
    assert [pointer.section for pointer in found.pointers] == sections[:5]


def test_a_section_is_explained_by_the_answers_that_speak_for_it_most() -> None:
    made = flow(
        boxes("a", "aa", "ab"),
        rule("weak", "aa", pointers={"calves": 2}),
        rule("strong", "ab", pointers={"calves": 5}),
    )
    assert assess(made, codes("aa ab")).pointers[0].because == ("Answer ab",)


@pytest.mark.parametrize(
    ("urgency", "sections"), [(D, ["calves", "red-flags"]), (U, ["red-flags"]), (E, [])]
)
def test_nothing_delays_a_reader_who_needs_help(urgency: Level, sections: list[str]) -> None:
    made = flow(
        boxes("a", "aa", "ab"),
        rule("read", "ab", pointers={"calves": 8, "red-flags": 8}),
        rule("sign", "aa", level=urgency),
    )
    found = assess(made, codes("aa ab"))
    assert sorted(pointer.section for pointer in found.pointers) == sections


def test_cautions_of_all_rules_that_fire_are_raised_once() -> None:
    made = flow(
        boxes("a", "aa", "ab", "ac"),
        rule("x", "aa", cautions=("numb-skin", "balance")),
        rule("y", "ab", cautions=("balance",)),
        rule("z", "ac", cautions=("pregnancy",)),
    )
    assert assess(made, codes("aa ab")).cautions == ("balance", "numb-skin")


def test_what_was_not_asked_is_listed() -> None:
    made = flow(boxes("a", "aa"), boxes("b", "ba"), boxes("c", "ca", asked_when="ba"))
    assert [asked.slug for asked in assess(made, codes("ba")).not_asked] == ["a", "c"]


SIGNS = flow(
    warning("a", "aa", "ab", "ac"),
    warning("b", "ba", "bb", "bc", asked_when="a9"),
    boxes("c", "ca", "cb"),
    rule("worst", "aa ba", level=E),
    rule("bad", "ab bb", level=U),
    rule("mild", "ac bc", level=D),
    rule("still", "b9", level=U),
    rule("both", "ac", "ca", level=U),
    rule("calm", "cb", level=D),
)


def changes(answers: str) -> list[tuple[str, Level]]:
    return [
        (change.option.code, change.level) for change in assess(SIGNS, codes(answers)).would_change
    ]


def test_each_warning_sign_that_would_raise_the_level_is_named_worst_first() -> None:
    assert changes("a0 c0") == [("aa", E), ("ab", U), ("ac", D)]


def test_a_sign_that_would_change_nothing_is_not_named() -> None:
    assert changes("a0 cb") == [("aa", E), ("ab", U)]


def test_a_sign_counts_with_what_else_was_said() -> None:
    assert changes("a0 ca") == [("aa", E), ("ab", U), ("ac", U)]


def test_signs_that_were_checked_together_are_named_once() -> None:
    assert changes("a9 b0 c0") == [("ba", E), ("bb", U), ("bc", D)]


def test_a_sign_takes_the_place_of_not_being_sure() -> None:
    made = flow(
        warning("a", "aa"),
        boxes("c", "ca"),
        rule("x", "a9 ca", "aa", level=E),
        rule("y", "aa", level=U),
    )
    assert [change.level for change in assess(made, codes("a9 c0")).would_change] == [U]
    assert [change.level for change in assess(made, codes("a9 ca")).would_change] == [E]


def test_a_sign_takes_the_place_of_another_where_only_one_is_taken() -> None:
    made = flow(
        radio("a", "aa", "ab", warning=True),
        boxes("c", "ca"),
        rule("x", "ab", level=D),
        rule("y", "aa ca", "ab", level=E),
    )
    assert [change.level for change in assess(made, codes("aa c0")).would_change] == [D]
    assert [change.level for change in assess(made, codes("aa ca")).would_change] == [E]


def test_answers_to_a_question_that_a_sign_closes_do_not_count_with_it() -> None:
    made = flow(
        boxes("a", "aa", warning=True),
        radio("c", "ca", asked_when="a0"),
        rule("x", "aa", level=D),
        rule("y", "aa", "ca", level=E),
    )
    assert [change.level for change in assess(made, codes("a0 ca")).would_change] == [D]


def test_nothing_is_worse_than_an_emergency() -> None:
    assert changes("aa c0") == []


def test_warning_signs_that_were_not_asked_yet_are_named_too() -> None:
    assert changes("") == [("aa", E), ("ab", U), ("ac", D)]
