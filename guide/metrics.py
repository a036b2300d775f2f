"""What Prometheus may know: how many requests, of which views, how they ended, how long they took.

Never an address, a query or an answer. A public page that is handed out ready does not get as far
as to a view: it is only counted as such, and not timed.

Each process counts by itself, from its start; a scrape reaches one of them, and the label
`process` tells which. Sums over processes are for Prometheus to make, once it has reached each
of them.
"""

from __future__ import annotations

import os
from collections import Counter
from collections.abc import Iterator
from threading import Lock
from time import perf_counter

from django.conf import settings
from django.core.exceptions import MiddlewareNotUsed
from django.http import HttpRequest, HttpResponseBase

from guide.kept_pages import shelf
from legrelief.middleware import Handler

_lock = Lock()
_requests: Counter[tuple[str, str]] = Counter()
_seconds: dict[str, float] = {}


def count_requests(get_response: Handler) -> Handler:
    """Count each request, and add up how long it took."""
    if not settings.METRICS:
        raise MiddlewareNotUsed

    def middleware(request: HttpRequest) -> HttpResponseBase:
        start = perf_counter()
        response = get_response(request)
        view = view_of(request, response)
        with _lock:
            _requests[view, f"{response.status_code // 100}xx"] += 1
            _seconds[view] = _seconds.get(view, 0.0) + perf_counter() - start
        return response

    return middleware


def view_of(request: HttpRequest, response: HttpResponseBase) -> str:
    """Return the name of the view that answered, or a word for what answered in its place."""
    if request.resolver_match:
        return request.resolver_match.view_name or "unnamed"
    if request.path_info.startswith(settings.STATIC_URL):
        return "static"
    return "kept" if response.status_code in {200, 304} else "none"


def exposed() -> Iterator[str]:
    """Write the numbers as Prometheus reads them."""
    with _lock:
        requests, seconds = dict(_requests), dict(_seconds)
    process = f'process="{os.getpid()}"'
    yield "# HELP legrelief_requests_total Requests answered, but for pages handed out ready."
    yield "# TYPE legrelief_requests_total counter"
    for (view, status), count in sorted(requests.items()):
        labels = f'{process},view="{view}",status="{status}"'
        yield f"legrelief_requests_total{{{labels}}} {count}"
    yield "# HELP legrelief_request_seconds How long they took, until the answer was ready."
    yield "# TYPE legrelief_request_seconds summary"
    for view, sum_ in sorted(seconds.items()):
        count = sum(number for (name, _), number in requests.items() if name == view)
        yield f'legrelief_request_seconds_sum{{{process},view="{view}"}} {sum_:.6f}'
        yield f'legrelief_request_seconds_count{{{process},view="{view}"}} {count}'
    yield "# HELP legrelief_kept_pages_total Public pages handed out ready, or made anew."
    yield "# TYPE legrelief_kept_pages_total counter"
    for result, count in (("hit", shelf.hits), ("miss", shelf.misses)):
        yield f'legrelief_kept_pages_total{{{process},result="{result}"}} {count}'
