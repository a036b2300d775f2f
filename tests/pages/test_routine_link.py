"""A routine in a link: what is written is read again, and whatever is read is safe."""

from __future__ import annotations

import string
from typing import Any
from urllib.parse import quote

import pytest
from hypothesis import given
from hypothesis import strategies as st

from guide.pages.readability import MAX_GRADE, long_sentences
from guide.pages.readability import read as grade
from guide.pages.routine_link import (
    HOLDS,
    LENGTH_AT_MOST,
    REPEATS,
    RESTS,
    STRETCHES_AT_MOST,
    Known,
    Read,
    Step,
    Steps,
    edited,
    moved,
    read,
    written,
)
from tests.pages.test_doses import dose
from tests.triage.flows import reproducible

NAMES = {f"calf-{letter}": f"Calf stretch {letter}" for letter in "abcdefghij"}
KNOWN = {slug: Known(name, dose(hold_seconds=20)) for slug, name in NAMES.items()}
KNOWN["pump"] = Known("Ankle pumps", dose(hold_seconds=None, repeats=10))
KNOWN["cramp"] = Known("Toe pull", dose(hold_seconds=None, until_eased=True))
GOOD = sorted(set(KNOWN) - {"cramp"})


def within(limits: range) -> st.SearchStrategy[int | None]:
    return st.none() | st.integers(limits[0], limits[-1])


@st.composite
def routines(draw: st.DrawFn) -> Steps:
    slugs = draw(st.lists(st.sampled_from(GOOD), unique=True, max_size=STRETCHES_AT_MOST))
    return tuple(
        Step(
            slug,
            hold=draw(within(HOLDS)) if slug != "pump" else None,
            repeats=draw(within(REPEATS)),
            rest=draw(within(RESTS)),
        )
        for slug in slugs
    )


#: Anything, and links that are nearly right.
links = st.text() | st.lists(st.sampled_from([*KNOWN, *"~~~...xr0159"]), max_size=40).map("".join)


@reproducible
@given(routines())
def test_what_is_written_is_read_again_without_a_word(steps: Steps) -> None:
    assert read(written(steps), KNOWN) == Read(steps, ())


@reproducible
@given(routines())
def test_a_link_needs_no_quoting_and_is_never_too_long(steps: Steps) -> None:
    assert quote(written(steps)) == written(steps)
    longest = tuple(Step("a" * 60, 60, 10, 60) for _ in range(STRETCHES_AT_MOST))
    assert len(written(longest)) <= LENGTH_AT_MOST


@reproducible
@given(links)
def test_whatever_a_link_says_the_routine_is_safe_and_reads_the_same_again(text: str) -> None:
    steps, _ = read(text, KNOWN)
    assert len({step.slug for step in steps}) == len(steps) <= STRETCHES_AT_MOST
    for step in steps:
        assert step.slug in GOOD
        for value, limits in ((step.hold, HOLDS), (step.repeats, REPEATS), (step.rest, RESTS)):
            assert value is None or value in limits
    assert read(written(steps), KNOWN) == Read(steps, ())


@reproducible
@given(st.text(alphabet=string.ascii_lowercase, min_size=6))
def test_a_note_never_repeats_what_stands_in_a_link(word: str) -> None:
    notes = " ".join(read(f"{word}~calf-a.{word}~{word * 100}", KNOWN).notes)
    assert notes == " ".join(read(f"zzzzzz~calf-a.zzzzzz~{'z' * 600}", KNOWN).notes)


@pytest.mark.parametrize(
    ("text", "steps", "words"),
    [
        ("calf-a.300x3", (Step("calf-a", 60, 3),), "set the hold to 60 seconds"),
        ("calf-a.1", (Step("calf-a", 5),), "set the hold to 5 seconds"),
        ("calf-a.10x99", (Step("calf-a", 10, 10),), "set it to 10 times"),
        ("calf-a.x0", (Step("calf-a", repeats=1),), "set it to once"),
        ("calf-a.r90", (Step("calf-a", rest=60),), "set the rest to 60 seconds"),
        ("calf-a.10 by 3", (Step("calf-a"),), "its dose could not be read"),
        ("pump.10x5", (Step("pump", repeats=5),), "no hold to set"),
        ("calf-a~nowhere~calf-b", (Step("calf-a"), Step("calf-b")), "not a stretch of this guide"),
        ("calf-a~cramp", (Step("calf-a"),), "Toe pull: this is for a cramp"),
        ("calf-a~calf-b~calf-a.5", (Step("calf-a"), Step("calf-b")), "is here once"),
        ("~".join(NAMES), tuple(map(Step, list(NAMES)[:8])), "8 stretches at most"),
        ("calf-a~" + "b" * 700, (Step("calf-a"),), "too long"),
    ],
)
def test_a_damaged_link_gives_its_good_part_and_says_what_was_changed(
    text: str, steps: Steps, words: str
) -> None:
    found = read(text, KNOWN)
    assert found.steps == steps
    assert any(words in note for note in found.notes), found.notes


def test_an_empty_link_is_an_empty_routine() -> None:
    assert read("", KNOWN) == read("~~", KNOWN) == Read((), ())


def test_what_a_note_says_is_easy_to_read() -> None:
    links = ["pump.999x999r999", "calf-a.999x0r999~calf-a~cramp~nowhere~calf-b.?", "~".join(NAMES)]
    notes = {note for link in links for note in read(link, KNOWN).notes}
    assert len(notes) >= 9
    assert [note for note in notes if list(long_sentences(note))] == []
    assert grade("\n\n".join(notes)).grade <= MAX_GRADE


STEPS = (Step("calf-a", 10, 3, 10), Step("calf-b"))


@pytest.mark.parametrize(
    ("form", "changed"),
    [
        ({}, None),
        ({"s": "calf-a", "utm": "1"}, None),
        ({"hold-calf-b": "30"}, (STEPS[0], Step("calf-b", 30))),
        ({"hold-calf-a": "", "repeats-calf-a": ""}, (Step("calf-a", rest=10), STEPS[1])),
        ({"hold-calf-a": "long"}, (Step("calf-a", None, 3, 10), STEPS[1])),
        ({"add": "pump"}, (*STEPS, Step("pump"))),
        ({"add": "/evil?~x"}, STEPS),
        ({"hold-nowhere": "30"}, STEPS),
    ],
)
def test_a_form_changes_a_routine(form: dict[str, str], changed: Steps | None) -> None:
    assert edited(STEPS, form) == changed


@reproducible
@given(routines(), st.dictionaries(st.sampled_from(["add", "hold-pump", "repeats-pump"]), links))
def test_whatever_a_form_sends_the_new_link_needs_no_quoting(
    steps: Steps, form: dict[str, Any]
) -> None:
    changed = written(edited(steps, form) or ())
    assert quote(changed) == changed
    assert not changed.strip(string.ascii_letters + string.digits + "-_.~")


def test_a_stretch_moves_up_and_down_and_stays_at_the_ends() -> None:
    a, b, c = Step("a"), Step("b"), Step("c")
    assert moved([a, b, c], 1, -1) == [b, a, c]
    assert moved([a, b, c], 1, 1) == [a, c, b]
    assert moved([a, b, c], 0, -1) == moved([a, b, c], 2, 1) == [a, b, c]
