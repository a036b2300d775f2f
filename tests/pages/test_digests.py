from __future__ import annotations

import pytest

from guide.pages.rows import digest


def test_rows_stay_what_they_were_when_a_migration_adds_a_field() -> None:
    old = [{"model": "guide.tip", "fields": {"slug": "warm-it", "order": 0}}]
    new = [{"model": "guide.tip", "fields": {"order": 0, "slug": "warm-it", "places": []}}]
    assert digest(old) == digest(new)  # type: ignore[arg-type]


@pytest.mark.parametrize("value", [0, "x", ["x"]])
def test_a_field_that_says_something_counts(value: object) -> None:
    """A rest of no seconds is a dose; an empty rest is the dose of the stretch."""
    rows = [[{"model": "guide.tip", "fields": {"rest": rest}}] for rest in (value, None)]
    assert digest(rows[0]) != digest(rows[1])  # type: ignore[arg-type]


def test_the_order_of_keys_says_nothing_however_deep_they_are() -> None:
    """PostgreSQL gives them an order of its own: then all would look changed by staff."""
    figures = (
        {"title": "A", "pose": {"hip": [1, 2], "torso": 3}},
        {"pose": {"torso": 3, "hip": [1, 2]}, "title": "A"},
    )
    rows = [[{"fields": {"figure": figure}, "model": "guide.stretch"}] for figure in figures]
    assert digest(rows[0]) == digest(rows[1])  # type: ignore[arg-type]
