"""Public pages as ready bytes: quick to hand out, never behind, and never somebody's own."""

from __future__ import annotations

import gzip
from collections.abc import Iterable, Iterator
from datetime import UTC, datetime, timedelta
from typing import Any
from unittest.mock import patch

import brotli  # type: ignore[import-untyped]
import pytest
import time_machine
from django.db import OperationalError, connection
from django.test import Client, RequestFactory, override_settings
from django.test.utils import CaptureQueriesContext

from guide import kept_pages
from guide.counting import pages
from guide.kept_pages import encoding_for
from guide.models import Edition, PageCount
from guide.publishing import search
from guide.publishing.press import publish, withdraw
from guide.reading.faqs import Group, groups
from guide.reading.live import Live
from legrelief import wsgi
from tests import make

pytestmark = pytest.mark.django_db

PAGE = "/faq/"
NOW = datetime(2026, 11, 25, 3, 0, tzinfo=UTC)


@pytest.fixture
def clock() -> Iterator[Any]:
    with time_machine.travel(NOW, tick=False) as traveller:
        yield traveller


@pytest.fixture
def question(clock: Any) -> Any:
    section = make.section()
    make.published(section.article)
    make.published(section)
    faq = make.faq(question="Can I use heat?", section=section)
    publish(faq)
    return faq


def change(faq: Any, words: str) -> None:
    faq.question = words
    faq.save()


def behind_our_back(edition: Edition) -> None:
    """Publish as another process does: nothing in this one hears of it."""
    edition.pk, edition.number = None, edition.number + 1
    Edition.objects.bulk_create([edition])


def test_a_page_asked_for_again_is_the_same_bytes_and_asks_the_database_nothing(
    client: Client, question: Any
) -> None:
    first = client.get(PAGE)
    with CaptureQueriesContext(connection) as asked:
        again = client.get(PAGE)
    assert len(asked) == 0
    assert again.content == first.content
    assert again.headers == first.headers
    assert "Content-Security-Policy" in again.headers


def test_what_is_published_here_shows_at_once(client: Client, question: Any) -> None:
    client.get(PAGE)
    change(question, "Can I use cold?")
    assert b"Can I use heat?" in client.get(PAGE).content
    publish(question)
    assert b"Can I use cold?" in client.get(PAGE).content
    withdraw(question, message="Wrong")
    assert b"Can I use" not in client.get(PAGE).content


def test_what_another_process_publishes_shows_within_half_a_second(
    client: Client, question: Any, clock: Any
) -> None:
    client.get(PAGE)
    changed = Edition.objects.get(kind="faq")
    changed.rows[0]["fields"]["question"] = "Can I use cold?"
    changed.digest = "another"
    changed.title = "Can I use cold?"
    behind_our_back(changed)
    clock.shift(0.51)
    assert b"Can I use cold?" in client.get(PAGE).content


def test_what_is_planned_shows_when_its_time_has_come(
    client: Client, question: Any, clock: Any
) -> None:
    change(question, "Can I use cold?")
    publish(question, live_from=NOW + timedelta(hours=1))
    assert b"Can I use heat?" in client.get(PAGE).content
    clock.shift(3599)
    assert b"Can I use heat?" in client.get(PAGE).content
    clock.shift(1)
    assert b"Can I use cold?" in client.get(PAGE).content


def test_what_is_planned_is_found_once_it_is_in_the_index_and_nothing_else_is_made_anew(
    client: Client, question: Any, clock: Any
) -> None:
    asked = "/search/?q=lavender"
    change(question, "Does lavender help?")
    publish(question, live_from=NOW + timedelta(hours=1))
    clock.shift(3601)
    assert b"Does lavender help?" not in client.get(asked).content
    client.get(PAGE)
    search.refresh()  # as the nightly command does, in a process of its own
    clock.shift(0.51)
    with CaptureQueriesContext(connection) as queries:
        assert b"Does lavender help?" in client.get(PAGE).content
    assert len(queries) == 1  # for the state of the guide
    assert b"Does <mark>lavender</mark> help?" in client.get(asked).content


def test_a_clock_that_is_set_back_takes_nothing_kept_for_new(
    client: Client, question: Any, clock: Any
) -> None:
    change(question, "Can I use cold?")
    publish(question, live_from=NOW + timedelta(hours=1))
    clock.shift(3600)
    assert b"Can I use cold?" in client.get(PAGE).content
    clock.shift(-7200)
    assert b"Can I use" not in client.get(PAGE).content


