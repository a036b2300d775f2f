"""What the server hears from the application: to HEAD, all that it says of a page but the page."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from django.core.signals import request_finished, request_started
from django.db import close_old_connections
from django.test import RequestFactory

from guide.models import Edition
from legrelief import wsgi

pytestmark = pytest.mark.django_db

PATHS = {
    "/": "200",
    "/guide/ease-a-cramp/": "200",
    "/guide/no-such-page/": "404",
    "/guide": "301",
    "/search/?q=cramp": "200",
    "/check/legs/q/now/": "200",
    "/check/legs/?a=%00": "400",
    "/about/changes/feed/": "200",
    "/admin/": "302",
    "/admin/login/": "200",
    "/healthz": "200",
    "/readyz": "200",
    "/sw.js": "200",
    "/robots.txt": "200",
}


@pytest.fixture(autouse=True)
def _the_test_keeps_its_connection() -> Iterator[None]:
    """As Django's own client sees to it: the rows of a test are in a transaction of its own."""
    for signal in (request_started, request_finished):
        signal.disconnect(close_old_connections)
    yield
    for signal in (request_started, request_finished):
        signal.connect(close_old_connections)


def ask(path: str, method: str) -> tuple[str, set[str], list[bytes], int]:
    """Return status, names of headers, the pieces of the body, and how often Django ended it."""
    told: list[Any] = []
    ended: list[str] = []

    def end(**_: object) -> None:
        ended.append(path)

    def start(status: str, headers: list[tuple[str, str]], *_: object) -> Any:
        # Django gives an ETag to what it has a body of.
        told.extend((status, {name for name, _ in headers} - {"ETag"}))

    environ = RequestFactory().generic(method, path, SERVER_NAME="localhost").environ
    request_finished.connect(end)
    try:
        answer: Any = wsgi.application(environ, start)
        pieces = list(answer)
        answer.close()
    finally:
        request_finished.disconnect(end)
    status, headers = told
    return status.split()[0], headers, pieces, len(ended)


@pytest.mark.parametrize(("path", "status"), PATHS.items())
def test_head_is_answered_as_get_is_but_without_a_body(
    path: str, status: str, guide: list[Edition]
) -> None:
    head = ask(path, "HEAD")
    assert (head[0], head[2:]) == (status, ([], 1))
    get = ask(path, "GET")
    assert get[:2] == head[:2]
    assert b"".join(get[2]) or status in {"301", "302"}
