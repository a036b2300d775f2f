"""Which page of a long list is asked for."""

from __future__ import annotations

from django.http import HttpRequest

#: Nobody turns pages further than a number of so many digits.
DIGITS = 6


def page_number(request: HttpRequest) -> int:
    """Return the number in `?page=`; the first page for anything that is no number."""
    wanted = request.GET.get("page", "")
    is_number = wanted.isascii() and wanted.isdigit() and len(wanted) <= DIGITS
    return max(1, int(wanted)) if is_number else 1
