from __future__ import annotations

from guide.reading.cards import SectionCard
from guide.reading.results import ReadNext, out_of_scope, would_change
from guide.triage import Level, assess
from tests.triage.makers import boxes, codes, flow, option, rule, warning

S, D, U, E = Level

LEGS = flow(
    warning("a", *(option(f"a{sign}", said=f"sign {sign}") for sign in "bcdef")),
    boxes("x", "xa"),
    rule("worst", "ab", level=E),
    rule("bad", "ac ad ae", level=U),
    rule("mild", "af", level=D),
)


def entry(article: str) -> ReadNext:
    card = SectionCard(slug="one", article=article, title="One", in_short="Read it.")
    return ReadNext(section=card, because=["it aches"], fit="Fits best")


def test_what_would_change_the_result_starts_with_the_nearest_level_and_tells_few_openly() -> None:
    signs = would_change(assess(LEGS, codes("a0 x0")))
    assert [(one["level"], one["told"], one["others"]) for one in signs] == [
        ("doctor", ["sign f"], []),
        ("urgent", ["sign c", "sign d"], ["sign e"]),
        ("emergency", ["sign b"], []),
    ]


def test_at_urgent_only_an_emergency_would_change_the_result() -> None:
    signs = would_change(assess(LEGS, codes("ac x0")))
    assert [one["level"] for one in signs] == ["emergency"]


def test_what_no_page_is_about_is_out_of_scope() -> None:
    asked_all = assess(LEGS, codes("a0 x0"))
    assert out_of_scope(asked_all, [])
    assert out_of_scope(asked_all, [entry("when-to-get-help")])
    assert not out_of_scope(asked_all, [entry("when-to-get-help"), entry("ease-a-cramp")])


def test_nothing_is_out_of_scope_while_questions_are_open_or_help_is_needed() -> None:
    assert not out_of_scope(assess(LEGS, codes("a0")), [])
    assert not out_of_scope(assess(LEGS, codes("af x0")), [])