@pytest.mark.parametrize(
    ("accepted", "encoding"),
    [
        ("", ""),
        ("identity", ""),
        ("gzip", "gzip"),
        ("gzip, deflate, br, zstd", "br"),
        ("br;q=0, gzip;q=0.5", "gzip"),
        ("GZIP;Q=1.0", "gzip"),
        ("gzip;q=0.0, br; q=0", ""),
        ("*", ""),
        ("brotli, xgzip", ""),
        (";;,,q=;q=", ""),
    ],
)
def test_a_browser_gets_the_best_encoding_that_it_takes(accepted: str, encoding: str) -> None:
    assert encoding_for(accepted) == encoding


def test_every_encoding_holds_the_same_page_under_a_tag_of_its_own(
    client: Client, question: Any
) -> None:
    plain, zipped, br = (
        client.get(PAGE, headers={"accept-encoding": name}) for name in ("", "gzip", "br")
    )
    assert gzip.decompress(zipped.content) == plain.content
    assert brotli.decompress(br.content) == plain.content
    assert len(br.content) < len(zipped.content) < len(plain.content) / 2
    assert len({answer["ETag"] for answer in (plain, zipped, br)}) == 3
    assert {answer["Vary"] for answer in (plain, zipped, br)} == {"Accept-Encoding"}
    for answer in (plain, zipped, br):
        assert answer["Content-Length"] == str(len(answer.content))


def test_a_page_that_is_asked_for_again_is_made_smaller_once(client: Client, question: Any) -> None:
    first, again, third = (client.get(PAGE, headers={"accept-encoding": "br"}) for _ in range(3))
    assert brotli.decompress(again.content) == brotli.decompress(first.content)
    assert again["Content-Length"] == str(len(again.content))
    assert len(again.content) < 0.95 * len(first.content)
    assert third.content == again.content
    # The same tag for other bytes: a weak one. Who has the first copy needs no other.
    assert first["ETag"] == again["ETag"]
    assert first["ETag"].startswith("W/")
    asked = {"accept-encoding": "br", "if-none-match": first["ETag"]}
    assert client.get(PAGE, headers=asked).status_code == 304


@pytest.mark.parametrize("asked", ["{}", "W/{}", '"other", {}', "*"])
def test_a_copy_that_is_still_good_is_not_sent_again(
    client: Client, question: Any, asked: str
) -> None:
    first = client.get(PAGE)
    tagged = {"if-none-match": asked.format(first["ETag"])}
    with CaptureQueriesContext(connection) as queries:
        again = client.get(PAGE, headers=tagged)
    assert (again.status_code, again.content, len(queries)) == (304, b"", 0)
    assert not {"Content-Length", "Content-Type", "Content-Encoding"} & set(again.headers)
    assert {again[name] for name in ("ETag", "Cache-Control", "Vary")} == {
        first[name] for name in ("ETag", "Cache-Control", "Vary")
    }
    change(question, "Can I use cold?")
    publish(question)
    assert client.get(PAGE, headers={"if-none-match": first["ETag"]}).status_code == 200


def test_a_copy_of_another_encoding_is_sent_anew(client: Client, question: Any) -> None:
    plain = client.get(PAGE)
    asked = {"if-none-match": plain["ETag"], "accept-encoding": "gzip"}
    assert client.get(PAGE, headers=asked).status_code == 200


def test_browsers_ask_every_time_and_proxies_every_second(client: Client, question: Any) -> None:
    found = client.get(PAGE)["Cache-Control"]
    assert found == "public, max-age=0, s-maxage=1, stale-while-revalidate=5"


def test_head_tells_what_get_would_send(client: Client, question: Any) -> None:
    got, told = client.get(PAGE), client.head(PAGE)
    assert (told.content, told.headers) == (b"", got.headers)


@pytest.mark.parametrize(
    "address",
    [
        "/check/",
        "/check/legs/",
        "/check/rules/",
        "/check/clear/",
        "/admin/login/",
        "/healthz",
        "/none/",
        "/guide/none/",
        "/routine/?s=wall-calf.20x2",
        "/routine/stretches/?s=wall-calf",
        "/cramp/card/?s=wall-calf",
        "/routine/evenings.ics?s=wall-calf",
    ],
)
def test_nothing_that_is_somebodys_own_and_no_error_is_kept(
    client: Client, guide: list[Edition], address: str
) -> None:
    client.get(address)
    assert list(kept_pages.shelf.pages) == []


