"""What machines are told: data, links, maps, feeds, and whom to write to about a hole."""

from __future__ import annotations

import html
import re
from datetime import UTC, datetime, timedelta
from typing import Any
from urllib.parse import urlsplit
from xml.etree import ElementTree

import pytest
import time_machine
from django.test import Client
from django.utils import timezone
from pydantic import ValidationError

from guide.models import Edition
from guide.publishing.press import publish, withdraw
from tests import make
from tests.views import schema
from tests.views.conftest import CHECKS, SINGLE, Answer

pytestmark = pytest.mark.django_db

Answers = dict[str, Answer]
SITE = "https://legs.example.org"
ATOM = "{http://www.w3.org/2005/Atom}"


def meta(answer: Answer) -> dict[str, str]:
    """The metadata of a page: those by name and those by property."""
    return {
        found.get("property") or found["name"]: found["content"]
        for tag, found in answer.page.tags
        if tag == "meta" and "content" in found and ("name" in found or "property" in found)
    }


def linked(answer: Answer, rel: str) -> list[str]:
    return [
        found["href"]
        for tag, found in answer.page.tags
        if tag == "link" and found.get("rel") == rel
    ]


def title(answer: Answer) -> str:
    found = re.search("<title>(.*?)</title>", answer.response.content.decode(), re.DOTALL)
    assert found
    return html.unescape(found[1].strip())


# Names and words


def test_every_page_has_a_title_of_its_own_that_a_list_of_results_shows_whole(
    answers: Answers,
) -> None:
    titles = {address: title(found) for address, found in answers.items()}
    assert {address: words for address, words in titles.items() if len(words) > 60} == {}
    assert len(set(titles.values())) == len(titles)
    assert all("LegRelief" in words or len(words) > 48 for words in titles.values())
    assert titles["/routines/lying-down/"] == "Lying down: a stretch routine – LegRelief"


def test_every_page_is_described_in_words_of_its_own_that_are_shown_whole(
    answers: Answers,
) -> None:
    words = {address: meta(found)["description"] for address, found in answers.items()}
    wrong = {address: said for address, said in words.items() if not 25 <= len(said) <= 155}
    assert wrong == {}
    assert len(set(words.values())) == len(words)


def test_a_long_name_and_a_long_summary_of_staff_are_cut_at_a_word(client: Client) -> None:
    make.published(make.article(title="Word " * 12 + "end", summary="Some words " * 18))
    page = client.get("/guide/ease-a-cramp/").content.decode()
    (named,) = re.findall("<title>(.*?)</title>", page)
    (described,) = re.findall('<meta name="description" content="(.*?)">', page)
    assert named.endswith("Word…")
    assert len(named) <= 60
    assert described.endswith(("words…", "Some…"))
    assert len(described) <= 155


# Links and sharing


def test_every_page_names_its_one_address(answers: Answers) -> None:
    for address, found in answers.items():
        assert linked(found, "canonical") == [f"http://testserver{address}"], address
        assert meta(found)["og:url"] == f"http://testserver{address}"


@pytest.mark.parametrize(
    ("asked", "address"),
    [
        ("/guide/?part=calf&x=1", "/guide/?part=calf"),
        ("/guide/?part=nose", "/guide/"),
        ("/stretches/?muscle=calf&position=bed", "/stretches/"),
        ("/faq/?group=night", "/faq/"),
        ("/about/changes/?page=1", "/about/changes/"),
        ("/about/changes/?page=999", "/about/changes/"),
        ("/help/?utm_source=mail", "/help/"),
    ],
)
def test_a_query_that_makes_no_other_page_is_left_out_of_its_address(
    client: Client, guide: list[Edition], asked: str, address: str
) -> None:
    page = client.get(asked).content.decode()
    assert f'<link rel="canonical" href="http://testserver{address}">' in page


def test_addresses_are_those_of_the_site_where_it_is_named(
    client: Client, guide: list[Edition], settings: Any
) -> None:
    settings.SITE_ADDRESS = SITE
    pages = ["/", "/guide/ease-a-cramp/", "/robots.txt", "/sitemap.xml", "/about/changes/feed/"]
    for address in pages:
        page = client.get(address).content.decode()
        assert SITE in page, address
        assert "testserver" not in page, address


def test_a_shared_link_shows_a_title_words_and_a_picture(answers: Answers) -> None:
    for address, found in answers.items():
        told = meta(found)
        assert told["twitter:card"] == "summary_large_image", address
        assert title(found).startswith(told["og:title"]), address
        assert told["og:description"] == told["description"], address
        assert told["og:image"].startswith("http://testserver/static/share/"), address


def test_nothing_is_told_of_pages_about_answers(client: Client, guide: list[Edition]) -> None:
    for address in [*CHECKS, "/check/legs/q/signs/", "/check/clear/", "/check/nothing/"]:
        page = client.get(address).content
        for told in (b"canonical", b"og:", b"ld+json", b"twitter"):
            assert told not in page, address


