"""/metrics tells Prometheus how many and how long, and nothing about who or what."""

from __future__ import annotations

import re
from collections import Counter
from typing import Any

import pytest
from django.test import Client

from guide import metrics
from guide.kept_pages import shelf
from guide.models import Edition

pytestmark = pytest.mark.django_db


@pytest.fixture
def counted(settings: Any, monkeypatch: pytest.MonkeyPatch) -> Client:
    """A reader of a guide whose operator counts."""
    settings.METRICS = True
    monkeypatch.setattr(metrics, "_requests", Counter())
    monkeypatch.setattr(metrics, "_seconds", {})
    monkeypatch.setattr(shelf, "hits", 0)
    monkeypatch.setattr(shelf, "misses", 0)
    return Client()


def numbers(client: Client) -> dict[str, float]:
    text = client.get("/metrics").content.decode()
    lines = [line for line in text.splitlines() if not line.startswith("#")]
    return {
        re.sub(r'process="\d+",?', "", name): float(value)
        for name, value in (line.rsplit(" ", 1) for line in lines)
    }


def test_requests_are_counted_by_view_and_how_they_ended(
    counted: Client, guide: list[Edition]
) -> None:
    for address in ("/check/legs/q/now/", "/check/legs/q/now/", "/faq/", "/faq/", "/nowhere/"):
        counted.get(address)
    found = numbers(counted)
    assert found['legrelief_requests_total{view="check_question",status="2xx"}'] == 2
    assert found['legrelief_requests_total{view="faq",status="2xx"}'] == 1
    assert found['legrelief_requests_total{view="kept",status="2xx"}'] == 1
    assert found['legrelief_requests_total{view="none",status="4xx"}'] == 1
    assert found['legrelief_request_seconds_count{view="check_question"}'] == 2
    assert found['legrelief_request_seconds_sum{view="check_question"}'] > 0
    assert found['legrelief_kept_pages_total{result="hit"}'] == 1
    assert found['legrelief_kept_pages_total{result="miss"}'] == 1


def test_no_address_no_query_and_no_answer_is_in_it(counted: Client, guide: list[Edition]) -> None:
    counted.get("/search/?q=numb+foot", REMOTE_ADDR="192.0.2.7")
    counted.post("/check/legs/q/now/", {"answer": "a1"}, REMOTE_ADDR="192.0.2.7")
    counted.get("/check/legs/q/no-such-question/")
    counted.get('/x"} 1\nmade_up 2')
    text = counted.get("/metrics").content.decode()
    for secret in ("192.0.2", "numb", "a1", "legs", "no-such", "made_up", "/"):
        assert secret not in text.replace("no-store", "")
    for line in text.splitlines():
        assert re.fullmatch(r"# (HELP|TYPE) \w+ .+|\w+\{[^{}]+\} [\d.e-]+", line), line


def test_it_says_which_process_counted(counted: Client) -> None:
    counted.get("/healthz")
    assert re.search(r'process="\d+",view="healthz"', counted.get("/metrics").content.decode())


def test_there_is_no_such_page_unless_the_operator_wants_it(guide: list[Edition]) -> None:
    client = Client()
    assert client.get("/metrics").status_code == 404
    client.get("/faq/")
    assert not metrics._requests
