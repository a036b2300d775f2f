"""Staff who do nothing for a while are signed out."""

from __future__ import annotations

import time
from typing import Any

from django.conf import settings
from django.contrib.auth import SESSION_KEY
from django.http import HttpRequest, HttpResponseBase

from legrelief.middleware import Handler

DESK = "/admin/"
RENEWED = "renewed"
#: Of the time a session lasts, so much passes before a request makes it last anew. To write the
#: session at every request would make each page of the desk wait for the database.
PART = 10


def renew_sessions(get_response: Handler) -> Handler:
    """Let the session of staff last on while they are at work; Django ends it when it is over."""

    def middleware(request: HttpRequest) -> HttpResponseBase:
        if request.path_info.startswith(DESK) and settings.SESSION_COOKIE_NAME in request.COOKIES:
            session, now = request.session, int(time.time())
            due = session.get(RENEWED, 0) + settings.SESSION_COOKIE_AGE // PART
            if SESSION_KEY in session and now >= due:
                session[RENEWED] = now
        return get_response(request)

    return middleware


def begin(request: HttpRequest, **_: Any) -> None:
    """A session that begins is not written once more by the next request."""
    request.session[RENEWED] = int(time.time())
