"""What is counted, and what never is."""

from __future__ import annotations

from typing import Any

import pytest
from django.db import OperationalError, connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from guide.counting.pages import buffer
from guide.models import Edition, PageCount
from tests.triage.flows import published

pytestmark = pytest.mark.django_db

ARTICLE = "/guide/ease-a-cramp/"


def counted() -> dict[str, int]:
    buffer.flush()
    return dict(PageCount.objects.filter(views__gt=0).values_list("page", "views"))


def test_a_page_that_is_shown_is_counted(client: Client, guide: list[Edition]) -> None:
    for address in (ARTICLE, ARTICLE, "/", "/faq/?group=night"):
        assert client.get(address).status_code == 200
    assert counted() == {ARTICLE: 2, "/": 1, "/faq/": 1}


def test_a_page_that_the_browser_had_already_is_counted(
    client: Client, guide: list[Edition]
) -> None:
    tag = client.get(ARTICLE).headers["ETag"]
    assert client.get(ARTICLE, headers={"If-None-Match": tag}).status_code == 304
    assert counted() == {ARTICLE: 2}


def test_reading_a_page_writes_nothing(client: Client, guide: list[Edition]) -> None:
    with CaptureQueriesContext(connection) as queries:
        client.get(ARTICLE)
    assert [query["sql"] for query in queries if not query["sql"].startswith("SELECT")] == []


def test_what_is_no_page_is_not_counted(client: Client, guide: list[Edition]) -> None:
    for address in (
        "/guide/no-such-page/",
        "/guide/ease-a-cramp",
        "/healthz",
        "/sw.js",
        "/manifest.webmanifest",
        "/offline/",
        "/useful/",
        "/admin/login/",
    ):
        client.get(address)
    client.head(ARTICLE)
    client.post(ARTICLE)
    assert counted() == {}


@pytest.mark.parametrize(
    "headers",
    [{"Sec-Fetch-Mode": "cors"}, {"Sec-Purpose": "prefetch"}, {"HX-Request": "true"}],
)
def test_what_a_page_fetches_by_itself_is_not_counted(
    client: Client, guide: list[Edition], headers: dict[str, str]
) -> None:
    assert client.get("/faq/", headers=headers).status_code == 200
    assert counted() == {}


def test_of_the_questions_only_the_beginning_and_the_result_are_counted(
    client: Client, guide: list[Edition]
) -> None:
    first = published("legs").questions[0]
    client.post(f"/check/legs/q/{first.slug}/", {"answer": first.options[0].code})
    for page in ("", "legs/", f"legs/q/{first.slug}/", "legs/answers/", "legs/summary/"):
        client.get(f"/check/{page}")
    for page in ("legs/result/", "clear/", "rules/"):
        assert client.get(f"/check/{page}").status_code == 200
    assert counted() == {"/check/legs/": 1, "/check/legs/result/": 1, "/check/rules/": 1}


def test_with_feedback_off_nothing_is_counted(guide: list[Edition], settings: Any) -> None:
    settings.FEEDBACK = False
    assert Client().get(ARTICLE).status_code == 200
    assert counted() == {}


def test_a_page_is_shown_although_counts_cannot_be_stored(
    client: Client, guide: list[Edition], monkeypatch: pytest.MonkeyPatch
) -> None:
    client.get(ARTICLE)
    with connection.execute_wrapper(_refuse_to_write):
        buffer.flush()
        assert client.get(ARTICLE).status_code == 200
    assert counted() == {ARTICLE: 2}


def _refuse_to_write(execute: Any, sql: str, params: Any, many: bool, context: Any) -> Any:
    if sql.startswith("INSERT"):
        raise OperationalError("attempt to write a readonly database")
    return execute(sql, params, many, context)
