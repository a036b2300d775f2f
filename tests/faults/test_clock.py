"""A clock that is set back: nothing stands still, nothing is lost, and it mends by itself."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
import time_machine
from django.test import Client

from guide.models import Edition, Section
from guide.publishing.press import publish
from tests import make

pytestmark = pytest.mark.django_db

NOW = datetime(2026, 11, 26, 3, 0, tzinfo=UTC)
HOUR = timedelta(hours=1)
PAGE = "/guide/ease-a-cramp/"


@pytest.fixture
def clock() -> Iterator[Any]:
    with time_machine.travel(NOW - 2 * HOUR, tick=False) as traveller:
        yield traveller


@pytest.fixture
def section(clock: Any) -> Section:
    """A section published two hours ago, and again now: then the clock is set back by an hour."""
    made = make.section()
    make.published(made.article)
    made = rename(made, "Two hours ago")
    clock.move_to(NOW)
    made = rename(made, "Before it was set back")
    clock.move_to(NOW - HOUR)
    return made


def rename(section: Section, title: str) -> Section:
    section.title = title
    section.save()
    section.refresh_from_db()
    publish(section, who="a test")
    return section


def test_readers_see_the_guide_of_that_hour_and_no_fault(client: Client, section: Section) -> None:
    answer = client.get(PAGE)
    assert answer.status_code == 200
    assert b"Two hours ago" in answer.content


def test_what_is_published_meanwhile_is_read_at_once_and_stays_the_newest(
    client: Client, section: Section, clock: Any
) -> None:
    client.get(PAGE)
    rename(section, "While it was wrong")
    assert b"While it was wrong" in client.get(PAGE).content
    clock.move_to(NOW + HOUR)
    assert b"While it was wrong" in client.get(PAGE).content
    numbers = Edition.objects.of("section", section.slug).values_list("number", flat=True)
    assert sorted(numbers) == [1, 2, 3]


def test_once_it_is_right_again_what_was_published_before_is_read(
    client: Client, section: Section, clock: Any
) -> None:
    client.get(PAGE)
    clock.move_to(NOW + timedelta(seconds=1))
    assert b"Before it was set back" in client.get(PAGE).content


def test_staff_stay_signed_in(clock: Any) -> None:
    staff = Client()
    staff.force_login(make.staff())
    assert staff.get("/admin/").status_code == 200
    clock.shift(-HOUR)
    assert staff.get("/admin/").status_code == 200