def test_every_page_to_read_is_kept(client: Client, guide: list[Edition]) -> None:
    wanted = ["/", "/guide/", "/guide/ease-a-cramp/", "/stretches/", "/stretches/?muscle=calf"]
    wanted += ["/routines/", "/faq/", "/cramp/", "/help/", "/about/", "/offline/"]
    for address in wanted:
        client.get(address)
    found = [f"{key.path}{key.query and '?'}{key.query}" for key in kept_pages.shelf.pages]
    assert found == wanted


def test_a_post_is_never_answered_from_what_is_kept(client: Client, question: Any) -> None:
    client.get(PAGE)
    assert client.post(PAGE).status_code == 405


def test_each_host_has_its_own_pages_and_an_unknown_one_gets_none(
    client: Client, question: Any
) -> None:
    with override_settings(ALLOWED_HOSTS=["one.example", "two.example"]):
        for host in ("one.example", "two.example"):
            assert client.get(PAGE, headers={"host": host}).status_code == 200
        assert client.get(PAGE, headers={"host": "evil.example"}).status_code == 400
    assert {key.host for key in kept_pages.shelf.pages} == {"one.example", "two.example"}


def test_a_page_kept_for_https_is_not_handed_out_over_http(question: Any) -> None:
    with override_settings(SECURE_SSL_REDIRECT=True):
        client = Client()
        assert client.get(PAGE, secure=True).status_code == 200
        assert client.get(PAGE, secure=True).status_code == 200
        assert client.get(PAGE).status_code == 301


def test_what_is_kept_never_outgrows_its_room(client: Client, question: Any) -> None:
    size = len(client.get(PAGE).content) + 3000
    with patch.object(kept_pages.shelf, "room", 5 * size):
        for number in range(40):
            client.get(PAGE, {"n": number})
            assert kept_pages.shelf.filled <= 5 * size
    assert 3 <= len(kept_pages.shelf.pages) <= 5
    kept_pages.shelf.clear()
    assert kept_pages.shelf.filled == 0


def test_a_page_asked_for_often_stays_while_others_come_and_go(
    client: Client, question: Any
) -> None:
    size = len(client.get(PAGE).content) + 3000
    with patch.object(kept_pages.shelf, "room", 3 * size):
        for number in range(10):
            client.get(PAGE, {"n": number})
            client.get(PAGE)
    assert PAGE in {key.path for key in kept_pages.shelf.pages if not key.query}


def test_a_long_query_is_answered_and_not_kept(client: Client, question: Any) -> None:
    assert client.get(PAGE, {"n": "x" * 300}).status_code == 200
    assert len(kept_pages.shelf.pages) == 0


def test_a_page_that_does_not_look_at_the_query_is_kept_once_for_all(
    client: Client, guide: list[Edition]
) -> None:
    plain = client.get("/guide/ease-a-cramp/").content
    before = kept_pages.shelf.misses
    for query in ({"utm_source": "leaflet"}, {"page": "2"}, {"x": "x" * 500}):
        assert client.get("/guide/ease-a-cramp/", query).content == plain
    assert (kept_pages.shelf.misses, len(kept_pages.shelf.pages)) == (before, 1)
    whole = client.get("/stretches/").content
    assert client.get("/stretches/", {"muscle": "calf"}).content != whole
    assert len(kept_pages.shelf.pages) == 3


def test_kept_pages_are_handed_out_while_the_database_is_gone(
    client: Client, question: Any, clock: Any, caplog: pytest.LogCaptureFixture
) -> None:
    before = client.get(PAGE)
    clock.shift(60)
    with patch("guide.reading.live.live", side_effect=OperationalError("gone")):
        assert client.get(PAGE).content == before.content
        assert "The database does not answer" in caplog.text
    clock.shift(1)
    change(question, "Can I use cold?")
    publish(question)
    assert b"Can I use cold?" in client.get(PAGE).content


def test_a_page_made_while_another_edition_comes_out_is_not_taken_for_the_newest(
    client: Client, question: Any
) -> None:
    change(question, "Can I use cold?")

    def and_another_comes_out(now: Live) -> list[Group]:
        found = groups(now)
        publish(question)
        return found

    with patch("guide.views.faqs.faqs.groups", and_another_comes_out):
        assert b"Can I use heat?" in client.get(PAGE).content
    assert b"Can I use cold?" in client.get(PAGE).content


