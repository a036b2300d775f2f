"""What the guide has to hold, by name: addresses that readers keep depend on it."""

from __future__ import annotations

from typing import Any

import pytest
from django.apps import apps
from django.db import models

from tests.content.conftest import Fixtures

SECTIONS = {
    "why-legs-ache": "dehydration-electrolytes posture-sitting health-medication",
    "bedtime-stretches": "hamstrings calves hips-quads",
    "food-and-drink": "minerals relaxing-foods hydration-tracking",
    "better-nights": "sleep-setup movement evening-drinks-caffeine",
    "ease-a-cramp": "cramp-stretch-now heat-cold self-massage",
    "night-routine": "prebed-sequence sleep-environment aromatherapy-bath",
    "daily-habits": "movement-breaks shoes elevate-legs",
    "when-to-get-help": "red-flags assisted-stretching",
    "what-else-it-could-be": "restless-legs pregnancy circulation nerve-pain joint-pain "
    "after-exercise children",
}


@pytest.mark.parametrize("article", SECTIONS)
def test_an_article_has_exactly_its_sections(fixtures: Fixtures, article: str) -> None:
    found = {
        row.fields["slug"] for row in fixtures.of("section") if row.fields["article"] == [article]
    }
    assert found == set(SECTIONS[article].split())


def test_every_part_of_the_outline_is_written(fixtures: Fixtures) -> None:
    assert fixtures.slugs("article") == set(SECTIONS)
    assert fixtures.slugs("routine") == {
        "trial-style",
        "evening-standing",
        "lying-down",
        "in-the-chair",
    }
    assert len(fixtures.slugs("stretch")) == 17
    assert len(fixtures.slugs("faq")) == 16
    assert fixtures.slugs("claim") == {f"c{number:03}" for number in range(1, 180)}


def test_the_countries_are_eight_and_one_is_the_default(fixtures: Fixtures) -> None:
    assert fixtures.slugs("country") == {"us", "gb", "ie", "eu", "ca", "au", "nz", "in"}
    assert [
        row.fields["slug"] for row in fixtures.of("country") if row.fields.get("is_default")
    ] == ["us"]


def test_three_takeaways_are_on_the_home_page(fixtures: Fixtures) -> None:
    shown = [row for row in fixtures.of("article") if row.fields.get("on_home")]
    assert len(shown) == 3
    assert all(row.fields["takeaway"] for row in shown)


def test_every_stretch_has_steps_and_every_section_has_tips(fixtures: Fixtures) -> None:
    stepped = {row.fields["stretch"][0] for row in fixtures.of("stretchstep")}
    tipped = {row.fields["section"][0] for row in fixtures.of("tip")}
    assert fixtures.slugs("stretch") - stepped == set()
    assert fixtures.slugs("section") - tipped == set()


def test_text_is_text_and_numbers_are_numbers(fixtures: Fixtures) -> None:
    """YAML turns an unquoted no, 12:30 or 911 into something that nobody wrote."""
    wrong = [
        f"{row.name} {name}: {value!r}"
        for row in fixtures
        for name, value in row.fields.items()
        if not isinstance(value, kinds_of(row.kind, name))
    ]
    assert wrong == []


def kinds_of(model: str, name: str) -> tuple[type[Any], ...]:
    field = apps.get_model("guide", model)._meta.get_field(name)
    if field.is_relation:
        return (list,)
    if isinstance(field, models.BooleanField):
        return (bool,)
    if isinstance(field, models.IntegerField):
        return (int,)
    if isinstance(field, models.JSONField):
        return (list, dict)
    return (str,)