def test_a_page_that_is_not_there_has_no_address(client: Client, guide: list[Edition]) -> None:
    page = client.get("/guide/nothing/").content
    assert b"canonical" not in page
    assert b"ld+json" not in page


# Data


def test_every_page_says_what_it_is_in_words_that_schema_org_knows(answers: Answers) -> None:
    for address, found in answers.items():
        graph = schema.data(found.response.content)
        assert graph, address
        assert graph[0]["url"] == f"http://testserver{address}"
        for thing in graph:
            schema.valid(thing)


@pytest.mark.parametrize(
    "wrong",
    [
        {"@type": "MedicalWebPage", "lastReviewd": "2026-01-01"},
        {"@type": "MedicalWebPage", "lastReviewed": "soon"},
        {"@type": "FAQPage", "mainEntity": [{"@type": "Question", "acceptedAnswer": "Yes."}]},
    ],
)
def test_the_library_would_see_a_mistake(wrong: dict[str, Any]) -> None:
    """Otherwise the test above would prove nothing."""
    with pytest.raises(ValidationError):
        schema.valid(wrong)


def test_every_page_below_home_says_the_way_to_it(answers: Answers) -> None:
    ways = {}
    for address, found in answers.items():
        page = schema.data(found.response.content)[0]
        steps = page.get("breadcrumb", {"itemListElement": []})["itemListElement"]
        ways[address] = [urlsplit(step["item"]["@id"]).path for step in steps]
    assert ways.pop("/") == []
    assert ways["/guide/ease-a-cramp/"] == ["/", "/guide/", "/guide/ease-a-cramp/"]
    assert ways["/faq/"] == ["/", "/faq/"]
    for address, way in ways.items():
        assert way[0] == "/", address
        assert way[-1] == urlsplit(address).path, address
        assert set(way) <= {urlsplit(known).path for known in answers}, address


def test_home_says_where_to_search_and_who_makes_the_site(answers: Answers) -> None:
    graph = schema.data(answers["/"].response.content)
    action = schema.of_type(graph, "WebSite")["potentialAction"]
    assert action["target"]["urlTemplate"] == "http://testserver/search/?q={words}"
    assert schema.of_type(graph, "Organization")["name"] == "LegRelief"


def test_a_stretch_is_told_step_by_step_with_its_computed_time_and_a_picture(
    client: Client,
) -> None:
    make.published(make.stretch(hold_seconds=20, repeats=3, rest_seconds=10, equipment="A wall"))
    (page,) = schema.data(client.get("/stretches/wall-calf/").content)
    done = page["mainEntity"]
    assert [step["text"] for step in done["step"]] == ["Stand at a wall."]
    assert done["totalTime"] == "PT2M40S"
    assert done["tool"]["name"] == "A wall"
    assert done["image"].endswith("/static/share/site.png")


def test_a_stretch_that_is_held_until_it_eases_has_no_time(client: Client) -> None:
    make.published(make.stretch(hold_seconds=None, until_eased=True))
    (page,) = schema.data(client.get("/stretches/wall-calf/").content)
    assert "totalTime" not in page["mainEntity"]


def test_the_answers_are_those_that_the_page_shows(client: Client, guide: list[Edition]) -> None:
    for address in ("/faq/", "/faq/?group=night"):
        answer = client.get(address)
        (page,) = schema.data(answer.content)
        asked = [question["name"] for question in page["mainEntity"]]
        shown = [faq["question"] for group in answer.context["shown"] for faq in group["faqs"]]
        assert asked == shown


def test_nobody_is_said_to_have_reviewed_what_nobody_reviewed(answers: Answers) -> None:
    for address, found in answers.items():
        assert b"reviewedBy" not in found.response.content, address


def test_an_article_is_reviewed_once_every_part_of_it_is(client: Client) -> None:
    checked = {"checked_on": "2026-03-01", "checked_by": "Dr A. Shah, family doctor"}
    section = make.section(article=make.article(**checked))
    for unit in (section.article, section):
        make.published(unit)

    def told() -> dict[str, Any]:
        (page,) = schema.data(client.get("/guide/ease-a-cramp/").content)
        schema.valid(page)
        return page

    assert "lastReviewed" not in told()
    section.checked_on, section.checked_by = "2026-02-01", "B. Lee"
    section.save()
    make.published(section)
    assert told()["lastReviewed"] == "2026-02-01"
    assert told()["reviewedBy"] == {"@type": "Person", "name": "B. Lee"}
    section.checked_on, section.checked_by = checked.values()
    section.save()
    make.published(section)
    person = {"@type": "Person", "name": "Dr A. Shah", "jobTitle": "family doctor"}
    assert told()["reviewedBy"] == person


