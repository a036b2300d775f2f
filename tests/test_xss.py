"""Markup typed where words belong stays words for readers, whoever typed it.

What the desk makes of it is in tests/admin/test_xss.py.
"""

from __future__ import annotations

import json
import re
from typing import Any
from urllib.parse import quote
from xml.etree import ElementTree

import pytest
from django.contrib.auth.models import Group
from django.core.exceptions import ValidationError
from django.test import Client
from django.urls import reverse

from guide.models import UNITS, Edition, Part, Stretch, Unit
from guide.publishing.press import keep, publish_again, withdraw
from guide.reading.live import forget
from tests import make
from tests.admin.everything import desk
from tests.admin.test_stretches import EXAMPLE
from tests.payloads import (
    ALL,
    FIXED,
    GROUPS,
    PAYLOADS,
    PLAIN,
    Parts,
    fill,
    free,
    models_filled,
    packed,
    room_of,
    taken_apart,
    unsafe,
)

pytestmark = pytest.mark.django_db

TURNS = range(len(GROUPS))
ATOM = "{http://www.w3.org/2005/Atom}"
HELD = {"Sec-Fetch-Site": "same-origin"}


@pytest.fixture
def units(db: None) -> dict[str, Unit]:
    # A test in a browser may have left an empty database: not even the groups of migrations.
    Group.objects.get_or_create(name="Editors")
    section = make.section()
    make.tip(section)
    getting_help = make.article("when-to-get-help")
    red_flags = make.section("red-flags", article=getting_help)
    make.published(getting_help)
    make.published(red_flags)
    found = {name: row for name, row in desk().items() if isinstance(row, Unit)}
    found |= {"help": getting_help, "red flags": red_flags}
    Stretch.objects.update(figure=EXAMPLE)
    return found


def pages(units: dict[str, Unit]) -> list[str]:
    """Return the addresses of all pages for readers that show words of staff."""
    slugs = {name: unit.slug for name, unit in units.items()}
    named = ["home", "index", "whole", "library", "routines", "cramp", "rest", "bedside_card"]
    named += ["faq", "help", "checks", "rules", "sources", "claims", "changes", "offline"]
    named += ["my_routine", "stretch_sheets", "about", "how_we_write", "privacy", "accessibility"]
    held = f"?s={slugs['stretch']}"
    return [
        *(reverse(name) for name in named),
        *(reverse(name) + held for name in ("my_routine", "stretch_sheets", "bedside_card")),
        *(reverse(name, args=[slugs[name]]) for name in ("article", "stretch", "routine")),
        *(f"/check/legs/{page}" for page in ("", "q/signs/", "q/feel/", "answers/", "result/")),
        "/check/legs/summary/",
        f"{reverse('search')}?q={PLAIN}",
        f"{reverse('search')}?q={PLAIN}&in=section",
        reverse("stretch", args=["withdrawn"]),
    ]


def withdrawn(turn: int | None) -> None:
    """Withdraw a stretch, and say why in words of this turn."""
    said = PLAIN if turn is None else packed(200, turn, 0)
    gone, new = Stretch.objects.get_or_create(slug="withdrawn", defaults={"name": PLAIN})
    if new:
        publish_again(keep(gone))
    withdraw(gone, message=said)
    forget()


def test_every_field_takes_payloads_and_every_payload_meets_many_fields() -> None:
    fields = [field for model in models_filled() for field in free(model)]
    assert any(issubclass(model, Part) for model in models_filled())
    assert len(fields) > 40
    assert len(ALL) == 20
    held = [
        {one for turn in TURNS for one in ALL if one in packed(room_of(field), turn, place)}
        for place, field in enumerate(fields)
    ]
    for field, payloads in zip(fields, held, strict=True):
        room = room_of(field)
        assert len(payloads) == 20 if room is None else payloads or room < 24, field
        assert all(len(packed(room, turn, 0)) <= room for turn in TURNS if room), field
    met = {one: sum(one in payloads for payloads in held) for one in ALL}
    assert min(met.values()) > 15, met


@pytest.mark.parametrize("model", [m for kind in UNITS for m in (kind, *kind.parts)])
def test_where_words_are_not_free_markup_is_refused(model: type[Any]) -> None:
    for field in model._meta.concrete_fields:
        if field.name in FIXED and field.get_internal_type() != "JSONField":
            for payload in ALL:
                with pytest.raises(ValidationError):
                    field.clean(payload, model())


