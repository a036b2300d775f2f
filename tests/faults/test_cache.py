"""A Redis that is gone, or that takes a call and says nothing: the guide goes on without."""

from __future__ import annotations

import socket
import time
from collections.abc import Iterator
from typing import Any

import pytest
from django.test import Client

from guide import limits
from guide.limits import Counter
from guide.models import Edition
from legrelief import env
from tests import make

pytestmark = pytest.mark.django_db


@pytest.fixture(params=["gone", "silent"])
def _no_redis(
    request: pytest.FixtureRequest, settings: Any, monkeypatch: pytest.MonkeyPatch
) -> Iterator[None]:
    monkeypatch.setattr(limits, "counter", Counter())
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        if request.param == "silent":
            taken.listen()
        monkeypatch.setenv("CACHE_URL", f"redis://127.0.0.1:{taken.getsockname()[1]}/0")
        settings.CACHES = {"default": env.cache("CACHE_URL")}
        yield


@pytest.mark.usefixtures("_no_redis")
def test_readers_read_search_and_answer_without_a_cache(
    guide: list[Edition], caplog: pytest.LogCaptureFixture
) -> None:
    start = time.monotonic()
    reader = Client(headers={"origin": "null"})
    for path in ("/", "/guide/ease-a-cramp/", "/search/?q=cramp", "/check/legs/q/now/"):
        assert reader.get(path).status_code == 200
    for _ in range(5):
        assert reader.post("/check/clear/").status_code == 303
    # It is left alone after it failed, so nobody waits for it again and again.
    assert time.monotonic() - start < 15
    assert caplog.text.count("The cache does not answer") == 1


@pytest.mark.usefixtures("_no_redis")
def test_staff_sign_in_without_a_cache(client: Client) -> None:
    user = make.staff()
    sent = {"username": user.username, "password": "a-long-test-password", "next": "/admin/"}
    assert client.post("/admin/login/", sent).status_code == 302
    assert client.get("/admin/").status_code == 200
