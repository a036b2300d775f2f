"""Each request has a name: sent back, in each line of the log, and never kept with a page."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from django.test.utils import override_settings

from tests.served import Browser, Served, served
from tests.test_hostile import answered
from tests.test_settings import KEY

PROXY: dict[str, Any] = {"X-Forwarded-Proto": "https", "Host": "guide.example.org"}
OWN = re.compile(r"[0-9a-f]{16}")


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    """The project as it is served in production, behind a proxy."""
    with served(
        tmp_path_factory.mktemp("production"),
        LEGRELIEF_ENV="production",
        LEGRELIEF_SECRET_KEY=KEY,
        LEGRELIEF_ALLOWED_HOSTS="guide.example.org",
        LEGRELIEF_BEHIND_PROXY="true",
    ) as running:
        yield running


def lines(server: Served, request: str) -> list[dict[str, Any]]:
    """What the log says of one request: each line is JSON."""
    written = (Path(server.folder) / "logs" / "stderr").read_text().splitlines()
    return [line for line in map(json.loads, written) if line.get("request") == request]


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("given", "kept"),
    [("abc-DEF-12345678", True), ("short", False), ("a" * 65, False), ('x"}{"y":"zzzzz', False)],
)
def test_a_sensible_name_from_the_trusted_proxy_is_kept(given: str, kept: bool) -> None:
    with override_settings(BEHIND_PROXY=True):
        _, headers = answered(HTTP_X_REQUEST_ID=given)
    assert (headers["X-Request-ID"] == given) is kept
    assert kept or OWN.fullmatch(headers["X-Request-ID"])


@pytest.mark.django_db
def test_a_name_from_anybody_else_is_not_believed() -> None:
    _, headers = answered(HTTP_X_REQUEST_ID="abc-DEF-12345678")
    assert OWN.fullmatch(headers["X-Request-ID"])


def test_a_kept_page_has_a_new_name_each_time(server: Served) -> None:
    browser = Browser(server)
    answers = [browser.send("/help/", **PROXY) for _ in range(6)]
    names = [answer.headers.get_all("X-Request-ID", []) for answer in answers]
    assert {len(name) for name in names} == {1}
    assert len({name[0] for name in names}) == 6
    assert len({answer.body for answer in answers}) == 1


def test_a_line_of_the_log_is_json_with_the_name_of_its_request(server: Served) -> None:
    answer = Browser(server).send("/check/nowhere/?answer=a1", **PROXY)
    found = lines(server, answer.headers["X-Request-ID"])
    warning = next(line for line in found if line["logger"] == "django.request")
    assert warning["level"] == "WARNING"
    assert warning["message"] == "Not Found: /check/"
    assert re.fullmatch(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}\+00:00", warning["at"])
    assert "answer" not in str(found)


@pytest.mark.parametrize("before", ["/nowhere/", "/help/"])
def test_a_line_between_requests_has_the_name_of_none(server: Served, before: str) -> None:
    for _ in range(5):  # so that each process has a page ready
        Browser(server).send(before, **PROXY)
    server.send_raw(b"nonsense\r\n\r\n")
    written = (Path(server.folder) / "logs" / "stderr").read_text().splitlines()
    refused = [json.loads(line) for line in written if "Invalid" in line]
    assert refused
    assert all("request" not in line for line in refused)
