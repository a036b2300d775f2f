"""Words are product: easy to read, no doses in prose, tokens that mean something."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest

from guide.pages.countries import GENERIC
from guide.pages.readability import MAX_GRADE, long_sentences, read
from tests.content.conftest import Fixtures

EXEMPT_SHARE = 0.04

#: What is read in one go, by kind: each group is graded as one text.
PROSE: dict[str, tuple[tuple[str, ...], ...]] = {
    "article": (("intro",), ("summary", "takeaway")),
    "section": (("body",), ("in_short",)),
    "carecard": (("heading", "lines", "after"),),
    "tip": (("action", "detail"),),
    "stretch": (("summary", "feel", "make_easier"), ("care",), ("helper",)),
    "routine": (("summary", "note"),),
    "faq": (("answer", "more"),),
    "caution": (("sentence",),),
    "questionnaire": (("summary", "intro"),),
    "question": (("text", "hint", "why"), ("help",)),
    "option": (("text",),),
    "rule": (("because",),),
}
#: One sentence alone has no grade worth the name: two hard words tip it. Its length is held.
ONE_LINE = {
    *(("in_short",), ("summary", "takeaway"), ("sentence",)),
    *(("text",), ("text", "hint", "why"), ("because",)),
}
NUMBER = r"(?:\d+|two|three|four|five|six|seven|eight|nine|ten|fifteen|twenty|thirty)"
DOSE = re.compile(
    rf"\b{NUMBER}(?: to {NUMBER})?[- ](?:seconds?|secs?|reps?|repeats|repetitions)\b"
    rf"|\b(?:hold|repeat)\w* (?:\w+ ){{0,3}}{NUMBER}\b",
    re.IGNORECASE,
)
BANNED = re.compile(
    r"\b(should|just|simply|easily|don['’]t worry|secret|proven|instantly|sanctuary|journey)\b|—",
    re.IGNORECASE,
)


def texts(fixtures: Fixtures) -> Iterator[tuple[str, tuple[str, ...], str]]:
    """Every text of the guide: where it stands, its fields, its words; steps as one text."""
    steps: dict[str, list[str]] = {}
    for row in fixtures.of("stretchstep"):
        steps.setdefault(row.fields["stretch"][0], []).append(row.fields["text"])
    for stretch, lines in steps.items():
        yield f"steps of {stretch}", ("steps",), "\n\n".join(lines)
    for row in fixtures.of(*PROSE):
        for group in PROSE[row.kind]:
            text = row.texts(*group)
            if {"lines", "care"} & set(group):
                text = text.replace("\n", "\n\n")
            yield f"{row.name} {'+'.join(group)}", group, text


@pytest.fixture(scope="session")
def exempt(fixtures: Fixtures) -> set[str]:
    return fixtures.slugs("exemptword")


def test_every_text_reads_at_grade_6_or_lower(fixtures: Fixtures, exempt: set[str]) -> None:
    graded = {
        name: read(text, exempt).grade
        for name, group, text in texts(fixtures)
        if group not in ONE_LINE
    }
    assert len(graded) > 200
    assert {name: grade for name, grade in graded.items() if grade > MAX_GRADE} == {}


def test_no_sentence_has_more_than_20_words(fixtures: Fixtures) -> None:
    long = [(name, line) for name, _, text in texts(fixtures) for line in long_sentences(text)]
    assert long == []


def test_few_words_are_exempt_from_the_grade(
    fixtures: Fixtures, exempt: set[str], capsys: pytest.CaptureFixture[str]
) -> None:
    judged = [read(text, exempt) for _, _, text in texts(fixtures)]
    words, left_out = sum(text.words for text in judged), sum(text.exempt for text in judged)
    with capsys.disabled():
        print(
            f"\n{len(exempt)} words are exempt from the grade: {left_out} of {words} in the guide"
        )
    assert left_out / words <= EXEMPT_SHARE


def test_prose_holds_no_doses(fixtures: Fixtures) -> None:
    """A stretch may speak of its own dose; everybody else points to the stretch."""
    found = [
        (name, dose.group())
        for name, group, text in texts(fixtures)
        if "make_easier" not in group and (dose := DOSE.search(text))
    ]
    assert found == []


def test_the_tone_is_calm_and_never_scolds(fixtures: Fixtures) -> None:
    found = [
        (name, word.group()) for name, _, text in texts(fixtures) if (word := BANNED.search(text))
    ]
    assert found == []


def test_braces_hold_only_words_that_countries_give(fixtures: Fixtures) -> None:
    found = {
        (name, token)
        for name, _, text in texts(fixtures)
        for token in re.findall(r"\{([^}]*)\}?", text)
        if token not in GENERIC
    }
    assert found == set()


def test_country_words_come_from_countries(fixtures: Fixtures) -> None:
    """911, GP and A&E are wrong for most readers."""
    local = re.compile(r"\b(911|999|112|NHS 111|GPs?|A&E|the ER)\b")
    found = [
        (name, word.group()) for name, _, text in texts(fixtures) if (word := local.search(text))
    ]
    assert found == []