def test_what_staff_type_stays_words(client: Client, units: dict[str, Unit]) -> None:
    fill(units.values(), None)
    withdrawn(None)
    clean = taken_apart(client, pages(units))
    found = client.get(reverse("search"), {"q": PLAIN}).content.decode()
    assert "<mark>" in found
    # So far the word is a sign too, beside which a search shows no stretch and no figure.
    drawn = clean[reverse("stretch", args=[units["stretch"].slug])].names
    for address in clean:
        if address.startswith(reverse("search")):
            clean[address].names |= drawn
    for turn in TURNS:
        fill(units.values(), turn)
        withdrawn(turn)
        for address, parts in taken_apart(client, pages(units)).items():
            assert unsafe(parts, clean[address]) == set(), (address, turn)


def test_what_staff_type_stays_words_in_files_for_machines(
    client: Client, units: dict[str, Unit]
) -> None:
    for turn in TURNS:
        fill(units.values(), turn)
        ElementTree.fromstring(client.get("/sitemap.xml").content)
        feed = ElementTree.fromstring(client.get("/about/changes/feed/").content)
        entries = feed.findall(f"{ATOM}entry")
        assert entries
        for entry in entries:
            # A feed reader takes a summary for HTML.
            said = entry.findtext(f"{ATOM}summary", "")
            assert Parts(said.encode()).names == set(), said
        json.loads(client.get("/manifest.webmanifest").content)
        assert b"alert(1)" not in client.get("/sw.js").content
        page = client.get(reverse("stretch", args=[units["stretch"].slug])).content.decode()
        data = page.split('<script type="application/ld+json">')[1:]
        assert data
        for one in data:
            json.loads(one.split("</script>")[0])


def a_stretch() -> str:
    """Return the slug of a stretch that a link may ask for."""
    return Edition.objects.filter(kind="stretch").values_list("slug", flat=True)[0]


def asked(client: Client, words: str) -> dict[str, Parts]:
    """Send words wherever a reader, or who makes links for readers, can put some."""
    client.cookies["check_token_legs"] = client.cookies["country"] = quote(words)
    sent = {"User-Agent": words.encode("ascii", "replace").decode(), "Referer": quote(words)}
    sent |= HELD
    known = a_stretch()
    found = {}
    for start in (
        "/search/?q=", "/search/?q=cramp&in=", "/search/?q=cramp+", "/routine/?s=",
        "/routine/stretches/?s=", "/cramp/card/?s=", "/guide/?part=", "/stretches/?muscle=",
        "/stretches/?position=", "/faq/?group=", "/about/changes/?page=", "/useful/?page=",
        "/help/?country=", "/?country=", f"/routine/?s={known}~", f"/routine/?s={known}&add=",
        "/admin/login/?next=", "/n/?x=", "/n/",
    ):  # fmt: skip
        found[start] = Parts(client.get(start + quote(words, safe=""), headers=sent).content)
    for field in ("answer", "edition", "to"):
        answer = client.post("/check/legs/q/now/", {field: words}, headers=sent)
        found[field] = Parts(answer.content)
    client.cookies.clear()
    for useful in ({"page": words, "useful": "yes"}, {"page": "/faq/", "useful": words}):
        found[" ".join(useful)] = Parts(client.post("/useful/", useful, headers=sent).content)
    found["clear"] = Parts(client.post("/check/clear/", {"to": words}, headers=sent).content)
    typed = {"username": words, "password": words, "next": words}
    found["signing in"] = Parts(client.post("/admin/login/", typed).content)
    return found


@pytest.mark.parametrize("group", PAYLOADS)
def test_what_readers_send_stays_words(
    client: Client, searchable: list[Edition], group: str
) -> None:
    clean = asked(client, PLAIN)
    for payload in PAYLOADS[group]:
        for name, parts in asked(client, payload).items():
            assert unsafe(parts, clean[name]) == set(), (name, payload)


def test_a_link_can_write_nothing_of_its_own_into_a_calendar(
    client: Client, searchable: list[Edition]
) -> None:
    def lines(words: str) -> list[str]:
        sent = {"s": f"{a_stretch()}~{words}", "from": words, "at": words, "alarm": words}
        answer = client.get("/routine/evenings.ics", sent)
        assert answer["Content-Type"].startswith("text/calendar")
        text = answer.content.decode().replace("\r\n ", "")
        assert not re.search("alert|script|[<>]", text)
        return [re.split("[:;]", line)[0] for line in text.split("\r\n")]

    assert lines(PLAIN).count("BEGIN") == 3  # the calendar, an evening, its alarm
    for payload in ALL:
        assert lines(payload) == lines(PLAIN)
        assert lines(f"x\r\nBEGIN:VALARM\r\n{payload}") == lines(PLAIN)
