"""So many requests a minute from one address, for what costs work: forms that are sent, and
searches.

Counted in the cache: exact for all processes and hosts with Redis. Without it each process counts
by itself, so two of them let twice as many through. Far more is let through than readers need,
even a whole clinic behind one address. What is kept ready (guide/kept_pages.py) is handed out
before this comes: it costs less than to count it. Signing in has limits of its own
(guide/signing/waits.py).
"""

from __future__ import annotations

import logging
import time
from typing import NamedTuple

from django.core.cache import cache
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.utils.crypto import salted_hmac

from legrelief.addresses import client_address, place
from legrelief.middleware import Handler

logger = logging.getLogger(__name__)

MINUTE = 60
#: For so long a cache that failed is not asked again.
LEFT_ALONE = 10.0


class Limit(NamedTuple):
    name: str
    a_minute: int


#: Thirty people at once in one waiting room, each with an answer every six seconds.
FORMS = Limit("forms", 300)
#: A person who types makes two or three searches a second.
SEARCHES = Limit("searches", 600)


def limit_requests(get_response: Handler) -> Handler:
    """Answer 429 to who sends more than any reader would."""

    def middleware(request: HttpRequest) -> HttpResponseBase:
        limit = limit_of(request)
        if limit is None or counter.allows(limit, request):
            return get_response(request)
        return too_many(request)

    return middleware


def limit_of(request: HttpRequest) -> Limit | None:
    """Return the limit that a request counts for, if any. Staff have signed in."""
    path = request.path_info
    if path.startswith("/search/"):
        return SEARCHES
    if request.method == "POST" and not path.startswith("/admin/"):
        return FORMS
    return None


class Counter:
    """Counts in the cache. One that fails lets everybody through, and is left alone for a while."""

    def __init__(self) -> None:
        self.failed_at = -LEFT_ALONE

    def allows(self, limit: Limit, request: HttpRequest) -> bool:
        if time.monotonic() - self.failed_at < LEFT_ALONE:
            return True
        try:
            return _count(limit, request) <= limit.a_minute
        except Exception as error:  # whatever the cache is, and however it fails
            self.failed_at = time.monotonic()
            kind = type(error).__name__
            logger.warning("The cache does not answer (%s): requests are not limited", kind)
            return True


counter = Counter()


def _count(limit: Limit, request: HttpRequest) -> int:
    """Count one more in this minute. The address is kept as a keyed hash, for as long."""
    who = salted_hmac("guide.limits", place(client_address(request))).hexdigest()[:20]
    key = f"limit:{limit.name}:{int(time.time() // MINUTE)}:{who}"
    cache.add(key, 0, timeout=2 * MINUTE)
    return cache.incr(key)


def too_many(request: HttpRequest) -> HttpResponse:
    response = render(request, "guide/errors/429.html", status=429)
    response.headers["Retry-After"] = str(MINUTE - int(time.time()) % MINUTE)
    return response
