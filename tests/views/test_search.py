"""The page of a search: it works without a script, tells nobody, and never fails."""

from __future__ import annotations

import re
from html import unescape
from pathlib import Path
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from pytest_django import Settings

from guide.models import Edition, SearchTerm
from guide.reading import search as reading
from guide.reading.live import forget
from tests.views.html import Page

pytestmark = pytest.mark.usefixtures("searchable")

COLD, WARM = 4, 2


def ask(client: Client, asked: str, **more: str) -> str:
    answer = client.get("/search/", {"q": asked, **more})
    assert answer.status_code == 200
    return answer.content.decode()


def main(page: str) -> str:
    return page.split("<main", 1)[1].split("</main>", maxsplit=1)[0]


def test_a_search_is_a_plain_form_that_says_what_it_found(client: Client) -> None:
    page = main(ask(client, "heat and cold"))
    assert '<form class="search" role="search" action="/search/">' in page
    assert 'value="heat and cold"' in page
    assert re.search(r'role="status">\d+ results</p>', page)
    assert "/guide/ease-a-cramp/#heat-cold" in Page(page.encode()).links
    assert ">Read</h2>" in page


@pytest.mark.parametrize("asked", ["cramp", "calf", "magnesium", "sleep", "swollen ankle"])
def test_every_result_leads_to_a_page_and_an_anchor(client: Client, asked: str) -> None:
    page = client.get("/search/", {"q": asked, "in": ""})
    results = page.content.decode().split('id="results"')[1].split("</main>")[0]
    links = {
        link for link in Page(results.encode()).links if not link.startswith(("tel:", "/search"))
    }
    assert len(links) > 3
    for link in links:
        path, _, anchor = link.partition("#")
        opened = client.get(path)
        assert opened.status_code == 200, link
        assert not anchor or anchor in Page(opened.content).ids, link


def test_more_of_a_group_is_an_address_of_its_own(client: Client) -> None:
    page = ask(client, "cramp")
    (more,) = re.findall(r'href="(/search/\?q=cramp&amp;in=read)"', page)
    opened = client.get(unescape(more)).content.decode()
    assert opened.count('<li class="card') > page.count('<li class="card')
    assert ">Do now</h2>" not in opened
    assert 'href="/search/?q=cramp"' in opened


@pytest.mark.parametrize("asked", ["how to stop leg cramps fast", "charley horse"])
def test_who_asks_about_a_cramp_is_led_to_cramp_now_first(client: Client, asked: str) -> None:
    results = ask(client, asked).split('id="results"')[1]
    assert re.findall(r'class="cover" href="(.*?)"', results)[0] == "/cramp/"


def test_the_popular_searches_find_something(client: Client) -> None:
    empty = ask(client, "")
    popular = [link for link in Page(empty.encode()).links if link.startswith("/search/?q=")]
    assert len(popular) == 8
    for link in popular:
        page = client.get(link).context["page"]
        assert page["count"] > 3, link
        assert page["has_all"], link
        assert not page["warns"], link


@pytest.mark.parametrize(
    ("asked", "expected"),
    [
        ("charley horse", "/guide/ease-a-cramp/#cramp-stretch-now"),
        ("jumpy legs", "/guide/what-else-it-could-be/#restless-legs"),
        ("pins and needles", "/guide/what-else-it-could-be/#nerve-pain"),
        ("water tablets", "/guide/why-legs-ache/#health-medication"),
        ("blood thinner", "/guide/ease-a-cramp/#self-massage"),
        ("trainers", "/guide/daily-habits/#shoes"),
        ("growing pains", "/guide/what-else-it-could-be/#children"),
        ("growin panes", "/guide/what-else-it-could-be/#children"),
        ("calf lock", "/guide/ease-a-cramp/#cramp-stretch-now"),
        ("restless leg syndrome", "/guide/what-else-it-could-be/#restless-legs"),
        ("restless legs syndrom", "/guide/what-else-it-could-be/#restless-legs"),
        ("legs jumping", "/guide/what-else-it-could-be/#restless-legs"),
        ("my feet are on fire", "/guide/what-else-it-could-be/#nerve-pain"),
        ("leg pain when walking", "/guide/what-else-it-could-be/#circulation"),
        ("worms in my legs", "/guide/what-else-it-could-be/#restless-legs"),
        ("wheelchair", "/guide/daily-habits/#movement-breaks"),
    ],
)
def test_the_words_of_people_lead_to_the_section_on_it(
    client: Client, asked: str, expected: str
) -> None:
    assert expected in Page(ask(client, asked, **{"in": "read"}).encode()).links


@pytest.mark.parametrize(
    ("asked", "level"),
    [
        ("clot", "urgent"),
        ("swollen", "urgent"),
        ("one swolen leg after a flight", "urgent"),
        ("xyzzy dvt", "urgent"),
        ("chest", "emergency"),
        ("numb", "emergency"),
        ("can't feel my foot", "emergency"),
        ("cant feel legs", "emergency"),
        ("bloodclot", "urgent"),
        ("d.v.t.", "urgent"),
        ("sepsis", "emergency"),
        ("red streak up my leg", "urgent"),
        ("my calf feels warm", "urgent"),
        ("can't put weight on my leg", "urgent"),
        ("my leg is purple", "emergency"),
        ("blue feet", "emergency"),
        ("slurred speech", "emergency"),
        ("out of breath and calf pain", "emergency"),
        ("breathing problems", "emergency"),
        ("coke colored urine", "emergency"),
        ("can't wee", "emergency"),
        ("911", "emergency"),
        ("ambulance", "emergency"),
        ("cauda equina", "emergency"),
        ("lockjaw", "emergency"),
        ("sciatica both legs", "emergency"),
        ("my foot is ice cold", "emergency"),
        ("racing heart", "emergency"),
        ("rash not fading", "emergency"),
        ("i pooed myself", "emergency"),
        ("one calf bigger than the other", "urgent"),
        ("calf pain after flight", "urgent"),
        ("statin muscle pain", "urgent"),
        ("child limping", "urgent"),
        ("hip hurts after a fall", "urgent"),
        ("legs giving way", "urgent"),
        ("black toes", "urgent"),
    ],
)
def test_a_word_that_warns_puts_the_card_before_all_results(
    client: Client, asked: str, level: str
) -> None:
    page = main(ask(client, asked))
    assert f'<div class="care {level}">' in page
    assert page.index(f'class="care {level}"') < page.find('class="cards') % len(page)


