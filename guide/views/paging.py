"""Which page of a long list is asked for."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeVar

from django.http import Http404, HttpRequest

from guide.reading.live import NotLive

T = TypeVar("T")

#: Nobody turns pages further than a number of so many digits.
DIGITS = 6


def page_number(request: HttpRequest) -> int:
    """Return the number in `?page=`; the first page for anything that is no number."""
    wanted = request.GET.get("page", "")
    is_number = wanted.isascii() and wanted.isdigit() and len(wanted) <= DIGITS
    return max(1, int(wanted)) if is_number else 1


def asked_page(request: HttpRequest, read: Callable[[int], T]) -> T:
    """Read the page of a list that is asked for. Raises Http404 past the last."""
    number = page_number(request)
    try:
        return read(number)
    except NotLive as error:
        raise Http404(number) from error
