"""Staff who may publish give a published unit another address, and see first what follows."""

from __future__ import annotations

from typing import Any

import pytest
from django.contrib.admin.models import LogEntry
from django.contrib.auth.models import Group, User
from django.test import Client

from guide.models import CareCard, Moved, Section
from guide.publishing.rename import rename
from tests import make
from tests.admin.desk import address, messages, save


def renamed(client: Client, unit: Any, slug: str) -> Any:
    return client.post(address(unit, "rename"), {"slug": slug}, follow=True)


def test_a_publisher_renames_it_and_old_links_go_on_working(
    publisher: Client, section: Section
) -> None:
    response = renamed(publisher, section, "warmth")
    assert "leads to “warmth” from now on" in messages(response)[0]
    section.refresh_from_db()
    assert section.slug == "warmth"
    page = publisher.get("/guide/ease-a-cramp/").content.decode()
    assert 'id="heat-cold"' in page
    assert 'id="warmth"' in page
    assert section.edited_by is not None
    assert section.edited_by.username == "paula"
    said = LogEntry.objects.latest("pk").get_change_message()
    assert said == "Renamed from heat-cold to warmth"


def test_the_page_says_what_follows_before_it_is_done(publisher: Client, section: Section) -> None:
    rename(section, "warmth")
    section.refresh_from_db()
    faq = make.faq(section=section)
    make.published(faq)
    page = publisher.get(address(section, "rename")).content.decode()
    for words in (
        "/guide/ease-a-cramp/#warmth",
        "It was heat-cold before.",
        "Can I use heat? (faq)",
        "a draft on the desk stays a draft",
    ):
        assert words.lower() in page.lower(), words
    assert Moved.objects.count() == 1


@pytest.mark.parametrize(
    ("slug", "why"),
    [
        ("heat-cold", "This is its address already"),
        ("shoes", "is or was that of another one"),
        ("Two words", "valid “slug”"),
        ("", "required"),
    ],
)
def test_an_address_that_it_cannot_have_is_refused_with_the_reason(
    publisher: Client, section: Section, slug: str, why: str
) -> None:
    make.published(make.section("shoes"))
    response = renamed(publisher, section, slug)
    assert why in str(response.context["form"].errors)
    assert not Moved.objects.exists()


def test_no_article_is_given_the_address_of_the_whole_guide(publisher: Client, db: None) -> None:
    article = make.article()
    make.published(article)
    response = renamed(publisher, article, "all")
    assert "is or was that of another one" in str(response.context["form"].errors)
    assert not Moved.objects.exists()


def test_what_a_page_is_built_on_says_that_it_keeps_its_name(publisher: Client, db: None) -> None:
    signs = make.section("red-flags")
    make.published(signs)
    page = publisher.get(address(signs, "rename")).content.decode()
    assert "A page of the guide is made of it" in page
    assert "<form" not in page.partition('id="content-main"')[2].partition("</main>")[0]


def test_who_may_not_publish_may_not_rename(
    editor: Client, stranger: Client, section: Section
) -> None:
    for client in (editor, stranger):
        assert client.get(address(section, "rename")).status_code == 403
        assert renamed(client, section, "warmth").status_code == 403
    assert "Rename" not in editor.get(address(section)).content.decode()
    assert not Moved.objects.exists()


def test_what_safety_rests_on_is_renamed_by_a_clinical_reviewer_only(
    publisher: Client, section: Section
) -> None:
    CareCard.objects.create(
        section=section, slug="now", level="urgent", heading="Call if:", lines="A sign"
    )
    assert address(section, "rename") not in publisher.get(address(section)).content.decode()
    assert renamed(publisher, section, "warmth").status_code == 403
    assert not Moved.objects.exists()
    paula = User.objects.get(username="paula")
    paula.groups.add(Group.objects.get(name="Clinical reviewers"))
    renamed(publisher, section, "warmth")
    assert Moved.objects.get().new == "warmth"


def test_it_is_offered_for_what_was_published_and_has_an_address(
    publisher: Client, section: Section
) -> None:
    assert address(section, "rename") in publisher.get(address(section)).content.decode()
    draft, caution = make.section("draft"), make.caution()
    make.published(caution)
    for unit in (draft, caution):
        assert address(unit, "rename") not in publisher.get(address(unit)).content.decode()
        assert publisher.get(address(unit, "rename")).status_code == 403


def test_the_history_shows_what_was_published_under_every_name(
    publisher: Client, section: Section
) -> None:
    renamed(publisher, section, "warmth")
    section.refresh_from_db()
    page = publisher.get(address(section, "editions"))
    assert [edition.number for edition, _ in page.context["editions"]] == [3, 1]
    publisher.post(address(section, "restore", 1))
    assert Section.objects.get(pk=section.pk).slug == "warmth"


def test_a_renamed_unit_stays_fixed_and_cannot_be_deleted(
    publisher: Client, superuser: Client, section: Section
) -> None:
    renamed(publisher, section, "warmth")
    section.refresh_from_db()
    save(publisher, section, slug="other")
    assert Section.objects.get(pk=section.pk).slug == "warmth"
    assert superuser.post(address(section, "delete"), {"post": "yes"}).status_code == 403


def test_a_new_unit_is_refused_a_former_address(publisher: Client, section: Section) -> None:
    renamed(publisher, section, "warmth")
    draft = make.section("draft")
    response = save(publisher, draft, slug="heat-cold")
    assert "was once the address" in str(response.context["adminform"].form.errors)


def test_no_renaming_without_the_token_against_forgery(section: Section) -> None:
    client = Client(enforce_csrf_checks=True)
    client.force_login(make.staff("paula", "Publishers"))
    assert client.post(address(section, "rename"), {"slug": "warmth"}).status_code == 403
    assert not Moved.objects.exists()
