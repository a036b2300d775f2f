"""Where readers find a unit, and every address that a search engine should know."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from datetime import datetime
from typing import NamedTuple

from django.conf import settings
from django.http import HttpRequest
from django.urls import reverse

from guide.models import Caution, Source, Synonym, WarningWord
from guide.reading.cards import Columns, ListColumns, columns, of_kind
from guide.reading.keeping import kept
from guide.reading.live import Live
from guide.reading.places import PLACES
from guide.reading.reachable import address_of

#: Pages that do not hang on one unit, by name, with the kinds of unit that they show.
PAGES: dict[str, tuple[str, ...]] = {
    "home": ("article", "routine", "stretch"),
    "index": ("article", "section"),
    "library": ("stretch",),
    "routines": ("routine", "stretch"),
    "cramp": ("stretch",),
    "faq": ("faq",),
    "help": ("section", "country"),
    "rules": ("questionnaire",),
    "about": (),
    "how_we_write": (),
    "sources": ("source",),
    "claims": ("claim",),
    "privacy": (),
    "accessibility": (),
    "changes": (),
}
#: The views of all pages that have an address.
VIEWS = {*PAGES, "article", "stretch", "routine"}

#: What works inside other pages and in a search, and has no place of its own.
NOWHERE = {Caution.kind, Synonym.kind, WarningWord.kind}


class Address(NamedTuple):
    """A page by its path, and since when it reads as it does, if that is known."""

    path: str
    since: datetime | None


def site(request: HttpRequest) -> str:
    """Return the address of the site, without a path: as it is set, or as it was asked for."""
    return settings.SITE_ADDRESS or f"{request.scheme}://{request.get_host()}"


def address(row: ListColumns, found: Columns) -> str:
    """Return where readers find a live unit; empty if they do not see it by itself.

    A section is read on its article, so `found` has to hold that.
    """
    alone = row["kind"] == "section" and ("article", row["parent"]) not in found
    unread = row["card"].get("confirmed") == Source.Confirmed.UNSEEN
    if alone or unread or row["kind"] in NOWHERE:
        return ""
    return address_of(row["kind"], row["slug"], row["parent"])


@kept
def all_addresses(live: Live) -> list[Address]:
    """Return every page that is public and worth finding, each once."""
    found = columns(live, *{kind for shown in PAGES.values() for kind in shown})
    single = [
        Address(reverse(name), _newest(row for kind in shown for row in of_kind(found, kind)))
        for name, shown in PAGES.items()
    ]
    places = [Address(f"{reverse('index')}?part={place}", None) for place, _ in PLACES]
    sections: defaultdict[str, list[ListColumns]] = defaultdict(list)
    for row in of_kind(found, "section"):
        sections[row["parent"]].append(row)
    articles = [
        Address(address(row, found), _newest([row, *sections[row["slug"]]]))
        for row in of_kind(found, "article")
    ]
    others = [
        Address(address(row, found), row["live_from"])
        for kind in ("stretch", "routine")
        for row in of_kind(found, kind)
    ]
    return [*single, *places, *articles, *others]


def _newest(rows: Iterable[ListColumns]) -> datetime | None:
    return max((row["live_from"] for row in rows), default=None)
