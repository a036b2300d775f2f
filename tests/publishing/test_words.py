from __future__ import annotations

from itertools import pairwise
from time import perf_counter

import pytest
from hypothesis import given
from hypothesis import strategies as st

from guide.publishing.words import Run, runs

#: Few words, so that texts have much in common, and every kind of blank.
texts = st.lists(st.sampled_from(["warm", "it", "cold", ".", " ", "\n", "é", "–"])).map("".join)


def said(before: str, after: str) -> str:
    """The comparison on one line: [-removed-] and {+added+}."""
    marks = {"kept": "{}", "removed": "[-{}-]", "added": "{{+{}+}}"}
    return "".join(marks[run.kind].format(run.text) for run in runs(before, after))


@given(texts, texts)
def test_both_texts_can_be_read_from_the_comparison(before: str, after: str) -> None:
    found = runs(before, after)
    assert "".join(run.text for run in found if run.kind != "added") == before
    assert "".join(run.text for run in found if run.kind != "removed") == after


@given(texts, texts)
def test_no_two_neighbours_share_a_fate_and_none_is_empty(before: str, after: str) -> None:
    found = runs(before, after)
    assert all(run.text for run in found)
    assert not [a for a, b in pairwise(found) if a.kind == b.kind]


@given(texts)
def test_a_text_is_the_same_as_itself(text: str) -> None:
    assert runs(text, text) == ((Run("kept", text),) if text else ())


@pytest.mark.parametrize(
    ("before", "after", "expected"),
    [
        ("Warm the muscle.", "Warm the sore muscle.", "Warm the {+sore +}muscle."),
        ("Rest for a day.", "Rest for 2 days.", "Rest for [-a day-]{+2 days+}."),
        ("One line.\nOld two.", "One line.\nNew two.", "One line.\n[-Old-]{+New+} two."),
        ("Good evidence", "None found", "[-Good evidence-]{+None found+}"),
        ("", "New", "{+New+}"),
        ("Old", "", "[-Old-]"),
    ],
)
def test_what_differs_is_marked_word_by_word(before: str, after: str, expected: str) -> None:
    assert said(before, after) == expected


@pytest.mark.parametrize("mark", ["\n", " "])
def test_a_long_text_is_compared_while_one_waits(mark: str) -> None:
    before = mark.join(f"Line {n} of a long text, about legs and nights." for n in range(500))
    started = perf_counter()
    runs(before, before.replace("nights", "long mornings"))
    assert perf_counter() - started < 5


@pytest.mark.parametrize("line", ["Line {n}.\n", "\n"])
def test_of_very_many_lines_nothing_is_compared(line: str) -> None:
    before = "".join(line.format(n=n) for n in range(5_000))
    after = before.replace("\n", " now\n")
    assert runs(before, after) == (Run("removed", before), Run("added", after))
