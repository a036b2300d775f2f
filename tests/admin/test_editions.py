"""What becomes of editions: shown to readers, read by staff, restored, withdrawn."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.contrib.admin.models import LogEntry
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from guide.models import CareCard, Edition, Section, Tip
from guide.publishing.press import keep, publish
from guide.reading import articles
from guide.reading.live import live
from tests import make
from tests.admin.desk import UNITS, address, messages, press, save, tips


def test_a_publication_is_in_the_history_with_who_and_why(
    publisher: Client, section: Section
) -> None:
    save(publisher, section, title="Warmth")
    press(publisher, section, "Shorter")
    page = publisher.get(address(section, "editions"))
    newest, _ = page.context["editions"][0]
    assert (newest.number, newest.who, newest.note) == (2, "paula", "Shorter")
    assert "Shorter" in page.content.decode()
    assert "Shorter" in LogEntry.objects.latest("pk").get_change_message()


def test_an_older_edition_is_restored_as_a_draft(editor: Client, section: Section) -> None:
    Tip.objects.get().delete()
    make.published(section)
    assert tips() == []
    response = editor.post(address(section, "restore", 1), follow=True)
    assert "back on the desk" in messages(response)[0]
    assert Tip.objects.get().action == "Warm it"
    assert tips() == []
    edited = Section.objects.get().edited_by
    assert edited is not None
    assert edited.username == "edith"


def test_restoring_what_is_on_the_desk_changes_nothing(editor: Client, section: Section) -> None:
    editor.post(address(section, "restore", 1))
    assert Section.objects.get().version == section.version


def test_an_edition_that_no_longer_fits_is_not_restored_and_says_why(
    editor: Client, db: None
) -> None:
    section, stretch = make.section(), make.stretch()
    tip = make.tip(section, stretch=stretch)
    make.published(section)
    tip.delete()
    stretch.delete()
    response = editor.post(address(section, "restore", 1), follow=True)
    assert "no stretch is called wall-calf" in messages(response)[0]
    assert not Tip.objects.exists()


def test_an_edition_is_restored_over_a_part_that_took_the_place_of_its_own(editor: Client) -> None:
    section = make.section()
    card = {"section": section, "level": "urgent", "heading": "Call today if:", "lines": "A sign"}
    first = CareCard.objects.create(slug="first", **card)
    make.published(section)
    first.delete()
    CareCard.objects.create(slug="second", **card)
    response = editor.post(address(section, "restore", 1), follow=True)
    assert "back on the desk" in messages(response)[0]
    assert [card.slug for card in CareCard.objects.all()] == ["first"]


def test_an_edition_of_another_unit_is_not_restored(editor: Client, section: Section) -> None:
    other = make.section("other")
    assert editor.post(address(other, "restore", 1)).status_code == 404


def test_withdrawing_takes_a_unit_from_readers_and_says_why(
    publisher: Client, section: Section
) -> None:
    publisher.post(address(section, "withdraw"), {"message": "Out of date"})
    assert articles.article(live(), "ease-a-cramp")["sections"] == []
    assert Edition.objects.get(kind="section", number=2).note == "Out of date"


def test_withdrawing_needs_a_reason(publisher: Client, section: Section) -> None:
    response = publisher.post(address(section, "withdraw"), {"message": ""})
    assert response.context["form"].errors["message"]
    assert tips() == ["Warm it"]


def test_a_unit_that_others_use_is_not_withdrawn_and_they_are_listed(
    publisher: Client, section: Section
) -> None:
    response = publisher.post(address(section.article, "withdraw"), {"message": "Old"})
    assert "Heat and cold" in str(response.context["form"].non_field_errors())
    assert tips() == ["Warm it"]


def test_what_was_withdrawn_can_be_published_again(publisher: Client, section: Section) -> None:
    publisher.post(address(section, "withdraw"), {"message": "Out of date"})
    page = publisher.get(address(section, "publish")).content.decode()
    assert "Readers do not see it now" in page
    press(publisher, section)
    assert tips() == ["Warm it"]


@pytest.mark.parametrize("where", ["restore", "withdraw"])
def test_nothing_is_pressed_by_opening_an_address(
    publisher: Client, section: Section, where: str
) -> None:
    url = address(section, where, *([1] if where == "restore" else []))
    assert publisher.get(url).status_code == 405
    assert Edition.objects.count() == 2


@pytest.mark.parametrize("where", ["publish", "restore", "withdraw"])
def test_no_press_without_the_token_against_forgery(section: Section, where: str) -> None:
    client = Client(enforce_csrf_checks=True)
    client.force_login(make.staff("paula", "Publishers"))
    url = address(section, where, *([1] if where == "restore" else []))
    data = {"note": "n", "message": "m", "version": section.version}
    assert client.post(url, data).status_code == 403
    assert Edition.objects.count() == 2


def test_view_on_site_is_offered_only_while_readers_see_it(
    editor: Client, publisher: Client, section: Section
) -> None:
    def offered(unit: Any) -> str:
        url: str = editor.get(address(unit)).context["public_address"]
        return url

    assert offered(section) == "/guide/ease-a-cramp/#heat-cold"
    assert offered(make.section("draft")) == ""
    publisher.post(address(section, "withdraw"), {"message": "Out of date"})
    assert offered(section) == ""


def test_a_section_is_on_the_site_only_with_its_article(editor: Client) -> None:
    section = make.section()
    make.published(section)
    assert editor.get(address(section)).context["public_address"] == ""
    make.published(section.article)
    moved = make.article("other", title="Other")
    section.article = moved
    section.save()
    shown = editor.get(address(section)).context["public_address"]
    assert shown == "/guide/ease-a-cramp/#heat-cold"


@pytest.mark.parametrize("kind", UNITS)
def test_the_address_of_every_kind_of_unit_is_a_page(editor: Client, kind: str) -> None:
    shell = make.article("when-to-get-help", title="When to get help")
    make.published(make.section("red-flags", article=shell))  # the page of numbers shows it
    unit = UNITS[kind]()
    make.published(unit)
    public = editor.get(address(unit)).context["public_address"]
    assert (public == "") == (kind in {"caution", "section"})
    if public:
        assert editor.get(public).status_code == 200


def test_a_source_that_nobody_has_read_is_not_on_the_site(editor: Client) -> None:
    source = make.source(confirmed="C")
    make.published(source)
    assert editor.get(address(source)).context["public_address"] == ""


def test_the_editions_of_a_unit_say_what_became_of_each(editor: Client, section: Section) -> None:
    keep(Section.objects.get(), note="A proof")
    make.published(section)
    publish(Section.objects.get(), live_from=timezone.now() + timedelta(days=1))
    page = editor.get(address(section, "editions")).content.decode()
    states = [page.find(state) for state in ("Planned for", "Live</td>", "Kept, not", "Replaced")]
    assert -1 not in states
    assert states == sorted(states)


def test_an_edition_can_be_read_as_it_was(editor: Client, section: Section) -> None:
    save(editor, section, body="Quite other words.")
    edition = Edition.objects.get(kind="section")
    page = editor.get(reverse("admin:guide_edition_change", args=[edition.pk])).content.decode()
    assert "Warmth feels good after a cramp." in page
    assert "Quite other words." not in page
