"""The engine against its plain twin, on questionnaires that nobody would write.

Staff may write what they like: a gate on "none", a sign that takes the place of another, a
rule that counts "not sure". What the engine promises must hold for all of it.
"""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st

from guide.triage import Answers, Flow, Level, Question, Rule, assess, carry, walk
from tests.triage import makers, twin
from tests.triage.flows import reproducible

on_many = settings(reproducible, max_examples=200)


@st.composite
def questions(draw: st.DrawFn) -> list[Question]:
    made, earlier = list[Question](), list[str]()
    for letter in "abcd"[: draw(st.integers(1, 4))]:
        exclusive = draw(st.sampled_from(["", "none", "unsure", "none unsure"])).split()
        options = [
            *(makers.option(f"{letter}{n}") for n in range(draw(st.integers(1, 3)))),
            *(makers.option(f"{letter}{kind[0]}", kind) for kind in exclusive),
        ]
        gate = draw(st.frozensets(st.sampled_from(earlier), max_size=2)) if earlier else ()
        made.append(
            makers.question(
                letter,
                *options,
                asked_when=" ".join(gate),
                many=draw(st.booleans()),
                warning=draw(st.sampled_from([True, True, False])),
            )
        )
        earlier += [option.code for option in options]
    return made


@st.composite
def flows(draw: st.DrawFn) -> Flow:
    asked = draw(questions())
    codes = st.sampled_from([option.code for one in asked for option in one.options])
    group = st.frozensets(codes, min_size=1, max_size=3)
    rules = st.builds(
        Rule,
        st.just("rule"),
        st.lists(group, max_size=3).map(tuple),
        st.sampled_from(Level),
        cautions=st.sampled_from([(), ("numb-skin",), ("balance", "numb-skin")]),
        pointers=st.dictionaries(
            st.sampled_from(["calves", "shoes", "red-flags"]), st.integers(1, 8), max_size=2
        ),
    )
    return makers.flow(*asked, *draw(st.lists(rules, max_size=6)))


@st.composite
def flows_and_answers(draw: st.DrawFn) -> tuple[Flow, Answers]:
    """Any codes at all: contradictions, answers to questions off the path, and one unknown."""
    flow = draw(flows())
    return flow, draw(st.frozensets(st.sampled_from([*flow.option_of, "zz"])))


@on_many
@given(flows_and_answers())
def test_answers_come_to_what_the_plain_twin_says(drawn: tuple[Flow, Answers]) -> None:
    flow, answers = drawn
    found, path = assess(flow, answers), walk(flow, answers)
    assert (list(path.asked), set(path.kept)) == twin.asked(flow, answers)
    assert found.level is twin.level(flow, answers)
    assert set(found.cautions) == twin.cautions(flow, answers)
    assert {pointer.section: pointer.points for pointer in found.pointers} == twin.points(
        flow, answers
    )
    assert {question.slug for question in found.not_asked} == {
        question.slug for question in path.asked if not question.codes & path.kept
    }


@on_many
@given(flows_and_answers())
def test_what_would_change_is_what_changes_when_it_is_tried(drawn: tuple[Flow, Answers]) -> None:
    flow, answers = drawn
    found = assess(flow, answers).would_change
    assert {change.option.code: change.level for change in found} == twin.would_change(
        flow, answers
    )
    assert [change.level for change in found] == sorted(
        (change.level for change in found), reverse=True
    )


@on_many
@given(flows_and_answers())
def test_what_was_pruned_stays_pruned(drawn: tuple[Flow, Answers]) -> None:
    flow, answers = drawn
    path = walk(flow, answers)
    assert path.kept <= answers
    assert walk(flow, path.kept) == path
    assert assess(flow, path.kept) == assess(flow, answers)
    assert carry(flow, flow, path.kept) == path.kept


@on_many
@given(flows_and_answers(), st.data())
def test_keeping_answers_and_adding_one_never_lowers_the_level(
    drawn: tuple[Flow, Answers], data: st.DataObject
) -> None:
    flow, answers = drawn
    before = walk(flow, answers)
    ways = [
        before.kept | {option.code}
        for question in before.asked
        for option in question.options
        if question.accepts(question.codes & before.kept | {option.code})
    ]
    after = data.draw(st.sampled_from(ways)) if ways else before.kept
    assert before.kept <= walk(flow, after).kept
    assert assess(flow, before.kept).level <= assess(flow, after).level
    assert {*assess(flow, before.kept).cautions} <= {*assess(flow, after).cautions}
