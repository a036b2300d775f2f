"""The real guide, page by page: every promised address, and what holds for all of them."""

from __future__ import annotations

import re
from itertools import pairwise
from urllib.parse import urljoin, urlsplit, urlunsplit

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from guide.models import Edition
from tests.conftest import Loaded
from tests.views.conftest import CHECKS, SINGLE, Answer, addresses
from tests.views.html import Page

pytestmark = pytest.mark.django_db

Answers = dict[str, Answer]


def test_every_address_answers_with_a_page(answers: Answers) -> None:
    assert len(answers) > 40
    assert {found.response.status_code for found in answers.values()} == {200}


@pytest.mark.parametrize("address", [*CHECKS, "/healthz"])
def test_the_other_addresses_answer_too(client: Client, guide: list[Edition], address: str) -> None:
    assert client.get(address).status_code == 200


def test_every_section_is_an_anchor_on_its_article(answers: Answers, loaded: Loaded) -> None:
    sections = [edition for edition in loaded.editions if edition.kind == "section"]
    assert len(sections) >= 30
    for section in sections:
        assert section.slug in answers[f"/guide/{section.parent}/"].page.ids


def test_every_answer_is_an_anchor_on_the_page_of_answers(answers: Answers, loaded: Loaded) -> None:
    faqs = {edition.slug for edition in loaded.editions if edition.kind == "faq"}
    assert faqs <= set(answers["/faq/"].page.ids)


def test_every_link_leads_to_a_page_and_an_anchor(
    client: Client, guide: list[Edition], answers: Answers
) -> None:
    pages = {address: found.page for address, found in answers.items()}
    leaving = [(address, link) for address, page in pages.items() for link in page.links]
    broken = set()
    for address, link in leaving:
        target = urlsplit(urljoin(address, link))
        if target.scheme or target.netloc:
            continue
        path = urlunsplit(target._replace(fragment=""))
        if path not in pages:
            answer = client.get(path)
            pages[path] = Page(answer.content if answer.status_code == 200 else b"")
        known = pages[path]
        if not known.tags or (target.fragment and target.fragment not in known.ids):
            broken.add(f"{address} -> {link}")
    assert broken == set()


def test_ids_are_unique_and_a_page_has_one_main_heading(answers: Answers) -> None:
    for address, (_, page) in answers.items():
        assert len(page.ids) == len(set(page.ids)), address
        assert [tag for tag, _ in page.tags].count("h1") == 1, address


def test_headings_leave_out_no_level(answers: Answers) -> None:
    for address, (_, page) in answers.items():
        levels = [int(tag[1]) for tag, _ in page.tags if re.fullmatch("h[1-6]", tag)]
        assert [jump for jump in pairwise(levels) if jump[1] > jump[0] + 1] == [], address


def test_no_page_holds_inline_code_or_style_or_asks_another_host(answers: Answers) -> None:
    """The content security policy would stop it, and the reader would see a broken page."""
    for address, (_, page) in answers.items():
        for tag, attributes in page.tags:
            assert tag not in {"style", "iframe", "object", "embed", "base"}, address
            is_code = tag == "script" and attributes.get("type") != "application/ld+json"
            assert not is_code or attributes.get("src", "").startswith("/static/"), address
            assert not [name for name in attributes if name == "style" or name.startswith("on")]
            assert not attributes.get("src", "/").startswith(("http", "//")), address
            if tag == "link" and attributes.get("rel") != "canonical":
                assert re.match("/(?!/)|data:image/svg", attributes["href"]), address


def test_no_country_token_is_left_on_a_page(answers: Answers) -> None:
    token = re.compile(r"\{+\s*(emergency|urgent|doctor)")
    assert {
        address
        for address, (response, _) in answers.items()
        if token.search(response.content.decode())
    } == set()


def test_a_public_page_sets_no_cookie_and_is_the_same_for_everyone(
    client: Client, guide: list[Edition], answers: Answers
) -> None:
    client.cookies.load({"sessionid": "a" * 32, "csrftoken": "b" * 32})
    for address, (plain, _) in answers.items():
        answer = client.get(address)
        assert not answer.cookies, address
        assert "Cookie" not in answer.headers.get("Vary", ""), address
        assert "no-store" not in answer.headers.get("Cache-Control", ""), address
        assert answer.content == plain.content, address


def test_reading_writes_nothing(client: Client, guide: list[Edition]) -> None:
    with CaptureQueriesContext(connection) as asked:
        for address in addresses(guide) + CHECKS:
            client.get(address)
    assert len(asked) > 40
    assert {query["sql"].split()[0].lstrip("(") for query in asked} == {"SELECT"}


@pytest.mark.parametrize("method", ["post", "put", "patch", "delete"])
def test_a_reading_page_takes_only_reading(method: str) -> None:
    client = Client(enforce_csrf_checks=True)
    for address in (*SINGLE, "/guide/ease-a-cramp/", "/stretches/ankle-pumps/", "/healthz"):
        assert getattr(client, method)(address).status_code == 405, address


def test_head_answers_without_a_body(client: Client, guide: list[Edition]) -> None:
    for address in (*SINGLE, "/guide/ease-a-cramp/", "/stretches/ankle-pumps/", "/healthz"):
        answer = client.head(address)
        assert (answer.status_code, answer.content) == (200, b""), address
