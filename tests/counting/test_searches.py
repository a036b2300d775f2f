"""A search term is kept only once it came on three different days, and nobody reads it before."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
import time_machine
from django.db import connection
from django.test import Client
from pytest_django import Settings

from guide.counting import searches
from guide.counting.searches import buffer, count_search
from guide.models import SearchTerm

pytestmark = pytest.mark.django_db

FIRST = datetime(2026, 3, 1, 12, tzinfo=UTC)


def on_day(number: int, *asked: str, found: bool = False) -> None:
    """Search on a day, and store at its end what was counted."""
    with time_machine.travel(FIRST + timedelta(days=number), tick=False):
        for term in asked:
            count_search(term, found=found)
        buffer.flush()


def readable() -> dict[str, int]:
    return dict(SearchTerm.objects.exclude(term="").values_list("term", "times"))


def stored() -> str:
    with connection.cursor() as cursor:
        cursor.execute("SELECT * FROM guide_searchterm")
        return str(cursor.fetchall())


def test_a_term_can_be_read_from_the_third_day_on() -> None:
    on_day(0, "jumpy legs", "jumpy legs", "jumpy legs")
    on_day(1, "jumpy legs")
    assert readable() == {}
    assert "jumpy" not in stored()
    on_day(5, "Jumpy  LEGS", "jumpy legs")
    assert readable() == {"jumpy legs": 2}
    on_day(5, "jumpy legs")
    assert readable() == {"jumpy legs": 3}


def test_many_searches_on_one_day_are_one_day() -> None:
    for _ in range(5):
        on_day(0, "jumpy legs")
    assert SearchTerm.objects.get().days == 1


def test_a_clock_set_back_adds_no_day() -> None:
    for day in (3, 2, 1, 3):
        on_day(day, "jumpy legs")
    assert SearchTerm.objects.get().days == 1


def test_what_is_stored_before_cannot_be_told_without_the_key(settings: Settings) -> None:
    on_day(0, "jumpy legs")
    kept = SearchTerm.objects.get().key
    SearchTerm.objects.all().delete()
    settings.SECRET_KEY = "another" * 10
    on_day(0, "jumpy legs")
    assert SearchTerm.objects.get().key != kept


@pytest.mark.parametrize(
    "asked", ["ann@example.org", "555 1234", "born 1980", "a" * 61, "see a.b/c"]
)
def test_what_may_be_about_one_person_is_never_counted(asked: str) -> None:
    on_day(0, asked)
    assert not SearchTerm.objects.exists()


def test_whether_a_term_found_something_is_as_it_was_last() -> None:
    for day in range(3):
        on_day(day, "jumpy legs", found=False)
    assert not SearchTerm.objects.get().found
    on_day(3, "jumpy legs", found=True)
    assert SearchTerm.objects.get().found


def test_a_term_nobody_can_read_is_forgotten_and_one_that_was_read_stays() -> None:
    on_day(0, "once")
    for day in range(3):
        on_day(day, "often")
    on_day(95, "another")
    assert SearchTerm.objects.count() == 2
    assert readable() == {"often": 1}


def test_only_so_many_are_kept_the_latest_ones(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(searches, "MOST_PENDING", 2)
    on_day(0, "old")
    on_day(1, "newer")
    on_day(2, "newest")
    assert SearchTerm.objects.count() == 2
    on_day(3, "newer")
    on_day(4, "newer")
    assert readable() == {"newer": 1}


def test_a_search_that_was_sent_is_counted_and_half_a_word_is_not(client: Client) -> None:
    client.get("/search/?q=jumpy", headers={"HX-Request": "true"})
    client.get("/search/?q=jumpy&in=read")
    client.get("/search/?q=")
    buffer.flush()
    assert not SearchTerm.objects.exists()
    client.get("/search/?q=jumpy")
    assert not SearchTerm.objects.exists()
    buffer.flush()
    assert SearchTerm.objects.count() == 1
