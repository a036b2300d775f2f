from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from guide.pages.flow_map import LEFT, OUT, RIGHT, WIDTH, Box, FlowMap, Line, Step, Way, flow_map
from guide.pages.lettering import lines, width
from guide.reading.steps import steps
from guide.triage import Flow, Level
from tests.triage.flows import NAMES, published
from tests.triage.makers import boxes, flow, radio, rule, warning

SIZES = {"title": 17, "note": 15, "way": 15, "gate": 15}
words = st.text(st.characters(codec="utf-8", exclude_categories=["C"]), max_size=90)
made_ways = st.builds(
    Way, st.sampled_from(["emergency", "urgent", "end", "next"]), words, st.just("the end")
)
made_steps = st.builds(
    Step,
    title=words.filter(str.strip),
    note=words,
    gate=words,
    ways=st.lists(made_ways, max_size=4).map(tuple),
    kind=st.sampled_from(["plain", "warning"]),
)

ODD = [
    flow(radio("a", "aa")),
    flow(warning("a", "aa"), rule("x", "aa a0 a9", level=Level.URGENT)),
    flow(
        radio("a", "aa", "ab", label="W" * 40),
        warning("b", "ba", asked_when="aa"),
        boxes("c", *(f"c{n}" for n in range(1, 9)), asked_when="ba b9 ab"),
        warning("d", "da", asked_when="c1 c2 c3"),
        rule("x", "aa", "da", level=Level.EMERGENCY),
    ),
]


def drawn(made: Flow) -> FlowMap:
    return flow_map([step["drawn"] for step in steps(made)], "The end")


def right(line: Line) -> float:
    return line.x + width(line.text, SIZES[line.kind])


def faults(made: FlowMap) -> list[str]:
    """What would overlap, or stick out, a line each."""
    found = []
    for part in made.parts:
        box = part.box
        if not 0 <= box.y < box.bottom <= part.height or not LEFT <= box.x < RIGHT < WIDTH:
            found.append(f"box out of its part: {box}")
        found += [f"text out of its box: {line.text}" for line in box.lines if not _in(box, line)]
        found += [f"label out of the map: {line.text}" for line in part.labels if right(line) > OUT]
        found += [f"label in the box: {line.text}" for line in part.labels if line.y + 4 > box.y]
        heights = sorted(line.y for line in (*part.labels, *box.lines))
        if any(below - above < 20 for above, below in pairwise(heights)):
            found.append(f"lines on one another: {heights}")
        found += [f"mark out of its box: {mark}" for mark in box.marks if mark.y + 20 > box.bottom]
    return found


def _in(box: Box, line: Line) -> bool:
    within = box.y + SIZES[line.kind] <= line.y <= box.bottom - 4
    return within and box.x < line.x and right(line) < box.x + box.width


@pytest.mark.parametrize("made", [*map(published, NAMES), *ODD])
def test_nothing_overlaps_and_no_text_leaves_its_box(made: Flow) -> None:
    assert faults(drawn(made)) == []


@settings(max_examples=60)
@given(st.lists(made_steps, min_size=1, max_size=6))
def test_nothing_overlaps_whatever_the_words_are(some: list[Step]) -> None:
    assert faults(flow_map(some, "The end")) == []


@pytest.mark.parametrize("name", NAMES)
def test_every_question_has_its_box_in_order_and_then_comes_the_end(name: str) -> None:
    made = published(name)
    titles = [" ".join(_words(part.box, "title")) for part in drawn(made).parts]
    labels = [f"{place}. {asked.label}" for place, asked in enumerate(made.questions, start=1)]
    assert titles == [*labels, "The end"]


def _words(box: Box, kind: str) -> list[str]:
    return [line.text for line in box.lines if line.kind == kind]


def test_a_question_that_only_some_are_asked_stands_beside_the_line_under_its_gate() -> None:
    made = flow(radio("a", "aa", "ab"), radio("b", "ba", asked_when="aa"), radio("c", "ca"))
    first, gated, after, _ = drawn(made).parts
    assert first.box.x == after.box.x < gated.box.x
    assert [line.text for line in gated.labels] == ["After “Answer aa” at “a”"]
    assert [part.labels for part in (first, after)] == [(), ()]
    assert [any(edge.dashed for edge in part.edges) for part in (first, gated, after)] == [
        *(False, True, False)
    ]


def test_an_answer_that_leads_out_has_a_mark_a_word_and_an_arrow() -> None:
    made = flow(
        warning("a", "aa", "ab"),
        rule("x", "aa", level=Level.EMERGENCY),
        rule("y", "ab", level=Level.URGENT),
    )
    part, _ = drawn(made).parts
    assert [mark.kind for mark in part.box.marks] == ["emergency", "urgent"]
    assert _words(part.box, "way") == ["1 answer: emergency", "1 answer: urgent"]
    assert len([edge for edge in part.edges if f"H{OUT}" in edge.line]) == 2


def test_a_page_of_warning_signs_and_its_follow_up_say_so_and_have_a_frame_of_their_own() -> None:
    made = flow(warning("a", "aa"), warning("b", "ba", asked_when="a9"), radio("c", "ca"))
    found = [(part.box.kind, *_words(part.box, "note")) for part in drawn(made).parts]
    assert found == [
        ("warning", "Warning signs, 3 answers"),
        ("warning", "Check together, 3 answers"),
        ("plain", "1 answer"),
        ("last",),
    ]


def test_text_is_broken_between_words_and_a_long_word_where_it_must() -> None:
    assert lines("a bb ccc", 10, width("a bb", 10)) == ["a bb", "ccc"]
    assert lines("WWWWW", 10, 25) == ["WW", "WW", "W"]
    assert lines("", 10, 25) == []
