"""Six weeks of evenings, as a calendar library reads them."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from icalendar import Calendar

from guide.pages.calendar_file import EVENINGS, TITLE, six_weeks, start
from tests.triage.flows import reproducible

LINK = "https://legrelief.example/routine/?s=" + "~".join(f"stretch-{n}.10x3" for n in range(8))
TODAY = date(2026, 10, 1)
BEGINS = datetime(2026, 10, 1, 21, 30)  # noqa: DTZ001
MADE = datetime(2026, 10, 1, 12, tzinfo=UTC)


def text(link: str = LINK, *, alarm: bool = False) -> str:
    return six_weeks(link, BEGINS, 7, alarm=alarm, made=MADE)


def event(written: str) -> Any:
    (found,) = Calendar.from_ical(written).walk("VEVENT")
    assert not found.errors
    return found


def test_a_calendar_reads_forty_two_evenings_at_the_readers_own_time() -> None:
    found = event(text())
    assert found.decoded("dtstart") == BEGINS
    assert found.decoded("dtstart").tzinfo is None
    assert found["rrule"] == {"FREQ": ["DAILY"], "COUNT": [EVENINGS]}
    assert EVENINGS == 42
    assert found.decoded("duration") == timedelta(minutes=7)
    assert found.decoded("dtstamp") == MADE


def test_the_title_is_neutral_and_the_link_is_inside() -> None:
    found = event(text())
    assert found["summary"] == TITLE == "Evening routine"
    assert found["url"] == found["description"] == LINK
    assert "leg" not in text("https://a.example/").lower().replace("legrelief", "")


def test_only_who_wants_it_is_reminded() -> None:
    assert Calendar.from_ical(text()).walk("VALARM") == []
    (alarm,) = Calendar.from_ical(text(alarm=True)).walk("VALARM")
    assert alarm["action"] == "DISPLAY"
    assert alarm.decoded("trigger") == timedelta(0)


def test_the_same_evenings_fetched_twice_are_the_same_event() -> None:
    assert event(text())["uid"] == event(text(alarm=True))["uid"]
    assert event(text())["uid"] != event(text("https://a.example/"))["uid"]


@reproducible
@given(st.text(st.characters(exclude_categories=["Cc", "Cs"])))
def test_any_text_comes_through_in_lines_that_a_calendar_takes(words: str) -> None:
    written = six_weeks(f"https://a.example/{words}", BEGINS, 5, alarm=False, made=MADE)
    assert event(written)["description"] == f"https://a.example/{words}"
    lines = written.split("\r\n")
    assert lines[-1] == ""
    assert max(len(line.encode()) for line in lines) <= 75
    assert "\n" not in written.replace("\r\n", "")


@pytest.mark.parametrize(
    ("first", "at", "begins"),
    [
        ("2026-10-03", "22:15", datetime(2026, 10, 3, 22, 15)),  # noqa: DTZ001
        ("", "", BEGINS),
        ("soon", "late", BEGINS),
        ("2026-02-31", "24:00", BEGINS),
        ("0001-01-01", "21:30+05:00", BEGINS),
        ("9999-12-31", "21:30:30", BEGINS),
    ],
)
def test_the_first_evening_is_the_one_asked_for_or_tonight(
    first: str, at: str, begins: datetime
) -> None:
    assert start(first, at, TODAY) == begins
