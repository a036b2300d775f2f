"""The guide where something is not kept: every request comes after what its header names."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from contextlib import nullcontext
from typing import Any
from unittest.mock import patch

from legrelief.wsgi import application as guide

PUBLISHED = {"elsewhere": ("faq", "can-i-use-heat", "heat-cold")}
PUBLISHED["a part"] = ("section", "heat-cold", "ease-a-cramp")


def application(environ: dict[str, Any], start_response: Any) -> Iterable[bytes]:
    from guide.reading.live import forget  # noqa: PLC0415 (Django is set up by now)

    after = environ.get("HTTP_X_AFTER", "start")
    _publish(*PUBLISHED[after]) if after in PUBLISHED else forget()
    with (
        patch("guide.drawn_pages.drawn", return_value=None) if after == "deploy" else nullcontext()
    ):
        answer: Iterable[bytes] = guide(environ, start_response)
    return answer


def _publish(*unit: str) -> None:
    """Do what a process does that hears of a publish: it asks what changed, and follows that."""
    from guide.reading import live  # noqa: PLC0415
    from guide.reading.asked import touched  # noqa: PLC0415

    now = live.live()
    live.changed(now, now)
    tell: list[Callable[[live.Change], None]] = live._follow
    for follow in tell:
        follow(live.Change(now, now, frozenset(touched(*unit))))
