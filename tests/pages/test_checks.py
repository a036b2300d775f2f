from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from guide.models import UNIT_BY_KIND
from guide.pages.checks import MONTHS, Checked, checked, later, months_between, together


def fields(on: str | None, by: str = "") -> dict[str, Any]:
    return {"checked_on": on, "checked_by": by}


def test_every_kind_of_unit_has_its_time_between_two_checks() -> None:
    assert MONTHS.keys() == UNIT_BY_KIND.keys()


@pytest.mark.parametrize("kind", ["questionnaire", "caution", "country"])
def test_what_decides_how_fast_somebody_acts_is_checked_twice_as_often(kind: str) -> None:
    assert months_between(kind) * 2 == months_between("article")


def test_a_section_that_tells_signs_to_act_on_is_checked_twice_as_often() -> None:
    plain = checked(fields("2026-06-01", "Dr A."), "section")
    signs = checked(fields("2026-06-01", "Dr A."), "section", signs=True)
    assert (plain["due"], signs["due"]) == ("2027-06-01", "2026-12-01")


def test_what_nobody_checked_is_due_on_no_day() -> None:
    assert checked(fields(None), "article") == Checked(on="", by="", due="")


@pytest.mark.parametrize(
    ("day", "months", "then"),
    [
        (date(2026, 11, 25), 12, date(2027, 11, 25)),
        (date(2026, 8, 31), 6, date(2027, 2, 28)),
        (date(2028, 2, 29), 12, date(2029, 2, 28)),
        (date(2026, 12, 15), 1, date(2027, 1, 15)),
        (date(2026, 1, 31), -2, date(2025, 11, 30)),
    ],
)
def test_months_later_is_the_same_day_or_the_last_of_a_shorter_month(
    day: date, months: int, then: date
) -> None:
    assert later(day, months) == then


def test_a_page_of_several_texts_stands_as_the_one_that_is_due_first() -> None:
    early, late = (checked(fields(on, "Dr A."), "faq") for on in ("2026-01-01", "2026-06-01"))
    assert together([late, early]) == early


def test_a_page_is_unchecked_while_one_of_its_texts_is() -> None:
    one, none = checked(fields("2026-01-01", "Dr A."), "faq"), checked(fields(None), "faq")
    assert together([one, none]) == none
    assert together([]) == none
