"""What a page weighs on a slow phone: few files, few bytes, and little of its own script."""

from __future__ import annotations

from pathlib import Path

import brotli  # type: ignore[import-untyped]
import pytest
from django.conf import settings
from django.contrib.staticfiles import finders
from django.test import Client

from guide.models import Edition
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
        assert len(own) >= 2, address
        texts = [(settings.BASE_DIR / source.lstrip("/")).read_bytes() for source in own]
        weight = sum(len(brotli.compress(text)) for text in texts)
        if weight > BUDGET:
            heavy[address] = weight
    assert heavy == {}


#: What a first visit asks for, and how many kilobytes come, at most.
FIRST_VISITS = {
    "/": (8, 36),
    "/guide/ease-a-cramp/": (8, 40),
    "/stretches/wall-calf-straight-knee/": (12, 44),
    "/check/legs/q/now/": (9, 47),
    "/cramp/": (8, 34),
}
LOADED = {"stylesheet", "preload", "icon", "manifest"}


@pytest.mark.parametrize("address", FIRST_VISITS)
def test_a_first_visit_is_few_requests_and_few_bytes(
    client: Client, guide: list[Edition], address: str
) -> None:
    """Whatever the page names counts, compressed as a server does it; fonts are already."""
    answer = client.get(address)
    tags = Page(answer.content).tags
    named = {tag["src"] for name, tag in tags if name == "script" and "src" in tag}
    named |= {tag["href"] for name, tag in tags if tag.get("rel") in LOADED}
    bodies = [answer.content, *map(body, named)]
    requests, kilobytes = FIRST_VISITS[address]
    assert len(bodies) <= requests
    assert sum(len(brotli.compress(one)) for one in bodies) <= kilobytes * 1024


def body(address: str) -> bytes:
    """What is sent for a file that a page names; the manifest is made by a view."""
    if not address.startswith("/static/"):
        content: bytes = Client().get(address).content
        return content
    found = finders.find(address.removeprefix("/static/"))
    assert found, address
    return Path(found).read_bytes()
