"""What a page weighs on a slow phone: few files, few bytes, and little of its own script."""

from __future__ import annotations

import zlib
from pathlib import Path

import brotli  # type: ignore[import-untyped]
import pytest
from django.contrib.staticfiles import finders
from django.test import Client
from django.utils.html import escape

from guide.models import Edition
from legrelief.static_files import minified
from tests.views.conftest import Answer
from tests.views.html import Page

pytestmark = pytest.mark.django_db

BUDGET = 6 * 1024
HTMX = "/static/django_htmx/"


def test_the_scripts_of_a_page_beside_htmx_stay_within_their_budget(
    answers: dict[str, Answer],
) -> None:
    heavy = {}
    for address, (_, page) in answers.items():
        sources = [attributes.get("src", "") for tag, attributes in page.tags if tag == "script"]
        own = [source for source in sources if source and not source.startswith(HTMX)]
        assert own, address
        weight = sum(len(brotli.compress(sent(source))) for source in own)
        if weight > BUDGET:
            heavy[address] = weight
    assert heavy == {}


#: What a first visit asks for, and how many kilobytes come, at most: the font is 12 of them.
FIRST_VISITS = {
    "/": (6, 29),
    "/stretches/wall-calf-straight-knee/": (9, 35),
    "/check/legs/q/now/": (7, 39),
    "/cramp/": (6, 27),
}
LOADED = {"stylesheet", "preload", "manifest"}


@pytest.mark.parametrize("address", FIRST_VISITS)
def test_a_first_visit_is_few_requests_and_few_bytes(
    client: Client, guide: list[Edition], address: str
) -> None:
    requests, kilobytes = FIRST_VISITS[address]
    sent = first_visit(client, address)
    assert len(sent) <= requests
    assert sum(sent) <= kilobytes * 1024


#: An article without its font, in kilobytes. The long ones have more words than fit: their text
#: and the addresses of their sources alone are most of it.
LIGHT = 18
LONG = {"bedtime-stretches": 19, "what-else-it-could-be": 24}


def test_an_article_is_five_requests_and_no_more_than_45_kilobytes(
    client: Client, guide: list[Edition]
) -> None:
    for slug in articles():
        sent = first_visit(client, f"/guide/{slug}/")
        assert len(sent) <= 5, slug
        assert sum(sent) <= 45 * 1024, slug


def test_an_article_without_its_font_is_light(client: Client, guide: list[Edition]) -> None:
    heavy = {}
    for slug in articles():
        sent = first_visit(client, f"/guide/{slug}/", font=False)
        if sum(sent) > LONG.get(slug, LIGHT) * 1024:
            heavy[slug] = sum(sent)
    assert heavy == {}


def test_the_font_comes_before_a_server_waits_for_a_first_answer() -> None:
    headers = 600
    found = finders.find("fonts/atkinson-hyperlegible-next.woff2")
    assert Path(str(found)).stat().st_size + headers <= FIRST_FLIGHT


def articles() -> list[str]:
    return list(Edition.objects.filter(kind="article").values_list("slug", flat=True))


#: What a server sends before it waits for a first answer: ten packets.
FIRST_FLIGHT = 14 * 1024


def test_what_to_do_in_a_cramp_is_in_the_first_bytes_that_come(
    client: Client, guide: list[Edition]
) -> None:
    """Before the style and the font are there, and even if they never come."""
    sent = zlib.compressobj(9, zlib.DEFLATED, 31)
    whole = client.get("/cramp/").content
    packed = sent.compress(whole) + sent.flush()
    came = zlib.decompressobj(31).decompress(packed[:FIRST_FLIGHT]).decode(errors="ignore")
    for stretch in Edition.objects.filter(kind="stretch"):
        if "cramp" in stretch.card["moments"]:
            (text, *_) = (row["fields"] for row in stretch.rows)
            assert escape(text["name"]) in came, stretch.slug
            steps = [row["fields"]["text"] for row in stretch.rows[1:]]
            assert all(escape(step.split("{")[0].split("[")[0]) in came for step in steps)


def first_visit(client: Client, address: str, *, font: bool = True) -> list[int]:
    """The bytes of a page and of each file that it names, as they are sent by a server.

    They are minified and compressed; fonts are compressed already.
    """
    answer = client.get(address)
    tags = Page(answer.content).tags
    named = {tag["src"] for name, tag in tags if name == "script" and "src" in tag}
    loaded = LOADED if font else LOADED - {"preload"}
    named |= {tag["href"] for name, tag in tags if tag.get("rel") in loaded}
    return [len(brotli.compress(one)) for one in (answer.content, *map(body, named))]


def body(address: str) -> bytes:
    """What is sent for a file that a page names; the manifest is made by a view."""
    if not address.startswith("/static/"):
        content: bytes = Client().get(address).content
        return content
    return sent(address)


def sent(address: str) -> bytes:
    """A static file as it is collected."""
    found = finders.find(address.removeprefix("/static/"))
    assert found, address
    return minified(found, Path(found).read_bytes())
