"""Words are product: the guide as it is published holds to its own rules of language.

What the rules are, tests/pages/test_lint.py says; here is the text that they are for.
"""

from __future__ import annotations

from collections import defaultdict

import pytest

from guide.models import UNITS, Row
from guide.pages.lint import graded_texts, lint
from guide.pages.prose import PROSE
from guide.pages.readability import read
from guide.pages.rows import RowData
from guide.publishing.rows import key_of, model_of
from tests.content.conftest import Fixtures

EXEMPT_SHARE = 0.04


@pytest.fixture(scope="session")
def units(fixtures: Fixtures) -> dict[str, list[RowData]]:
    """The rows of each unit that holds prose, by its kind and address."""
    found: defaultdict[str, list[RowData]] = defaultdict(list)
    for row in fixtures.of(*PROSE):
        data = RowData(model=f"guide.{row.kind}", fields=row.fields)
        found[f"{_kind(data)} {key_of(data).split('/')[0]}"].append(data)
    return found


def _kind(row: RowData) -> str:
    model = model_of(row)
    return next(unit.kind for unit in UNITS if model is unit or model in unit.parts)


@pytest.fixture(scope="session")
def exempt(fixtures: Fixtures) -> set[str]:
    return fixtures.slugs("exemptword")


def test_the_guide_holds_to_every_rule_of_language(
    units: dict[str, list[RowData]], exempt: set[str]
) -> None:
    """Grade 6, 20 words a sentence, no dose in prose, no promise: all of them, everywhere."""
    assert sum(map(len, units.values())) > 700
    found = [
        f"{name}: {rows[finding.row]['model']} {finding.field}, line {finding.line}: {finding}"
        for name, rows in units.items()
        for finding in lint(rows, exempt)
    ]
    assert found == []


def test_few_words_are_exempt_from_the_grade(
    units: dict[str, list[RowData]], exempt: set[str], capsys: pytest.CaptureFixture[str]
) -> None:
    judged = [read(text, exempt) for rows in units.values() for text in graded_texts(rows)]
    assert len(judged) > 200
    words, left_out = sum(text.words for text in judged), sum(text.exempt for text in judged)
    with capsys.disabled():
        print(
            f"\n{len(exempt)} words are exempt from the grade: {left_out} of {words} in the guide"
        )
    assert left_out / words <= EXEMPT_SHARE


def test_every_kind_of_text_that_readers_see_is_read() -> None:
    """A field of prose that is not on the list would be held to nothing."""
    unread = {
        f"{model._meta.model_name}.{field.name}"
        for unit in UNITS
        for model in (unit, *unit.parts)
        for field in model._meta.concrete_fields
        if field.get_internal_type() in {"CharField", "TextField"}
        and not field.choices
        and field.name not in {name for group in _groups(model) for name in group}
    }
    assert unread == NOT_PROSE


def _groups(model: type[Row]) -> list[tuple[str, ...]]:
    return [group.fields for group in PROSE.get(str(model._meta.model_name), ())]


#: Names of works and people, words for staff, and words of other guides.
NOT_PROSE = {
    *(f"{unit._meta.model_name}.checked_by" for unit in UNITS),
    *("source.title", "source.publisher", "source.year", "source.address"),
    *("claim.text", "claim.left_out", "caution.name", "section.search_words"),
    *("country.name", "country.emergency", "country.urgent", "country.urgent_number"),
    *("country.doctor", "country.emergency_room", "country.text_relay"),
    *("option.code", "rule.implements", "safetycase.story"),
    *("synonym.words", "synonym.means", "warningword.words"),
}