class Front:
    """A browser that speaks to the server's own entrance, before Django."""

    def __init__(self) -> None:
        self.past: list[str] = []
        self.answer = kept_pages.handed_out(self._django)

    def _django(self, environ: Any, start_response: Any) -> Iterable[bytes]:
        self.past.append(environ["PATH_INFO"])
        response: Any = Client().handler(environ)
        start_response(str(response.status_code), [*response.headers.items()])
        return [response.content]

    def get(self, address: str, method: str = "GET", **headers: str) -> tuple[str, Any, bytes]:
        """Return the status, the headers and the body."""
        environ = RequestFactory().generic(method, address, headers=headers).environ
        told: list[Any] = []
        body = b"".join(self.answer(environ, lambda *said: told.extend(said)))  # type: ignore[arg-type]
        return told[0], dict(told[1]), body


@pytest.fixture
def front(question: Any) -> Front:
    return Front()


def test_what_is_kept_is_handed_out_before_django_hears_of_it(front: Front) -> None:
    _, headers, body = front.get(PAGE)
    with CaptureQueriesContext(connection) as asked:
        again = front.get(PAGE)
    assert again == ("200 OK", headers, body)
    assert (front.past, len(asked)) == ([PAGE], 0)


def test_the_entrance_says_too_that_a_copy_is_still_good(front: Front) -> None:
    _, headers, _ = front.get(PAGE)
    status, told, body = front.get(PAGE, **{"if-none-match": headers["ETag"]})
    assert (status, body) == ("304 Not Modified", b"")
    assert (told["ETag"], "Content-Length" in told) == (headers["ETag"], False)
    assert front.get(PAGE, "HEAD")[1:] == (headers, b"")


def test_the_entrance_lets_past_what_is_not_only_read(front: Front) -> None:
    front.get(PAGE)
    assert front.get(PAGE, "POST")[0] == "405"
    for address in ("/check/", "/admin/login/"):
        front.get(address)
        front.get(address)
    assert front.past == [PAGE, PAGE, "/check/", "/check/", "/admin/login/", "/admin/login/"]


def test_the_entrance_knows_each_scheme_and_host_by_itself(front: Front) -> None:
    with override_settings(
        SECURE_SSL_REDIRECT=True, SECURE_PROXY_SSL_HEADER=("HTTP_X_FORWARDED_PROTO", "https")
    ):
        assert front.get(PAGE, **{"x-forwarded-proto": "https"})[0] == "200"
        assert front.get(PAGE, **{"x-forwarded-proto": "https"})[0] == "200 OK"
        assert front.get(PAGE, **{"x-forwarded-proto": "http"})[0] == "301"
        assert front.get(PAGE)[0] == "301"
    front.get(PAGE)
    assert front.get(PAGE, host="evil.example")[0] == "400"


def test_the_entrance_shows_what_is_published_and_goes_on_without_a_database(
    front: Front, question: Any, clock: Any
) -> None:
    _, _, before = front.get(PAGE)
    clock.shift(60)
    with patch("guide.reading.live.live", side_effect=OperationalError("gone")):
        assert front.get(PAGE)[2] == before
    clock.shift(1)
    change(question, "Can I use cold?")
    publish(question)
    assert b"Can I use cold?" in front.get(PAGE)[2]


@pytest.mark.parametrize(
    ("headers", "views"),
    [({}, 2), ({"sec-fetch-mode": "cors"}, 0), ({"sec-purpose": "prefetch"}, 0)],
)
def test_the_entrance_counts_who_reads(front: Front, headers: dict[str, str], views: int) -> None:
    """Django counts the first time, the entrance the second."""
    pages.buffer.forget()
    front.get(PAGE, **headers)
    front.get(PAGE, **headers)
    pages.buffer.flush()
    found = PageCount.objects.filter(page=PAGE).values_list("views", flat=True)
    assert sum(found) == views


def test_the_server_has_that_entrance_and_names_each_request(front: Front) -> None:
    front.get(PAGE)
    front.answer = wsgi.application
    with patch.object(wsgi.Application, "__call__", side_effect=AssertionError):
        first, again = front.get(PAGE), front.get(PAGE)
    assert first[0] == again[0] == "200 OK"
    assert first[1]["X-Request-ID"] != again[1]["X-Request-ID"]
