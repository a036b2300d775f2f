"""More than any reader would send is held up for a minute; addresses are kept nowhere."""

from __future__ import annotations

import logging
from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Any
from unittest.mock import patch

import pytest
import time_machine
from django.core.cache import cache
from django.test import Client

from guide import limits
from guide.limits import Counter, Limit
from guide.models import Edition

pytestmark = pytest.mark.django_db

#: After the day on which the guide of these tests is published, whenever they run.
NOW = datetime(2040, 11, 26, 3, 0, 20, tzinfo=UTC)
HERE, THERE = "192.0.2.7", "198.51.100.9"


@pytest.fixture(autouse=True)
def clock() -> Iterator[Any]:
    with time_machine.travel(NOW, tick=False) as traveller:
        yield traveller


@pytest.fixture(autouse=True)
def _three_a_minute(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(limits, "FORMS", Limit("forms", 3))
    monkeypatch.setattr(limits, "SEARCHES", Limit("searches", 3))
    monkeypatch.setattr(limits, "counter", Counter())


def post(address: str = HERE, path: str = "/check/clear/", **more: Any) -> int:
    status: int = Client().post(path, REMOTE_ADDR=address, **more).status_code
    return status


def search(words: str, address: str = HERE) -> int:
    status: int = Client().get("/search/", {"q": words}, REMOTE_ADDR=address).status_code
    return status


def test_what_is_let_through_is_far_more_than_a_waiting_room_sends() -> None:
    with patch.object(limits, "FORMS", Limit("forms", 300)):
        assert {post() for _ in range(200)} == {303}


def test_too_many_forms_wait_for_the_next_minute(clock: Any) -> None:
    assert [post() for _ in range(4)] == [303, 303, 303, 429]
    clock.shift(40)
    assert post() == 303


def test_every_form_of_readers_counts_and_none_of_staff(guide: list[Edition]) -> None:
    for path in ("/check/legs/q/now/", "/useful/", "/no-such-page/"):
        assert post(path=path) != 429
    assert post(path="/check/clear/") == 429
    assert post(path="/admin/login/") == 200


def test_searches_have_a_limit_of_their_own_and_reading_has_none(guide: list[Edition]) -> None:
    assert [search(f"calf {n}") for n in range(4)] == [200, 200, 200, 429]
    assert post() == 303
    assert {Client().get("/help/", REMOTE_ADDR=HERE).status_code for _ in range(20)} == {200}


def test_a_search_that_is_kept_ready_is_handed_out_all_the_same(guide: list[Edition]) -> None:
    assert {search("calf") for _ in range(20)} == {200}


def test_the_page_is_kind_says_when_to_come_back_and_keeps_help_in_sight() -> None:
    for _ in range(3):
        post()
    response = Client().post("/check/clear/", REMOTE_ADDR=HERE)
    assert response.headers["Retry-After"] == "40"
    page = response.content.decode()
    assert "Please wait a minute" in page
    assert "emergency" in page
    assert "no-store" in response.headers["Cache-Control"]
    assert not response.cookies


def test_each_address_counts_by_itself_and_a_home_as_one() -> None:
    assert [post(HERE) for _ in range(4)][-1] == 429
    assert post(THERE) == 303
    assert [post(f"2001:db8:1:2::{n}") for n in range(4)][-1] == 429
    assert post("2001:db8:1:3::1") == 303


def test_an_address_that_a_reader_makes_up_is_not_believed(settings: Any) -> None:
    made_up = [post(headers={"X-Forwarded-For": f"10.0.0.{n}"}) for n in range(4)]
    assert made_up[-1] == 429
    settings.BEHIND_PROXY = True
    behind = [post(headers={"X-Forwarded-For": f"10.0.0.{n}, {THERE}"}) for n in range(4)]
    assert behind == [303, 303, 303, 429]
    assert post(headers={"X-Forwarded-For": f"{THERE}, 10.0.0.9"}) == 303
    assert post(headers={"X-Forwarded-For": "nonsense"}) == 303


def test_no_address_is_kept_in_the_cache_or_told_in_the_log(
    caplog: pytest.LogCaptureFixture,
) -> None:
    caplog.set_level(logging.DEBUG)
    with patch("guide.limits.cache.add", wraps=cache.add) as added:
        for _ in range(4):
            post()
    kept = str(added.call_args_list)
    assert "limit:forms" in kept
    assert HERE not in kept
    assert HERE not in caplog.text


def test_without_the_cache_everybody_is_let_through_with_one_line_in_the_log(
    caplog: pytest.LogCaptureFixture,
) -> None:
    broken = patch("guide.limits.cache.incr", side_effect=ConnectionError("redis is gone"))
    with broken as asked:
        assert {post() for _ in range(10)} == {303}
    said = [line for line in caplog.messages if "cache does not answer" in line]
    assert len(said) == 1
    assert asked.call_count == 1, "a cache that is gone would make each request wait"
