from __future__ import annotations

from functools import partial

from django.http import HttpRequest, HttpResponse

from guide.counting.searches import count_search
from guide.reading.live import stamp
from guide.reading.search import LONGEST
from guide.reading.search import search as search_for
from guide.views.page import page, read_only


@read_only
def search(request: HttpRequest) -> HttpResponse:
    """Show what was found. While a reader types, a browser asks for this same page."""
    now = stamp()
    only = request.GET.get("in", "")
    found = search_for(now, request.GET.get("q", ""), only)
    context = {"page": found, "longest": LONGEST}
    response = page(request, "guide/search/search.html", now, context)
    # What was searched for is in the address, and not for the log of the next page.
    response.headers["Referrer-Policy"] = "strict-origin"
    if found["asked"] and not only:
        response.counts = partial(  # type: ignore[attr-defined]
            count_search, found["asked"], found=found["count"] > 0
        )
    return response
