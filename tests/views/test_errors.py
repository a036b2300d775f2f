"""Pages for what goes wrong. No test here may use the database: pytest-django forbids it."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from unittest.mock import patch

import pytest
from django.core.exceptions import PermissionDenied
from django.db import InterfaceError, InternalError, OperationalError, ProgrammingError
from django.test import Client, RequestFactory

from guide.views import errors


def test_a_page_that_is_not_there_needs_no_database(client: Client) -> None:
    answer = client.get("/no/such/page/")
    assert answer.status_code == 404
    assert b"/help/" in answer.content


def test_without_a_database_readers_still_get_the_steps_for_a_cramp(client: Client) -> None:
    client.raise_request_exception = False
    answer = client.get("/guide/ease-a-cramp/")
    assert answer.status_code == 500
    assert b"emergency" in answer.content
    assert b"toes" in answer.content


def test_a_refused_request_needs_no_database(client: Client) -> None:
    assert client.get("/?q=%00").status_code == 400


def test_a_forbidden_page_and_blocked_cookies_need_no_database(rf: RequestFactory) -> None:
    request = rf.get("/")
    assert errors.permission_denied(request, PermissionDenied()).status_code == 403
    refused = errors.csrf_failure(request, reason="No cookie")
    assert refused.status_code == 403
    assert b"cookies" in refused.content


@pytest.mark.parametrize("address", ["/no/such/page/", "/?q=%00"])
def test_an_error_page_sets_no_cookie(client: Client, address: str) -> None:
    client.cookies.load({"sessionid": "a" * 32})
    answer = client.get(address)
    assert not answer.cookies
    assert "Cookie" not in answer.headers.get("Vary", "")


def test_healthz_answers_without_a_database(client: Client) -> None:
    answer = client.get("/healthz")
    assert (answer.status_code, answer.content) == (200, b"ok\n")


@contextmanager
def failing(error: Exception) -> Iterator[None]:
    """Let the database answer an article with an error, whatever asks first."""
    with (
        patch("guide.drawn_pages.live_with", side_effect=error),
        patch("guide.views.articles.stamp", side_effect=error),
    ):
        yield


@pytest.mark.parametrize("kind", [InterfaceError, InternalError, OperationalError])
def test_a_database_that_is_away_is_told_from_a_fault_of_ours(
    client: Client, kind: type[Exception]
) -> None:
    client.raise_request_exception = False
    with failing(kind("could not connect to 10.0.0.1")):
        answer = client.get("/guide/ease-a-cramp/")
    assert (answer.status_code, answer.headers["Retry-After"]) == (503, "30")
    assert b"back soon" in answer.content
    assert b"toes" in answer.content
    assert b"10.0.0.1" not in answer.content
    with failing(ProgrammingError("no such column")):
        assert client.get("/guide/ease-a-cramp/").status_code == 500