@pytest.mark.parametrize(
    "asked",
    ["cramp", "calf stretch", "magnesium", "sleep", "restless legs", "hot bath", "child", "statin"],
)
def test_what_most_people_look_for_shows_no_card(client: Client, asked: str) -> None:
    assert 'class="care ' not in main(ask(client, asked))


def test_a_warning_without_a_live_card_shows_the_signs_that_need_no_database(
    client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(reading, "warning_cards", lambda live: [])
    assert 'class="care emergency brief"' in main(ask(client, "chest pain"))


def test_nothing_found_helps_onward(client: Client) -> None:
    page = main(ask(client, "<xyzzy>"))
    assert "Nothing found for “&lt;xyzzy&gt;”" in page
    assert "No results" in page
    assert {"/help/", "/check/", "/cramp/", "/guide/"} <= Page(page.encode()).links


def test_a_typo_and_words_that_nothing_has_together_are_owned_up_to(client: Client) -> None:
    assert "Showing results for <b>magnesium</b>" in ask(client, "magnesum")
    assert "This has some of them" in ask(client, "lavender quinine")


@pytest.mark.parametrize("asked", ["", "cramp", "clot", "xyzzy"])
def test_the_page_is_in_no_index_and_its_title_tells_nothing(client: Client, asked: str) -> None:
    page = ask(client, asked)
    assert '<meta name="robots" content="noindex, follow">' in page
    assert re.findall(r"<title>(.*?)</title>", page) == ["Search – LegRelief"]
    assert 'name="description" content="Search the guide' in page


def test_the_next_page_is_not_told_what_was_searched_for(client: Client) -> None:
    assert client.get("/search/?q=clot").headers["Referrer-Policy"] == "strict-origin"


@pytest.mark.parametrize("page", ["/guide/", "/nowhere/"])
def test_other_pages_have_the_field_and_every_page_the_way(client: Client, page: str) -> None:
    content = client.get(page).content
    assert b'<form class="search" role="search" action="/search/">' in content
    assert "/search/" in Page(content).links
    assert "/search/" in Page(client.get("/faq/").content).links


@pytest.mark.parametrize(
    "query",
    [
        "q=" + "a" * 10_000,
        "q=%20",
        "q=%22%22%22",
        "q=%22NEAR(",
        "q=a%20OR%20*",
        "q=%ff%fe",
        "q=%ED%A0%80",
        "q=cramp&in=nowhere",
        "q=cramp&q=heat",
        "q[]=cramp",
        "q=" + "cramp%20" * 400,
    ],
)
def test_no_query_is_an_error(client: Client, query: str) -> None:
    answer = client.get(f"/search/?{query}")
    assert answer.status_code == 200
    assert answer.content.decode().count("<h1") == 1


def test_a_nul_is_refused_as_everywhere(client: Client) -> None:
    assert client.get("/search/?q=%00").status_code == 400


def queries(client: Client, asked: str) -> list[str]:
    with CaptureQueriesContext(connection) as found:
        ask(client, asked)
    return [query["sql"].lstrip() for query in found]


@pytest.mark.parametrize(
    "asked", ["cramp", "magnesum", "xyzzy", "lavender quinine", "clot", "jump"]
)
def test_a_search_asks_little_and_writes_nothing(client: Client, asked: str) -> None:
    forget()
    cold, warm = queries(client, asked), queries(client, asked)
    assert len(cold) <= COLD
    assert len(warm) <= WARM
    assert all(sql.lstrip("( \n").startswith(("SELECT", "WITH")) for sql in cold + warm)
    assert not SearchTerm.objects.exists()


def test_an_error_in_a_search_repeats_nothing_of_it(
    client: Client,
    settings: Settings,
    monkeypatch: pytest.MonkeyPatch,
    caplog: pytest.LogCaptureFixture,
) -> None:
    def fail(*given: Any) -> None:
        raise RuntimeError(f"could not look for {given}")

    monkeypatch.setattr(reading, "find", fail)
    client.raise_request_exception = False
    settings.DEBUG = True
    answer = client.get("/search/?q=zebrafish")
    assert answer.status_code == 500
    page = answer.content.decode()
    assert "RuntimeError" in page
    assert "zebrafish" not in page


def test_what_is_saved_on_a_device_is_never_a_search() -> None:
    worker = Path("templates/guide/offline/sw.js").read_text()
    assert re.search(r"isKept = .*!/\^\\/search\\//", worker)


def test_the_same_search_is_the_same_bytes_for_everyone(
    client: Client, searchable: list[Edition]
) -> None:
    typed = client.get("/search/?q=cramp", headers={"HX-Request": "true"})
    assert typed.content == client.get("/search/?q=cramp").content
    assert not typed.cookies
    assert "Cookie" not in typed.headers.get("Vary", "")
