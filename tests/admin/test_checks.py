"""Checked by a clinician: who may say so, what moves it, and what staff see of it."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from guide.models import CareCard, Section, Unit
from guide.pages.checks import later
from guide.reading.articles import article
from guide.reading.live import live
from tests import make
from tests.admin.conftest import signed_in
from tests.admin.desk import UNITS, address, messages, press, save

BY = "Dr A. Shah, family doctor"


@pytest.fixture
def reviewer(db: None) -> Client:
    return signed_in(make.staff("cleo", "Clinical reviewers"))


def mark(client: Client, unit: Unit, by: str = BY) -> Any:
    url = address(unit, "check")
    version = client.get(url).context["form"]["version"].value()
    return client.post(url, {"checked_by": by, "version": version}, follow=True)


def listed(client: Client, kind: str = "section", **query: str) -> dict[str, str]:
    response: Any = client.get(reverse(f"admin:guide_{kind}_changelist"), query)
    return {unit.slug: unit.check for unit in response.context["cl"].result_list}


@pytest.mark.parametrize("kind", UNITS)
def test_a_reviewer_marks_any_page_as_checked_today(reviewer: Client, kind: str) -> None:
    unit = UNITS[kind]()
    assert "Marked as checked today." in messages(mark(reviewer, unit))[0]
    unit.refresh_from_db()
    assert (unit.checked_on, unit.checked_by) == (timezone.localdate(), BY)
    assert str(unit.edited_by) == "cleo"


@pytest.mark.parametrize("role", ["editor", "publisher", "stranger"])
def test_nobody_else_may_say_that_a_page_is_checked(
    role: str, section: Section, request: pytest.FixtureRequest
) -> None:
    client: Client = request.getfixturevalue(role)
    url = address(section, "check")
    assert client.get(url).status_code == 403
    assert client.post(url, {"checked_by": BY, "version": section.version}).status_code == 403
    section.refresh_from_db()
    assert section.checked_on is None


def test_an_editor_cannot_type_a_check_into_the_form(editor: Client, section: Section) -> None:
    save(editor, section, title="Warmth", checked_on="2026-11-25", checked_by=BY)
    section.refresh_from_db()
    assert (section.title, section.checked_on, section.checked_by) == ("Warmth", None, "")


@pytest.mark.parametrize("day", ["9999-12-31", "2206-11-25"])
def test_nobody_has_checked_it_on_a_day_to_come(
    superuser: Client, section: Section, day: str
) -> None:
    response = save(superuser, section, checked_on=day, checked_by=BY)
    assert response.context["errors"] == [["That day is still to come."]]
    assert Section.objects.get().checked_on is None


def test_a_word_put_right_leaves_the_check_alone(
    reviewer: Client, editor: Client, section: Section
) -> None:
    mark(reviewer, section)
    long_ago = timezone.localdate() - timedelta(days=90)
    Section.objects.update(checked_on=long_ago)
    save(editor, section, title="Warmth", **{"tips-0-action": "Warm it gently"})
    section.refresh_from_db()
    assert (section.checked_on, section.checked_by) == (long_ago, BY)


def test_a_check_changes_nothing_else_on_the_desk(reviewer: Client, section: Section) -> None:
    own = {"checked_on", "checked_by", "version", "edited_at", "edited_by_id"}

    def others() -> dict[str, Any]:
        (row,) = Section.objects.values()
        return {name: value for name, value in row.items() if name not in own}

    before = others()
    mark(reviewer, section)
    assert others() == before


def test_readers_see_a_check_once_it_is_published(
    reviewer: Client, publisher: Client, client: Client, section: Section
) -> None:
    mark(reviewer, section)
    mark(reviewer, section.article)
    page = "/guide/ease-a-cramp/"
    assert BY not in client.get(page).content.decode()
    press(publisher, section)
    press(publisher, section.article)
    today = timezone.localdate()
    month = later(today, 12).strftime("%B %Y")
    text = client.get(page).content.decode()
    assert f"Checked {today:%B %Y} by {BY}. Next check due by {month}." in text


def test_an_article_counts_as_checked_only_with_all_of_its_sections(
    reviewer: Client, publisher: Client, section: Section
) -> None:
    mark(reviewer, section.article)
    press(publisher, section.article)
    assert article(live(), "ease-a-cramp")["checked"]["by"] == ""
    mark(reviewer, section)
    press(publisher, section)
    assert article(live(), "ease-a-cramp")["checked"]["by"] == BY


def test_a_text_that_changed_under_the_reader_is_not_marked(
    reviewer: Client, section: Section
) -> None:
    stale = {"checked_by": BY, "version": section.version}
    section.save()
    response = reviewer.post(address(section, "check"), stale)
    assert "while you looked" in response.content.decode()
    section.refresh_from_db()
    assert section.checked_on is None


def test_lists_tell_what_is_overdue_and_what_is_due_soon(editor: Client) -> None:
    shell, today = make.article(), timezone.localdate()
    ages = {"never": None, "good": 100, "soon": 350, "overdue": 367}
    for slug, days in ages.items():
        made = make.section(slug, article=shell)
        if days:
            day = today - timedelta(days=days)
            Section.objects.filter(pk=made.pk).update(checked_on=day, checked_by=BY)
    assert listed(editor) == {slug: slug for slug in ages}
    for slug in ages:
        assert listed(editor, check=slug) == {slug: slug}


def test_signs_to_act_on_are_overdue_after_half_a_year(editor: Client) -> None:
    signs, plain = make.section("signs"), make.section("plain")
    CareCard.objects.create(section=signs, slug="now", level="urgent", heading="H", lines="A")
    day = timezone.localdate() - timedelta(days=200)
    Section.objects.update(checked_on=day, checked_by=BY)
    assert listed(editor) == {"signs": "overdue", "plain": "good"}
    assert plain.slug in listed(editor, check="good")


def test_a_page_tells_staff_that_its_check_is_overdue(editor: Client, section: Section) -> None:
    Section.objects.update(checked_on="2020-01-31", checked_by=BY)
    page = editor.get(address(section)).content.decode()
    assert "Overdue (31 Jan 2021)." in page
