"""The whole guide on one page: nothing is left out, and help comes first."""

from __future__ import annotations

import re
from itertools import pairwise

import pytest
from django.core.exceptions import ValidationError
from django.test import Client

from guide.models import Edition
from guide.publishing.press import withdraw
from tests import make
from tests.views.conftest import Answer
from tests.views.html import Page

pytestmark = pytest.mark.django_db

WHOLE = "/guide/all/"


def test_every_article_section_stretch_and_answer_is_an_anchor(
    answers: dict[str, Answer], guide: list[Edition]
) -> None:
    names = {"article": "article-", "section": "", "stretch": "stretch-", "faq": "faq-"}
    wanted = {names[one.kind] + one.slug for one in guide if one.kind in names}
    assert len(wanted) > 70
    assert wanted - set(answers[WHOLE].page.ids) == set()


def test_the_contents_lead_to_every_article_section_and_stretch(
    answers: dict[str, Answer], guide: list[Edition]
) -> None:
    page = answers[WHOLE].page
    names = {"article": "#article-", "section": "#", "stretch": "#stretch-"}
    wanted = {names[one.kind] + one.slug for one in guide if one.kind in names}
    assert wanted - page.links == set()
    assert {link[1:] for link in page.links if link.startswith("#")} - set(page.ids) == set()


def test_when_to_get_help_comes_first_with_the_numbers_of_every_country(
    answers: dict[str, Answer],
) -> None:
    ids = answers[WHOLE].page.ids
    first = next(name for name in ids if name.startswith("article-"))
    assert first == "article-when-to-get-help"
    assert ids.index("numbers") < ids.index("article-why-legs-ache")


def test_the_same_slug_in_every_kind_makes_no_anchor_twice(client: Client) -> None:
    shell = make.article("same")
    section, stretch = make.section("same", article=shell), make.stretch("same")
    for unit in (shell, section, stretch, make.faq("same", section=section)):
        make.published(unit)
    ids = Page(client.get(WHOLE).content).ids
    assert {"same", "article-same", "stretch-same", "faq-same"} <= set(ids)
    assert len(ids) == len(set(ids))


def test_headings_are_lowered_and_none_leaves_out_a_level(answers: dict[str, Answer]) -> None:
    tags = [tag for tag, _ in answers[WHOLE].page.tags]
    levels = [int(tag[1]) for tag in tags if re.fullmatch("h[1-6]", tag)]
    assert levels.count(1) == 1
    assert max(levels) == 5
    assert [jump for jump in pairwise(levels) if jump[1] > jump[0] + 1] == []


def test_what_is_withdrawn_is_not_in_it(client: Client) -> None:
    shell = make.article()
    section = make.section(article=shell)
    for unit in (shell, section):
        make.published(unit)
    assert b'id="heat-cold"' in client.get(WHOLE).content
    withdraw(section, message="It was wrong.")
    assert b'id="heat-cold"' not in client.get(WHOLE).content


def test_an_empty_guide_has_an_empty_page(client: Client) -> None:
    assert client.get(WHOLE).status_code == 200


def test_the_guide_and_about_lead_to_it(answers: dict[str, Answer]) -> None:
    for address in ("/guide/", "/about/", "/guide/ease-a-cramp/"):
        assert WHOLE in answers[address].page.links


def test_no_article_can_be_at_its_address() -> None:
    with pytest.raises(ValidationError, match="/guide/all/ is that of the whole guide"):
        make.article("all").full_clean()
