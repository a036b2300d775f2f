"""Between desk and reader stands the press."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

import pytest
import time_machine
from django.test import Client
from django.utils import timezone

from guide.models import Section, Unit
from guide.publishing.press import publish, restore, withdraw
from tests import make
from tests.views.html import Page

pytestmark = pytest.mark.django_db

ARTICLE = "/guide/ease-a-cramp/"


def text(client: Client, address: str) -> str:
    answer = client.get(address)
    assert answer.status_code == 200
    return answer.content.decode()


@pytest.fixture
def section(client: Client) -> Section:
    """A published article with one published section and tip."""
    made = make.section()
    make.tip(made)
    make.published(made.article)
    make.published(made)
    made.refresh_from_db()
    return made


@pytest.mark.parametrize(
    "address", [ARTICLE, "/stretches/wall-calf/", "/routines/short/", "/help/"]
)
def test_a_draft_has_no_address(client: Client, address: str) -> None:
    make.section("red-flags")
    make.routine(steps=[make.stretch()])
    assert client.get(address).status_code == 404


def test_an_edited_tip_shows_once_it_is_published_and_can_be_brought_back(
    client: Client, section: Section
) -> None:
    first = publish(section)
    tip = section.tips.get()
    tip.action = "Cool it with a wrapped pack"
    tip.save()
    assert "Cool it" not in text(client, ARTICLE)
    make.published(section)
    assert "Cool it" in text(client, ARTICLE)
    publish(restore(first))
    assert "Cool it" not in text(client, ARTICLE)
    assert "Warm the sore muscle" in text(client, ARTICLE)


def test_a_corrected_caution_shows_on_every_page_that_uses_it_once_published(
    client: Client, section: Section
) -> None:
    caution, stretch = make.caution(), make.stretch(moments=["cramp"])
    section.tips.get().cautions.add(caution)
    stretch.cautions.add(caution)
    for unit in (caution, stretch, section):
        make.published(unit)
    pages = [ARTICLE, "/stretches/wall-calf/"]
    caution.sentence = "Have the leg looked at first."
    caution.save()
    assert not [page for page in pages if caution.sentence in text(client, page)]
    make.published(caution)
    assert [page for page in pages if caution.sentence in text(client, page)] == pages


def test_a_scheduled_edition_shows_by_the_clock(client: Client, section: Section) -> None:
    section.title = "Warm or cool"
    section.save()
    day = timezone.now() + timedelta(days=1)
    publish(section, live_from=day)
    assert "Warm or cool" not in text(client, ARTICLE)
    with time_machine.travel(day, tick=False):
        assert "Warm or cool" in text(client, ARTICLE)


def test_a_withdrawn_section_leaves_its_article_the_index_and_every_link(
    client: Client, section: Section
) -> None:
    other = make.section("shoes", title="Shoes")
    faq = make.faq(section=other)
    for unit in (other, faq):
        make.published(unit)
    link = f"{ARTICLE}#heat-cold"
    assert link in text(client, "/guide/")
    withdraw(section, message="Out of date")
    for address in (ARTICLE, "/guide/", "/faq/", "/"):
        assert "heat-cold" not in text(client, address), address
    assert "Shoes" in text(client, ARTICLE)


def test_words_of_staff_are_text_and_never_code(client: Client, section: Section) -> None:
    attack = "<script>alert(1)</script>"
    section.title = section.in_short = attack
    section.body = f"{attack}\n\n[x](javascript:alert(1))"
    section.save()
    tip = section.tips.get()
    tip.action = tip.detail = tip.studied = attack
    tip.save()
    make.published(section)
    for address in (ARTICLE, "/guide/"):
        assert "<script>alert" not in text(client, address)
        assert "javascript:" not in "".join(Page(text(client, address).encode()).links)


@pytest.mark.parametrize(
    ("made", "address"),
    [
        (make.article, "/guide/ease-a-cramp/"),
        (make.stretch, "/stretches/wall-calf/"),
        (lambda: make.routine(steps=[make.stretch()]), "/routines/short/"),
    ],
)
def test_who_comes_back_to_what_was_withdrawn_is_told_why(
    client: Client, db: None, made: Callable[[], Unit], address: str
) -> None:
    unit = made()
    make.published(unit)
    assert client.get(address).status_code == 200
    withdraw(unit, message="The advice was out of date & <wrong>.")
    answer = client.get(address)
    assert answer.status_code == 410
    assert "The advice was out of date &amp; &lt;wrong&gt;." in answer.content.decode()
    make.published(unit)
    assert client.get(address).status_code == 200
    assert client.get(address.replace("/", "/x", 2)).status_code == 404