def test_words_of_staff_cannot_end_the_data(client: Client) -> None:
    attack = "</script><script>alert(1)</script>&amp;"
    make.published(make.article(title=attack))
    content = client.get("/guide/ease-a-cramp/").content
    assert b"<script>alert" not in content
    assert schema.data(content)[0]["name"] == attack


# Maps, feeds and files


def test_the_map_names_every_public_page_and_no_other(
    client: Client, guide: list[Edition], answers: Answers
) -> None:
    answer = client.get("/sitemap.xml")
    assert answer["Content-Type"] == "application/xml"
    found = [node.text for node in ElementTree.fromstring(answer.content).iter() if node.text]
    named = {url for url in found if url and url.startswith("http")}
    left_out = {address for address, found in answers.items() if "robots" in meta(found)}
    assert {"/offline/", "/routine/", "/cramp/rest/"} <= left_out
    assert named == {f"http://testserver{address}" for address in answers.keys() - left_out}


def test_the_map_says_since_when_an_article_reads_as_it_does(client: Client) -> None:
    section = make.section()
    with time_machine.travel(datetime(2026, 1, 5, tzinfo=UTC)):
        make.published(section.article)
    with time_machine.travel(datetime(2026, 2, 7, tzinfo=UTC)):
        make.published(section)
    said = client.get("/sitemap.xml").content.decode()
    assert re.search("ease-a-cramp/</loc><lastmod>2026-02-07<", said)


def test_a_draft_and_what_is_withdrawn_are_not_on_the_map(client: Client) -> None:
    make.article("draft")
    gone = make.stretch()
    make.published(gone)
    assert b"wall-calf" in client.get("/sitemap.xml").content
    withdraw(gone, message="Out of date")
    said = client.get("/sitemap.xml").content
    assert b"draft" not in said
    assert b"wall-calf" not in said


def test_robots_are_shown_the_map_and_kept_from_the_desk_and_from_answers(client: Client) -> None:
    answer = client.get("/robots.txt")
    assert answer["Content-Type"].startswith("text/plain")
    lines = answer.content.decode().splitlines()
    assert "Sitemap: http://testserver/sitemap.xml" in lines
    kept = [line.removeprefix("Disallow: ") for line in lines if line.startswith("Disallow")]
    assert {"/admin/", "/check/*/result/"} <= set(kept)
    for address in SINGLE:
        path = urlsplit(address).path
        patterns = [re.escape(rule).replace(r"\*", ".*") for rule in kept]
        assert not [rule for rule in patterns if re.match(rule, path)], address


def test_security_txt_says_whom_to_write_to_and_for_how_long(client: Client, settings: Any) -> None:
    settings.SECURITY_CONTACT, settings.SECURITY_DAYS = "mailto:security@example.org", 90
    settings.SITE_ADDRESS = SITE
    answer = client.get("/.well-known/security.txt")
    assert answer["Content-Type"] == "text/plain; charset=utf-8"
    fields = dict(line.split(": ", 1) for line in answer.content.decode().splitlines())
    assert fields["Contact"] == "mailto:security@example.org"
    assert fields["Canonical"] == f"{SITE}/.well-known/security.txt"
    assert fields["Preferred-Languages"] == "en"
    left = datetime.fromisoformat(fields["Expires"]) - timezone.now()
    assert timedelta(days=89) <= left <= timedelta(days=90)


def test_without_a_contact_there_is_no_security_txt(client: Client) -> None:
    assert client.get("/.well-known/security.txt").status_code == 404


@pytest.mark.parametrize("path", ["robots.txt", "sitemap.xml", "about/changes/feed/"])
def test_what_machines_read_is_only_read(path: str) -> None:
    assert Client(enforce_csrf_checks=True).post(f"/{path}").status_code == 405


def test_the_feed_is_atom_and_tells_the_newest_change_first(client: Client) -> None:
    section = make.section()
    make.published(section.article)
    with time_machine.travel(timezone.now() + timedelta(days=1)):
        publish(section, note="Warmth & <cold>")
        answer = client.get("/about/changes/feed/")
    assert answer["Content-Type"] == "application/atom+xml; charset=utf-8"
    feed = ElementTree.fromstring(answer.content)
    first, second = feed.findall(f"{ATOM}entry")
    summary = first.find(f"{ATOM}summary")
    assert summary is not None
    assert summary.get("type") == "html"
    assert html.unescape(summary.text or "") == "Warmth & <cold>"
    assert "<" not in (summary.text or "")  # a note is text, and this is taken for HTML
    link = first.find(f"{ATOM}link")
    assert link is not None
    assert link.get("href") == "http://testserver/guide/ease-a-cramp/#heat-cold"
    assert second.findtext(f"{ATOM}title") == "Ease a cramp"
    ids = [entry.findtext(f"{ATOM}id") for entry in (first, second)]
    assert len(set(ids)) == 2


def test_every_page_leads_to_the_feed(answers: Answers) -> None:
    for address, found in answers.items():
        assert linked(found, "alternate") == ["/about/changes/feed/"], address
