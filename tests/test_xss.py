"""Markup typed where words belong stays words: on every page, for readers and at the desk.

The guards are left out on purpose: what the pages promise must not rest on them. A page is
taken apart as a browser would, and held against the same page with plain words in every field.
"""

from __future__ import annotations

import json
from html.parser import HTMLParser
from typing import Any
from urllib.parse import quote
from xml.etree import ElementTree

import pytest
from django.contrib.auth.models import Group
from django.core.validators import MaxLengthValidator
from django.db import models
from django.test import Client
from django.urls import reverse

from guide.models import UNITS, Edition, Part, Unit
from guide.models.base import one_line
from guide.publishing.press import keep, publish_again
from guide.reading.live import forget
from tests import make
from tests.admin.everything import desk

pytestmark = pytest.mark.django_db

PLAIN = "Plain words."
#: Twenty in four groups: elements, attributes, addresses in Markdown, other languages.
PAYLOADS: dict[str, tuple[str, ...]] = {
    "elements": (
        "<script>alert(1)</script>",
        "</script><script>alert(1)</script>",
        "<img src=x onerror=alert(1)>",
        "<svg/onload=alert(1)>",
        "</title></textarea></style><iframe srcdoc='<script>alert(1)</script>'></iframe>",
        "<math><mtext><mglyph><style><!--</style><img title='--><img src=x onerror=alert(1)>'>",
        "<base href=//elsewhere.example/><meta http-equiv=refresh content='0;url=//e.example'>",
    ),
    "attributes": (
        '" onmouseover="alert(1)" x="',
        "' autofocus onfocus='alert(1)' x='",
        '"><object data="data:text/html,<script>alert(1)</script>"></object>',
        "` style=position:fixed onclick=alert(1) `",
    ),
    "addresses": (
        "[x](javascript:alert(1))",
        "[x](JaVaScRiPt&colon;alert(1))",
        "![x](data:image/svg+xml;base64,PHN2Zz48L3N2Zz4=)",
        "<javascript:alert(1)>",
        '[x](https://e.example "\\" onclick=alert(1) x=\\"")',
    ),
    "languages": (
        "{{ settings.SECRET_KEY }}{% debug %}",
        "]]></summary><script>alert(1)</script>",
        "\\u003cscript\\u003ealert(1)\\u003c/script\\u003e\u2028",
        "END:VEVENT BEGIN:VALARM &lt;script&gt;alert(1)&lt;/script&gt; <!--",
    ),
}
#: What the Markdown of a long text may make of any words: nothing that acts.
MARKDOWN = {(tag, "") for tag in ("p", "code", "pre", "br", "em", "strong", "a")} | {
    ("a", "title"),
    ("a", "href"),
}
#: The desk's own list of what it finds in the wording of a field.
FINDINGS = {("ul", "id")}
#: Where words are not free: a name of a drawing, a number to dial.
FIXED = {"slug", "code", "figure", "emergency", "address", "url", "implements", "also_pages"}


class Parts(HTMLParser):
    """The elements of a page with the names of their attributes, and its addresses."""

    def __init__(self, content: bytes) -> None:
        super().__init__()
        self.names: set[tuple[str, str]] = set()
        self.addresses: set[str] = set()
        self.feed(content.decode())

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.names |= {(tag, "")} | {(tag, name) for name, _ in attrs}
        where = {"href", "src", "action", "formaction", "srcdoc", "data", "xlink:href"}
        self.addresses |= {value or "" for name, value in attrs if name in where}


def unsafe(parts: Parts, clean: Parts) -> set[Any]:
    """Return what came into being that was not in the clean page."""
    leads = {a for a in parts.addresses - clean.addresses if a.strip().lower()[:5] in _SCHEMES}
    return (parts.names - clean.names - MARKDOWN - FINDINGS) | leads


_SCHEMES = {"javas", "data:", "vbscr"}


def free(model: type[models.Model]) -> list[str]:
    """Return the fields of a model in which staff write what they like."""
    return [
        field.name
        for field in model._meta.concrete_fields
        if type(field) in {models.CharField, models.TextField}
        and not field.choices
        and field.name not in FIXED
        and all(one is one_line or isinstance(one, MaxLengthValidator) for one in field.validators)
    ]


def fill(units: dict[str, Unit], words: str) -> None:
    """Write into every free field of every unit and its parts, and put it before readers."""
    for kind in UNITS:
        for model in (kind, *kind.parts):
            if names := free(model):
                model._base_manager.update(**dict.fromkeys(names, words))
    for unit in units.values():
        publish_again(keep(type(unit).objects.get(pk=unit.pk)))
    forget()


