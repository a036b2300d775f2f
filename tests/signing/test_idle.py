"""Staff who do nothing for a while are signed out, and that costs readers nothing."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
import time_machine
from django.contrib.auth.models import User
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from tests.signing.people import is_in, sign_in

pytestmark = pytest.mark.django_db

NOW = datetime(2026, 11, 26, 9, 0, tzinfo=UTC)


@pytest.fixture(autouse=True)
def clock() -> Iterator[Any]:
    with time_machine.travel(NOW, tick=False) as traveller:
        yield traveller


@pytest.fixture
def desk(edith: User) -> Client:
    client = Client()
    sign_in(client=client)
    assert is_in(client)
    return client


def test_after_an_hour_without_use_somebody_is_signed_out(desk: Client, clock: Any) -> None:
    clock.shift(timedelta(minutes=53))
    assert is_in(desk)
    clock.shift(timedelta(minutes=61))
    assert not is_in(desk)


def test_who_works_on_stays_signed_in_all_day(desk: Client, clock: Any) -> None:
    for _ in range(40):
        clock.shift(timedelta(minutes=15))
        assert is_in(desk)


def test_typing_counts_as_work(desk: Client, clock: Any) -> None:
    for _ in range(30):
        clock.shift(timedelta(minutes=4))
        assert desk.get("/admin/still-here/").status_code == 204
    assert is_in(desk)
    assert Client().get("/admin/still-here/").status_code == 302


def test_a_request_writes_the_session_only_now_and_then(desk: Client, clock: Any) -> None:
    written = []
    for _ in range(5):
        with CaptureQueriesContext(connection) as asked:
            response = desk.get("/admin/")
        written.append(any("UPDATE" in one["sql"] for one in asked))
        assert ("sessionid" in response.cookies) is written[-1]
        clock.shift(timedelta(minutes=2))
    assert written == [False, False, False, True, False]


def test_a_page_of_readers_neither_asks_for_the_session_nor_sets_it(
    desk: Client, clock: Any
) -> None:
    clock.shift(timedelta(minutes=30))
    for address in ("/help/", "/search/?q=x", "/no-such-page/"):
        response = desk.get(address)
        assert not response.cookies
        assert "Cookie" not in response.headers.get("Vary", "")


def test_the_page_to_sign_in_says_after_how_long(db: None) -> None:
    assert "After 60 minutes without use" in Client().get("/admin/login/").content.decode()
