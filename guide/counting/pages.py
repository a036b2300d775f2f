"""How often each page is read in a day, and found useful or not."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date
from functools import lru_cache
from typing import Any

from django.http import HttpRequest, HttpResponseBase
from django.utils import timezone

from guide.counting.buffer import Buffer
from guide.counting.rows import add_up
from guide.models import PageCount

Key = tuple[str, date]

#: Of the questions only the first page and the result: how many begin, and how many end.
_COUNTED = re.compile(
    r"/(?!(?:admin|check|offline|useful|static)/)(?:[\w-]+/)*|/check/(?!clear/)[\w-]+/(?:result/)?"
)


def _write(counted: Mapping[Key, Mapping[str, int]]) -> None:
    add_up(PageCount, ("page", "day"), counted)


buffer: Buffer[Key] = Buffer(_write)


def count_view(path: str) -> None:
    buffer.add((path, timezone.localdate()), "views")


def count_answer(path: str, *, useful: bool) -> None:
    buffer.add((path, timezone.localdate()), "yes" if useful else "no")


def is_view(request: HttpRequest, response: HttpResponseBase) -> bool:
    """Tell whether somebody was shown a page that is counted.

    Only what was answered with a page counts, so there are no more addresses than pages. What
    a page fetches by itself, to save it or to show a part of it, is not somebody reading.
    """
    return (
        is_reader(request.META)
        and (response.status_code == 304 or (response.status_code == 200 and _is_html(response)))
        and is_counted(request.path_info)
    )


def is_reader(meta: Mapping[str, Any]) -> bool:
    """Tell whether somebody asked for a page, and not a page for a part of itself."""
    return (
        meta["REQUEST_METHOD"] == "GET"
        and meta.get("HTTP_SEC_FETCH_MODE", "navigate") == "navigate"
        and "HTTP_SEC_PURPOSE" not in meta
        and "HTTP_HX_REQUEST" not in meta
    )


@lru_cache(maxsize=1024)
def is_counted(path: str) -> bool:
    return _COUNTED.fullmatch(path) is not None


def _is_html(response: HttpResponseBase) -> bool:
    return response.headers.get("Content-Type", "").startswith("text/html")
