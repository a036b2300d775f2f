"""Publishing on a day to come: planned, let go only knowingly, and taken back."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from django.contrib.admin.models import LogEntry
from django.test import Client
from django.utils import timezone

from guide.models import Edition, Section
from guide.publishing.press import publish
from tests import make
from tests.admin.desk import address, messages, save, tips

DAY = timedelta(days=1)


@pytest.fixture
def tomorrow() -> datetime:
    return (timezone.now() + DAY).replace(second=0, microsecond=0)


def plan(client: Client, section: Section, when: datetime | None, **more: str) -> Any:
    url = address(section, "publish")
    version = client.get(url).context["form"]["version"].value()
    day = when.strftime("%Y-%m-%dT%H:%M") if when else ""
    return client.post(
        url, {"note": "For winter", "version": version, "live_from": day, **more}, follow=True
    )


def live(at: datetime) -> Edition:
    return Edition.objects.live(at).get(kind="section")


def test_an_edition_is_planned_and_goes_live_by_the_clock_alone(
    publisher: Client, section: Section, tomorrow: datetime
) -> None:
    save(publisher, section, **{"tips-0-action": "Warm it gently"})
    said = messages(plan(publisher, section, tomorrow))[0]
    assert said.startswith("Planned. Readers see edition 2 from ")
    assert tips() == ["Warm it"]
    assert live(tomorrow - timedelta(minutes=1)).number == 1
    assert live(tomorrow).number == 2
    page = publisher.get(address(section)).content.decode()
    assert "edition 2 goes live on" in page
    assert "Planned edition 2: For winter" in LogEntry.objects.latest("pk").get_change_message()


def test_a_time_that_has_passed_is_refused(publisher: Client, section: Section) -> None:
    save(publisher, section, title="Warmth")
    answer = plan(publisher, section, timezone.now() - DAY)
    assert "has passed" in str(answer.context["form"].errors["live_from"])
    assert Edition.objects.filter(kind="section").count() == 1


@pytest.mark.parametrize(
    "day", [datetime(9999, 12, 31, 23, 59, tzinfo=UTC), datetime(2206, 1, 1, tzinfo=UTC)]
)
def test_a_year_that_is_a_slip_of_the_hand_is_refused(
    publisher: Client, section: Section, day: datetime
) -> None:
    save(publisher, section, title="Warmth")
    with timezone.override("America/New_York"):  # where the last day of all is not in UTC any more
        answer = plan(publisher, section, day)
    assert "more than a year away" in str(answer.context["form"].errors["live_from"])
    assert not Edition.objects.planned(timezone.now()).exists()


def test_who_publishes_over_a_plan_is_told_and_has_to_agree(
    publisher: Client, section: Section, tomorrow: datetime
) -> None:
    save(publisher, section, title="Warmth")
    plan(publisher, section, tomorrow)
    save(publisher, section, title="Cold")
    answer = plan(publisher, section, None)
    assert "This retires edition 2" in str(answer.context["form"].errors["retire"])
    assert live(timezone.now()).number == 1
    plan(publisher, section, None, retire="on")
    assert live(timezone.now()).title == "Cold"
    assert live(tomorrow + DAY).title == "Cold"
    assert "Never went live" in publisher.get(address(section, "editions")).content.decode()


def test_who_plans_for_a_later_day_retires_nothing(
    publisher: Client, section: Section, tomorrow: datetime
) -> None:
    save(publisher, section, title="Warmth")
    plan(publisher, section, tomorrow)
    save(publisher, section, title="Cold")
    plan(publisher, section, tomorrow + DAY)
    titles = [live(at).title for at in (timezone.now(), tomorrow, tomorrow + DAY)]
    assert titles == ["Heat and cold", "Warmth", "Cold"]
    planned = publisher.get(address(section)).context["planned"]
    assert [edition.number for edition in planned] == [2, 3]


def test_what_was_planned_while_one_looked_is_shown_before_it_is_retired(
    publisher: Client, section: Section, tomorrow: datetime
) -> None:
    save(publisher, section, title="Warmth")
    url = address(section, "publish")
    version = publisher.get(url).context["form"]["version"].value()
    section.refresh_from_db()
    publish(section, live_from=tomorrow)
    answer = publisher.post(url, {"note": "n", "version": version, "retire": "on"})
    assert "while you looked" in str(answer.context["form"].non_field_errors())
    assert Edition.objects.filter(kind="section").count() == 2


def test_a_plan_is_taken_back_by_one_more_edition_that_says_what_is_live(
    publisher: Client, section: Section, tomorrow: datetime
) -> None:
    save(publisher, section, title="Warmth")
    plan(publisher, section, tomorrow)
    take_back(publisher, section)
    assert live(tomorrow + DAY).title == "Heat and cold"
    newest = Edition.objects.filter(kind="section").latest("number")
    assert (newest.number, newest.note, newest.version) == (3, "Wait for a source", section.version)
    assert publisher.get(address(section)).context["state"] == "Changed since published"
    assert Section.objects.get().title == "Warmth"


def test_a_plan_of_what_was_never_public_leaves_it_unseen(
    publisher: Client, tomorrow: datetime
) -> None:
    draft = make.section()
    publish(draft, live_from=tomorrow)
    take_back(publisher, draft)
    assert not Edition.objects.live(tomorrow + DAY).filter(kind="section").exists()


def test_withdrawing_over_a_plan_needs_a_tick_and_lets_it_go(
    publisher: Client, section: Section, tomorrow: datetime
) -> None:
    publish(section, live_from=tomorrow)
    answer = publisher.post(address(section, "withdraw"), {"message": "Old"})
    assert "This retires edition 2" in str(answer.context["withdraw_form"].errors["retire"])
    publisher.post(address(section, "withdraw"), {"message": "Old", "retire": "on"})
    assert not Edition.objects.live(tomorrow + DAY).filter(kind="section").exists()


def take_back(client: Client, section: Section) -> None:
    page = client.get(address(section, "editions"))
    version = page.context["plans_form"]["version"].value()
    client.post(address(section, "plans"), {"note": "Wait for a source", "version": version})
