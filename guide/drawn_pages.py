"""Public pages that were drawn ahead of the readers who ask for them.

A kept page (guide/kept_pages.py) is in the memory of one process and goes with it. A drawn page
is in the database, for all of them. It says of what it is made, and is good while none of that
has changed. Who asks for it finds that out, so one that was not drawn anew does no harm: the
page is then drawn while its reader waits. Nothing is written on a read.
"""

from __future__ import annotations

import json
from typing import NamedTuple

import brotli  # type: ignore[import-untyped]
from django.conf import settings
from django.core.exceptions import MiddlewareNotUsed
from django.db import DatabaseError
from django.http import HttpRequest, HttpResponse, HttpResponseBase

from guide.kept_pages import key_of
from guide.reading.addresses import VIEWS, site
from guide.reading.asked import Topics, note
from guide.reading.live import Live, changed, live_with
from guide.release import release
from legrelief.middleware import Handler

_JOINED = """
    LEFT JOIN guide_drawnpage AS drawn ON drawn.path = %(path)s AND drawn.release = %(release)s
"""
_COLUMNS = "drawn.newest, drawn.since, drawn.moved, drawn.at, asked, any_query, html, digest, site"


class Drawn(NamedTuple):
    """A page that is good in the newest state of the guide."""

    live: Live
    asked: Topics
    #: Whether it is the same page whatever follows a "?" in its address.
    any_query: bool
    #: Compressed, as brotli.
    html: bytes
    digest: str
    #: The address of the site that it names.
    site: str


class HandsOut:
    """Answer with a drawn page in place of the view, once all other middleware had its say."""

    def __init__(self, get_response: Handler) -> None:
        if settings.DEBUG:  # templates change under a developer's hands
            raise MiddlewareNotUsed
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        return self.get_response(request)

    def process_view(self, request: HttpRequest, *_: object) -> HttpResponse | None:
        match = request.resolver_match
        key = key_of(request.META)
        if not match or match.url_name not in VIEWS or key is None:
            return None
        try:
            page = drawn(request.path_info, asks=bool(request.META.get("QUERY_STRING")))
        except DatabaseError:  # there is none, or not yet what is drawn: the view tells
            return None
        if page is None:
            return None
        note(page.asked)
        response = _answer(page, site(request), key.encoding)
        response.live = page.live  # type: ignore[attr-defined]
        response.any_query = page.any_query  # type: ignore[attr-defined]
        return response


def drawn(path: str, *, asks: bool) -> Drawn | None:
    """Find a page, if it is good by now: in one query, with the state of the guide.

    It `asks` for more than the path if a query follows, which only some pages do not look at.
    """
    now, row = live_with(_JOINED, _COLUMNS, path=path, release=release())
    if not row or row[0] is None:
        return None
    *state, topics, any_query, html, digest, named = row
    if asks and not any_query:
        return None
    before, asked = Live.stored(*state), stored_topics(topics)
    if before != now and not changed(before, now).carries(before, asked):
        return None
    return Drawn(now, asked, bool(any_query), bytes(html), digest, named)


def _answer(page: Drawn, here: str, encoding: str) -> HttpResponse:
    """Hand out a page, as it is stored if nothing in it has to be another for who asks."""
    if page.site == here and encoding == "br":
        response = HttpResponse(page.html, headers={"Content-Encoding": encoding})
        response.digest = page.digest  # type: ignore[attr-defined]
        return response
    return HttpResponse(brotli.decompress(page.html).replace(page.site.encode(), here.encode()))


def stored_topics(text: str) -> Topics:
    """Read what a page is made of, as it is stored."""
    return frozenset(map(tuple, json.loads(text)))
