"""A name for each request, to find what was logged of it. It says nothing of who asked."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from contextvars import ContextVar
from random import getrandbits
from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.core.signals import request_finished

if TYPE_CHECKING:
    from _typeshed.wsgi import StartResponse, WSGIApplication, WSGIEnvironment

_SENSIBLE = re.compile(r"[A-Za-z0-9-]{8,64}")
_current: ContextVar[str] = ContextVar("request_id", default="")


class _Last(list[bytes]):
    """An answer that Django did not make, and so does not end: the server does, by closing it."""

    def close(self) -> None:
        end()


def named(application: WSGIApplication) -> WSGIApplication:
    """Name each request, and send the name back with the answer.

    Here and not in a middleware, as the headers of a kept page are the same for every reader.
    """

    def answered(environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
        name = begin(environ)

        def start(status: str, headers: list[tuple[str, str]], *more: Any) -> Any:
            return start_response(status, [*headers, ("X-Request-ID", name)], *more)

        answer = application(environ, start)
        return _Last(answer) if isinstance(answer, list) else answer

    return answered


def begin(environ: Mapping[str, Any]) -> str:
    """Name the request that begins: as the trusted proxy has named it, or anew."""
    given = environ.get("HTTP_X_REQUEST_ID", "") if settings.BEHIND_PROXY else ""
    # A name and no secret, so it may be a cheap one: every page that is handed out has one.
    name: str = given if _SENSIBLE.fullmatch(given) else f"{getrandbits(64):016x}"
    _current.set(name)
    return name


def current() -> str:
    """Return the name of the request that this thread works on; empty between requests."""
    return _current.get()


def end(**_: object) -> None:
    _current.set("")


# After the server has written its line of the access log.
request_finished.connect(end)
