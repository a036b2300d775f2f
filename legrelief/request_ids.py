"""A name for each request, to find what was logged of it. It says nothing of who asked."""

from __future__ import annotations

import re
from collections.abc import Mapping
from contextvars import ContextVar
from random import getrandbits
from typing import Any

from django.conf import settings
from django.core.signals import request_finished

_SENSIBLE = re.compile(r"[A-Za-z0-9-]{8,64}")
_current: ContextVar[str] = ContextVar("request_id", default="")


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
