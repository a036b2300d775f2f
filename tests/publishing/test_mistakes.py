"""Mistakes in fixtures: named for the person who made them, and nothing is loaded."""

from __future__ import annotations

from pathlib import Path

import pytest
from django.core.management import CommandError, call_command
from django.db import connection

from guide.models import Article
from guide.publishing.files import FixtureError
from guide.publishing.fixtures import load
from tests.publishing.test_fixtures import GUIDE, write

pytestmark = pytest.mark.django_db


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    write(tmp_path, GUIDE)
    return tmp_path


@pytest.mark.parametrize(
    ("right", "wrong", "said"),
    [
        ("    title: Heat and cold\n", "    titel: Heat\n", "row 2 (section heat-cold): titel"),
        ("    title: Heat and cold\n", "    title: ''\n", "row 2 (section heat-cold): title"),
        ("article: [ease-a-cramp]", "article: [nowhere]", "article: no article is called nowhere"),
        ("    action: Warm", "    cautions: [[none]]\n    action: Warm", "cautions: no caution"),
        ("    action: Warm", "    evidence: perhaps\n    action: Warm", "evidence: Value"),
        ("model: guide.tip", "model: guide.tipp", "row 3 (tipp"),
        ("    slug: heat-cold\n", "    slug: no\n", "slug: must be given, as text"),
        ("    title: Heat and cold\n", "    title: 12\n", "title: must be text"),
        ("    title: Heat and cold\n", "    title: [a]\n", "title: must be text"),
        ("    title: Heat and cold\n", "    title: yes\n", "title: must be text"),
        ("    title: Heat and cold\n", "    title:\n", "title: must be text"),
        ("    title: Heat and cold\n", '    title: "By\\0day"\n', "title: must be text"),
        ("[ease-a-cramp]", "ease-a-cramp", "article: must be a natural key in brackets, as in [ar"),
        ("[ease-a-cramp]", "null", "article: must be a natural key in brackets"),
        ("[ease-a-cramp]", "[[ease-a-cramp]]", "article: must be a natural key in brackets"),
        ("    article: [ease-a-cramp]\n", "", "article: must be a natural key in brackets"),
        ("    action:", "    sources: s03\n    action:", "sources: must be a list of natural keys"),
        ("    action:", "    sources: [s03]\n    action:", "as in [[source]]"),
        ("    action:", "    sources: [s03, [s07]]\n    action:", "sources: must be a list"),
        ("    action:", "    sources: [[[s03]]]\n    action:", "sources: must be a list"),
        ("    action:", "    sources: [[s3], [s3]]\n    action:", "sources: s3 is listed twice"),
        ("    action:", "    order: many\n    action:", "order: must be a whole number"),
        ("    action:", "    order: '3'\n    action:", "order: must be a whole number"),
        ("    action:", "    order: 2.5\n    action:", "order: must be a whole number"),
        ("    action:", "    order: .inf\n    action:", "order: must be a whole number"),
        ("    action:", "    order: -1\n    action:", "order: Ensure"),
        ("    action:", "    order: 99999999999999999999\n    action:", "order: Ensure"),
        (
            "    in_short:",
            "    checked_on: 2026-13-45\n    in_short:",
            "checked_on: must be a date",
        ),
        ("    in_short:", "    checked_on: 2026-1-2\n    in_short:", "checked_on: must be a date"),
        ("    summary:", "    on_home: 1\n    summary:", "on_home: must be true or false"),
        ("    action:", "    3: a\n    what: b\n    action:", "3: there is no such field"),
        ("guide.section", "guide.Section", "row 2 (Section): guide.Section is not a row"),
    ],
)
def test_a_mistake_is_named_by_file_row_and_field_and_nothing_is_loaded(
    folder: Path, right: str, wrong: str, said: str
) -> None:
    write(folder, GUIDE.replace(right, wrong))
    with pytest.raises(FixtureError) as caught:
        load(folder)
    assert said in str(caught.value)
    assert "articles/ease-a-cramp.yaml" in str(caught.value)
    assert not Article.objects.exists()


def test_a_choice_that_is_no_word_is_named_by_its_field(folder: Path) -> None:
    text = "- model: guide.stretch\n  fields: {slug: calf, muscles: [{a: 1}], moments: [3]}\n"
    (folder / "stretches.yaml").write_text(text)
    with pytest.raises(
        FixtureError, match=r"stretches\.yaml, row 1 \(stretch calf\).*muscles: Choose from"
    ):
        load(folder)


def test_a_row_given_twice_is_refused_naming_both_places(folder: Path) -> None:
    again = GUIDE[GUIDE.index("- model: guide.tip") :]
    (folder / "articles" / "more.yaml").write_text(again)
    with pytest.raises(FixtureError) as caught:
        load(folder)
    assert str(caught.value) == (
        "articles/more.yaml, row 1 (tip heat-cold/warm-it): "
        "the same row is in articles/ease-a-cramp.yaml, row 3"
    )
    assert not Article.objects.exists()


def test_what_only_the_database_refuses_is_named_by_its_row(folder: Path) -> None:
    card = (
        "- model: guide.carecard\n"
        "  fields: {section: [heat-cold], slug: NAME, level: urgent, heading: A, lines: B}\n"
    )
    write(folder, GUIDE + card.replace("NAME", "one") + card.replace("NAME", "two"))
    with pytest.raises(FixtureError) as caught:
        load(folder)
    assert "row 5 (carecard heat-cold/two)" in str(caught.value)
    assert "row 4" not in str(caught.value)
    assert not Article.objects.exists()


def test_a_field_given_twice_is_refused_naming_file_and_line(folder: Path) -> None:
    write(folder, GUIDE.replace("    title: Heat and", "    title: Ice\n    title: Heat and"))
    with pytest.raises(FixtureError, match=r"ease-a-cramp\.yaml: title is given twice\n.*line 12"):
        load(folder)


def test_a_value_that_yaml_cannot_read_is_named_by_file(folder: Path) -> None:
    write(folder, GUIDE.replace("Ease a cramp", "0b_"))
    with pytest.raises(FixtureError, match=r"articles/ease-a-cramp\.yaml: invalid literal"):
        load(folder)


def test_yaml_that_does_not_parse_is_named_by_file_and_line(folder: Path) -> None:
    write(folder, GUIDE + "\n- model: [")
    with pytest.raises(FixtureError, match=r"articles/ease-a-cramp\.yaml.*(\n.*)*line"):
        load(folder)


def test_a_load_before_the_first_migration_says_so(folder: Path) -> None:
    with connection.cursor() as cursor:
        cursor.execute("ALTER TABLE guide_edition RENAME TO not_there_yet")
    with pytest.raises(CommandError, match=r"run manage\.py migrate first"):
        call_command("load_guide", folder)
