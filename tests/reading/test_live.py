"""What is live, and how long a page may be kept."""

from __future__ import annotations

from datetime import timedelta
from inspect import getclosurevars
from typing import Any

import pytest
import time_machine
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries

from guide.publishing.press import keep, publish, withdraw
from guide.reading.articles import section
from guide.reading.keeping import FEW_KEPT, kept_few
from guide.reading.live import Live, NotLive, live
from guide.reading.my_routine import my_routine
from guide.reading.questionnaires import earlier_flow
from tests import make

pytestmark = pytest.mark.django_db


def test_a_draft_is_not_live() -> None:
    make.section()
    with pytest.raises(NotLive):
        section(live(), "heat-cold")


def test_a_draft_kept_as_an_edition_is_not_live_and_changes_nothing() -> None:
    make.published(make.section())
    before = live()
    keep(make.section("shoes"))
    assert live() == before


def test_a_published_edit_replaces_the_page_that_was_kept() -> None:
    made = make.section()
    make.published(made)
    assert section(live(), "heat-cold")["title"] == "Heat and cold"
    made.title = "Warm or cool"
    made.save()
    assert section(live(), "heat-cold")["title"] == "Heat and cold"
    make.published(made)
    assert section(live(), "heat-cold")["title"] == "Warm or cool"


def test_a_scheduled_edition_comes_by_the_clock_alone() -> None:
    made = make.section()
    make.published(made)
    made.title = "Warm or cool"
    made.save()
    day = timezone.now() + timedelta(days=1)
    publish(made, live_from=day)
    with time_machine.travel(day - timedelta(seconds=1), tick=False):
        assert section(live(), "heat-cold")["title"] == "Heat and cold"
    with time_machine.travel(day, tick=False):
        assert section(live(), "heat-cold")["title"] == "Warm or cool"


def test_a_day_that_comes_is_seen_although_something_newer_was_published_before_it() -> None:
    made, other = make.section(), make.section("shoes", title="Shoes")
    make.published(made)
    made.title = "Warm or cool"
    made.save()
    day = timezone.now() + timedelta(days=1)
    publish(made, live_from=day)
    make.published(other)
    assert section(live(), "heat-cold")["title"] == "Heat and cold"
    with time_machine.travel(day, tick=False):
        assert section(live(), "heat-cold")["title"] == "Warm or cool"


def test_a_withdrawn_unit_is_gone_at_once() -> None:
    made = make.section()
    make.published(made)
    assert section(live(), "heat-cold")
    withdraw(made, message="Out of date")
    with pytest.raises(NotLive):
        section(live(), "heat-cold")


def test_what_was_not_live_is_asked_for_again() -> None:
    made = make.section()
    with pytest.raises(NotLive):
        section(live(), "heat-cold")
    make.published(made)
    assert section(live(), "heat-cold")


def test_a_kept_page_costs_only_the_question_if_anything_changed(
    django_assert_num_queries: DjangoAssertNumQueries,
) -> None:
    make.published(make.section())
    section(live(), "heat-cold")
    with django_assert_num_queries(1):
        section(live(), "heat-cold")


def test_without_any_edition_the_guide_is_empty_and_not_broken() -> None:
    assert live().newest == 0


def test_of_what_readers_can_ask_for_without_end_the_latest_few_are_kept() -> None:
    built: list[int] = []

    @kept_few
    def build(live: Live, number: int) -> int:
        built.append(number)
        return number

    now = live()
    for number in (*range(FEW_KEPT), 1, FEW_KEPT, 1, 0):
        build(now, number)
    assert built == [*range(FEW_KEPT), FEW_KEPT, 0]


@pytest.mark.parametrize("keeping", [my_routine, earlier_flow])
def test_few_routines_and_former_questions_take_up_memory(keeping: Any) -> None:
    assert getclosurevars(keeping).nonlocals["most"] == FEW_KEPT
