"""The pages that ask whether they were useful."""

from __future__ import annotations

from typing import NamedTuple

from django.urls import Resolver404, resolve

from guide.reading.cards import columns
from guide.reading.live import Live

_KINDS = ("article", "stretch", "routine")


class AskingPage(NamedTuple):
    address: str
    title: str


def asking_page(live: Live, path: str) -> AskingPage | None:
    """Return the page at a path, if it is there to be read and asks whether it was useful."""
    try:
        match = resolve(path)
    except Resolver404:
        return None
    if match.url_name == "faq":
        return AskingPage(path, "Questions and answers")
    if match.url_name not in _KINDS:
        return None
    unit = (match.url_name, match.kwargs["slug"])
    found = columns(live, units=[unit]).get(unit)
    return AskingPage(path, found["title"]) if found else None
