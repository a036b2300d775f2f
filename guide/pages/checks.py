"""When a clinician checked a text, and when the next check is due: from the text, not the clock.

A check is a field of the text, so that an edition carries it. Only a check moves it: a word
put right leaves it alone.
"""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Iterable, Mapping
from datetime import MAXYEAR, date, datetime
from typing import Any, TypedDict

YEARLY, HALF_YEARLY = 12, 6

#: Months from one check to the next, by kind of unit.
MONTHS = {
    "article": YEARLY,
    "section": YEARLY,
    "stretch": YEARLY,
    "routine": YEARLY,
    "faq": YEARLY,
    "source": YEARLY,
    "claim": YEARLY,
    "synonym": YEARLY,
    # These decide how fast somebody acts, or what they leave alone.
    "questionnaire": HALF_YEARLY,
    "caution": HALF_YEARLY,
    "country": HALF_YEARLY,
    "warningword": HALF_YEARLY,
}


class Checked(TypedDict):
    """Who checked a text, on which day, and by which day again; all empty if nobody has yet."""

    on: str
    by: str
    due: str


class Standing(TypedDict):
    """How a page of texts stands: its check, and the last change of any of them."""

    checked: Checked
    updated: datetime


NOBODY = Checked(on="", by="", due="")


def months_between(kind: str, *, signs: bool = False) -> int:
    """Return the months between two checks; fewer where a text holds `signs` to act on."""
    return HALF_YEARLY if signs else MONTHS[kind]


def later(day: date, months: int) -> date:
    """Return the same day so many months later, or earlier: of a shorter month the last one.

    There is none after the last day of all, which only a slip of the hand leads to.
    """
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    if year > MAXYEAR:
        return date.max
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))


def checked(fields: Mapping[str, Any], kind: str, *, signs: bool = False) -> Checked:
    """Return who checked the unit of these fields, and when again."""
    if not (on := fields["checked_on"]):
        return NOBODY
    due = later(date.fromisoformat(on), months_between(kind, signs=signs))
    return Checked(on=on, by=fields["checked_by"], due=due.isoformat())


def together(checks: Iterable[Checked]) -> Checked:
    """Return how a page of several texts stands: as the one that is due first.

    While one of them was never checked, nor was the page.
    """
    return min(checks, key=lambda found: (found["due"], found["on"]), default=NOBODY)
