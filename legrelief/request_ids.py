"""A name for each request, to find what was logged of it. It says nothing of who asked."""

from __future__ import annotations

import re
import secrets
from collections.abc import Iterable, Mapping
from contextvars import ContextVar
from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.core.signals import request_finished

if TYPE_CHECKING:
    from _typeshed.wsgi import StartResponse, WSGIApplication, WSGIEnvironment

_SENSIBLE = re.compile(r"[A-Za-z0-9-]{8,64}")
_current: ContextVar[str] = ContextVar("request_id", default="")


def named(application: WSGIApplication) -> WSGIApplication:
    """Name each request, and send the name back with the answer.

    Here and not in a middleware, as the headers of a kept page are the same for every reader.
    """

    def answered(environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
        name = begin(environ)

        def start(status: str, headers: list[tuple[str, str]], *more: Any) -> Any:
            return start_response(status, [*headers, ("X-Request-ID", name)], *more)

        return application(environ, start)

    return answered


def begin(environ: Mapping[str, Any]) -> str:
    """Name the request that begins: as the trusted proxy has named it, or anew."""
    given = environ.get("HTTP_X_REQUEST_ID", "") if settings.BEHIND_PROXY else ""
    name: str = given if _SENSIBLE.fullmatch(given) else secrets.token_hex(8)
    _current.set(name)
    return name


def current() -> str:
    """Return the name of the request that this thread works on; empty between requests."""
    return _current.get()


def end(**_: object) -> None:
    _current.set("")


# After the server has written its line of the access log.
request_finished.connect(end)
