"""The desk is a working copy: its page says how it differs from what readers see."""

from __future__ import annotations

import pytest
from django.contrib.auth.models import User
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from guide.models import Edition, Section
from guide.publishing.press import withdraw
from tests import make
from tests.admin.desk import UNITS, address, press, print_beside, save

#: A field of each kind of unit that readers see, and what an editor types there.
TYPED: dict[str, dict[str, str]] = {
    "article": {"title": "Other words"},
    "caution": {"sentence": "Other words."},
    "claim": {"text": "Other words."},
    "country": {"emergency": "999"},
    "faq": {"answer": "Other words."},
    "questionnaire": {"title": "Other words?"},
    "routine": {"title": "Other words"},
    "section": {"title": "Other words"},
    "source": {"title": "Other words"},
    "stretch": {"name": "Other words"},
    "synonym": {"words": "other words"},
    "warningword": {"words": "other words"},
}
PAGES = [
    "/",
    "/guide/",
    "/guide/ease-a-cramp/",
    "/stretches/",
    "/stretches/wall-calf/",
    "/routines/",
    "/routines/short/",
    "/faq/",
    "/help/",
    "/cramp/",
    "/check/",
    "/check/legs/",
    "/check/rules/",
    "/about/sources/",
]


def read(client: Client) -> dict[str, tuple[int, bytes]]:
    answers = {page: client.get(page) for page in PAGES}
    return {page: (answer.status_code, answer.content) for page, answer in answers.items()}


@pytest.mark.parametrize("kind", UNITS)
def test_no_save_touches_readers_until_it_is_published(
    client: Client, superuser: Client, kind: str
) -> None:
    shell = make.article("when-to-get-help", title="When to get help")
    make.published(shell)
    make.published(make.section("red-flags", article=shell))
    unit = UNITS[kind]()
    print_beside(unit)
    make.published(unit)
    before, editions = read(client), Edition.objects.count()
    assert save(superuser, unit, **TYPED[kind]).status_code == 302
    assert read(client) == before
    assert Edition.objects.count() == editions
    press(superuser, unit)
    assert Edition.objects.count() == editions + 1
    if kind not in {"caution", "claim", "synonym", "warningword"}:  # nothing here carries them
        assert read(client) != before


def test_the_page_says_what_is_live_since_when_by_whom_and_why(
    editor: Client, publisher: Client, section: Section
) -> None:
    save(publisher, section, title="Warmth")
    press(publisher, section, "A shorter word")
    page = editor.get(address(section)).content.decode()
    for said in ("edition 2, since", "Published by paula", "A shorter word"):
        assert said in page


def test_the_page_says_what_changed_since_word_by_word_and_who_did(
    editor: Client, publisher: Client, section: Section
) -> None:
    save(editor, section, body="Warmth feels very good after a cramp.")
    save(publisher, section, **{"tips-0-action": "Warm it gently"})
    answer = editor.get(address(section))
    assert [(change.row, change.field) for change in answer.context["changes"]] == [
        ("Section heat-cold", "Body"),
        ("Tip warm-it", "Action"),
    ]
    assert [hand.user.username for hand in answer.context["hands"]] == ["paula", "edith"]
    page = answer.content.decode()
    assert "2 fields" in page
    assert "[added: </span> very" in page


def test_a_page_that_is_as_published_says_nothing_of_changes(
    editor: Client, section: Section
) -> None:
    answer = editor.get(address(section))
    assert answer.context["changes"] == []
    assert "What changed since" not in answer.content.decode()


def test_the_page_says_when_and_why_it_was_withdrawn(editor: Client, section: Section) -> None:
    withdraw(section, message="Out of date", who="paula")
    page = editor.get(address(section)).content.decode()
    assert "Withdrawn on" in page
    assert "Out of date" in page


def test_any_two_editions_are_compared_and_each_with_the_desk(
    editor: Client, section: Section
) -> None:
    for title in ("Second", "Third"):
        section.title = title
        section.save()
        make.published(section)
    section.title = "Desk"
    section.save()

    def compared(**query: str) -> list[tuple[str, str]]:
        answer = editor.get(address(section, "compare"), query)
        return [(change.before, change.after) for change in answer.context["changes"]]

    assert compared() == [("Third", "Desk")]
    assert compared(old="1", new="3") == [("Heat and cold", "Third")]
    assert compared(old="3", new="2") == [("Third", "Second")]
    assert compared(old="1", new="desk") == [("Heat and cold", "Desk")]
    assert compared(old="2", new="2") == []


@pytest.mark.parametrize("old", ["99", "-1", "x", "", "²", "1" * 40])
def test_an_edition_that_is_not_there_is_not_compared(
    editor: Client, section: Section, old: str
) -> None:
    answer = editor.get(address(section, "compare"), {"old": old})
    assert answer.status_code == 200
    assert answer.context["form"].errors["old"]


def test_a_draft_is_compared_with_itself_until_it_was_published(editor: Client) -> None:
    assert "Both say the same" in editor.get(address(make.section(), "compare")).content.decode()


def test_the_page_costs_the_same_queries_however_many_edited_it(
    editor: Client, section: Section
) -> None:
    def cost() -> int:
        with CaptureQueriesContext(connection) as seen:
            editor.get(address(section))
        return len(seen)

    def edit_as(name: str) -> None:
        client = Client()
        client.force_login(User.objects.create_superuser(name))
        save(client, section, title=f"By {name}")

    edit_as("ann")
    one = cost()
    for name in ("ben", "cleo", "dan"):
        edit_as(name)
    assert cost() == one
