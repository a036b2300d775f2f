"""The guide with nothing kept: every request is the first after a publish."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from legrelief.wsgi import application as guide


def application(environ: dict[str, Any], start_response: Any) -> Iterable[bytes]:
    from guide.reading.live import forget  # noqa: PLC0415 (Django is set up by now)

    forget()
    answer: Iterable[bytes] = guide(environ, start_response)
    return answer