@pytest.fixture
def units(db: None) -> dict[str, Unit]:
    # A test in a browser may have left an empty database: not even the groups of migrations.
    Group.objects.get_or_create(name="Editors")
    section = make.section()
    make.tip(section)
    return {name: row for name, row in desk().items() if isinstance(row, Unit)}


def pages(units: dict[str, Unit]) -> list[str]:
    """Return the addresses of all pages for readers that show words of staff."""
    slugs = {name: unit.slug for name, unit in units.items()}
    named = ["home", "index", "whole", "library", "routines", "cramp", "rest", "bedside_card"]
    named += ["faq", "checks", "rules", "sources", "claims", "changes", "offline"]
    return [
        *(reverse(name) for name in named),
        *(reverse(name, args=[slugs[name]]) for name in ("article", "stretch", "routine")),
        *(f"/check/legs/{page}" for page in ("", "q/signs/", "q/feel/", "answers/", "result/")),
        reverse("search") + "?q=words",
    ]


def desk_pages(units: dict[str, Unit]) -> list[str]:
    found = [reverse("admin:index")]
    for name, unit in units.items():
        found.append(reverse(f"admin:guide_{name}_changelist"))
        own = ("change", "editions", "compare", "history")
        found += [reverse(f"admin:guide_{name}_{page}", args=[unit.pk]) for page in own]
        newest = Edition.objects.of(unit.kind, unit.slug).latest("number").number
        found.append(reverse(f"admin:guide_{name}_edition_frame", args=[unit.pk, newest]))
    return found


def taken_apart(client: Client, addresses: list[str]) -> dict[str, Parts]:
    found = {}
    for address in addresses:
        response = client.get(address, follow=True)
        assert response.status_code == 200, address
        found[address.split("/edition/")[0]] = Parts(response.content)
    return found


def test_many_fields_are_filled() -> None:
    models_filled = [m for kind in UNITS for m in (kind, *kind.parts) if free(m)]
    assert any(issubclass(model, Part) for model in models_filled)
    assert sum(len(free(model)) for model in models_filled) > 40
    assert sum(map(len, PAYLOADS.values())) == 20


@pytest.mark.parametrize("who", ["client", "admin_client"])
def test_what_staff_type_stays_words(
    who: str, units: dict[str, Unit], request: pytest.FixtureRequest
) -> None:
    client: Client = request.getfixturevalue(who)
    shown = pages if who == "client" else desk_pages
    fill(units, PLAIN)
    clean = taken_apart(client, shown(units))
    groups = list(PAYLOADS.values())
    for group in groups if who == "client" else [sum(groups, ())]:
        fill(units, " ".join(group))
        for address, parts in taken_apart(client, shown(units)).items():
            assert unsafe(parts, clean[address]) == set(), (address, group)


def test_what_staff_type_stays_words_in_files_for_machines(
    client: Client, units: dict[str, Unit]
) -> None:
    for group in PAYLOADS.values():
        fill(units, " ".join(group))
        for address in ("/sitemap.xml", "/about/changes/feed/"):
            ElementTree.fromstring(client.get(address).content)
        json.loads(client.get("/manifest.webmanifest").content)
        assert b"alert(1)" not in client.get("/sw.js").content
        page = client.get(reverse("stretch", args=[units["stretch"].slug])).content.decode()
        for data in page.split('<script type="application/ld+json">')[1:]:
            json.loads(data.split("</script>")[0])


@pytest.mark.parametrize("group", PAYLOADS)
def test_what_readers_send_stays_words(
    client: Client, searchable: list[Edition], group: str
) -> None:
    def asked(words: str) -> dict[str, Parts]:
        client.cookies["check_token_legs"] = client.cookies["country"] = quote(words)
        sent = {"User-Agent": words.encode("ascii", "replace").decode(), "Referer": quote(words)}
        found = {}
        for start in ("/search/?q=", "/routine/?s=", "/stretches/?muscle=", "/?part=", "/n/?x="):
            found[start] = Parts(client.get(start + quote(words), headers=sent).content)
        for field in ("answer", "edition", "to"):
            answer = client.post("/check/legs/q/now/", {field: words}, headers=sent)
            found[field] = Parts(answer.content)
        found["useful"] = Parts(client.post("/useful/", {"page": words, "answer": words}).content)
        return found

    clean = asked(PLAIN)
    for payload in PAYLOADS[group]:
        for name, parts in asked(payload).items():
            assert unsafe(parts, clean[name]) == set(), (name, payload)
