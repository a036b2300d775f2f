"""What the server gives a browser to save: the worker, the manifest, the page without a network."""

from __future__ import annotations

import gzip
import re
import struct
from datetime import timedelta
from pathlib import Path

import pytest
import time_machine
from django.contrib.staticfiles import finders
from django.test import Client
from django.utils import timezone

from guide.models import Edition
from guide.publishing.press import publish, withdraw
from tests import make
from tests.views.html import Page

pytestmark = pytest.mark.django_db


def version(client: Client) -> str:
    """The word in the worker that changes when a device has to save anew."""
    found = re.search(r'"legrelief-(\w+)"', client.get("/sw.js").content.decode())
    assert found
    return found[1]


def test_the_worker_may_see_the_whole_site_and_is_asked_for_anew_each_time(client: Client) -> None:
    answer = client.get("/sw.js")
    assert answer.headers["Content-Type"] == "text/javascript"
    assert answer.headers["Cache-Control"] == "no-cache"
    again = client.get("/sw.js", headers={"If-None-Match": answer.headers["ETag"]})
    assert (again.status_code, again.content) == (304, b"")


def test_a_device_saves_anew_when_readers_see_something_new_and_not_before(client: Client) -> None:
    stretch = make.stretch()
    seen = [version(client)]
    stretch.name = "A draft"
    stretch.save()
    assert version(client) == seen[-1]
    make.published(stretch)
    seen.append(version(client))
    day = timezone.now() + timedelta(days=1)
    stretch.name = "Tomorrow's"
    stretch.save()
    publish(stretch, live_from=day)
    assert version(client) == seen[-1]
    with time_machine.travel(day, tick=False):
        seen.append(version(client))
        withdraw(stretch, message="Not safe")
        seen.append(version(client))
    assert len(seen) == len(set(seen)) == 4


def test_a_device_saves_anew_after_a_deploy(
    client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = version(client)
    monkeypatch.setattr("guide.views.offline.release", lambda: "another")
    assert version(client) != before


def test_the_worker_is_small(client: Client) -> None:
    assert len(gzip.compress(client.get("/sw.js").content)) < 2600


def test_a_page_without_a_network_has_what_helps_most(client: Client, guide: list[Edition]) -> None:
    page = client.get("/offline/").content.decode().split("<main")[1].split("</main>")[0]
    assert "Pull your toes up" in page
    assert "care emergency" in page
    assert {"tel:911", "tel:999", "/cramp/", "/help/"} <= Page(page.encode()).links


def test_a_phone_can_put_the_guide_on_its_home_screen(client: Client, guide: list[Edition]) -> None:
    answer = client.get("/manifest.webmanifest")
    assert answer.headers["Content-Type"] == "application/manifest+json"
    described = answer.json()
    assert (described["name"], described["display"]) == ("LegRelief", "standalone")
    assert described["background_color"] == "#17120e"
    shortcuts = {one["name"]: one["url"] for one in described["shortcuts"]}
    assert {"Cramp now", "Get help"} <= set(shortcuts)
    for address in (described["start_url"], *shortcuts.values()):
        assert client.get(address).status_code == 200, address
    wanted = {("192x192", "any"), ("512x512", "any"), ("512x512", "maskable")}
    assert {(one["sizes"], one["purpose"]) for one in described["icons"]} == wanted
    for one in described["icons"]:
        assert size(one["src"]) == one["sizes"]


def test_a_phone_that_reads_no_manifest_finds_an_icon_too(client: Client) -> None:
    assert size(links(client, "/about/")["apple-touch-icon"]) == "180x180"


@pytest.mark.parametrize("address", ["/", "/cramp/", "/routine/"])
def test_pages_that_readers_come_back_to_name_the_manifest(
    client: Client, guide: list[Edition], address: str
) -> None:
    assert links(client, address)["manifest"] == "/manifest.webmanifest"


def links(client: Client, address: str) -> dict[str, str]:
    """Where the head of a page leads, by what it is."""
    tags = Page(client.get(address).content).tags
    return {found["rel"]: found["href"] for tag, found in tags if tag == "link"}


def size(address: str) -> str:
    """The width and height of a PNG among the static files."""
    path = Path(str(finders.find(address.removeprefix("/static/"))))
    width, height = struct.unpack(">II", path.read_bytes()[16:24])
    return f"{width}x{height}"
