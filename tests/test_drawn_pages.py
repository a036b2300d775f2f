"""Pages are drawn ahead of the readers who ask for them, and never read differently for it."""

from __future__ import annotations

import gzip
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any
from unittest.mock import patch

import brotli  # type: ignore[import-untyped]
import pytest
import time_machine
from django.conf import settings
from django.contrib.staticfiles.storage import staticfiles_storage
from django.core.management import CommandError, call_command
from django.db import ProgrammingError, connection
from django.http import HttpResponse
from django.test import Client, override_settings
from django.test.utils import CaptureQueriesContext

from guide import drawing, drawn_pages
from guide.drawing import draw, is_to_draw
from guide.kept_pages import SMALL
from guide.models import DrawnPage, Edition
from guide.publishing.rename import rename
from guide.reading.addresses import all_addresses
from guide.reading.live import forget, live
from tests import make
from tests.reading.test_asked import another

pytestmark = pytest.mark.django_db

ARTICLE = "/guide/ease-a-cramp/"
#: Asked for in this order, each is handed out of the memory of no other.
HOSTS = ["testserver", "[::1]:8000", "legs.localhost:8000", "127.0.0.1:8000"]


def seen(client: Client, path: str) -> tuple[bytes, int]:
    """What a process shows that has just begun, and how often it asks the database for it."""
    forget()
    with CaptureQueriesContext(connection) as queries:
        shown = client.get(path)
    return shown.content, len(queries)


def is_drawn(client: Client, path: str) -> bool:
    """Tell whether a page is handed out as it was drawn: no view is asked for it."""
    forget()
    with patch.object(drawn_pages, "HttpResponse", wraps=HttpResponse) as made:
        client.get(path)
    return made.called


def unpacked(answer: Any) -> bytes:
    """The page in an answer, as a browser reads it."""
    packed: bytes = answer.content
    unpack = {"br": brotli.decompress, "gzip": gzip.decompress}
    return bytes(unpack.get(answer.get("Content-Encoding", ""), bytes)(packed))


@pytest.mark.parametrize("host", HOSTS)
def test_a_drawn_page_is_byte_for_byte_what_its_view_would_show(
    guide: list[Edition], host: str
) -> None:
    client = Client(headers={"Host": host})
    paths = [address.path for address in all_addresses(live()) if is_to_draw(address.path)]
    with override_settings(ALLOWED_HOSTS=["*"]):
        shown = {path: seen(client, path)[0] for path in paths}
        assert draw() == len(paths)
        assert {path for path in paths if seen(client, path)[0] != shown[path]} == set()
        assert {path for path in paths if not is_drawn(client, path)} == set()


@pytest.mark.parametrize("host", HOSTS)
@pytest.mark.parametrize("encoding", ["br", "gzip", ""])
def test_a_readers_copy_of_what_a_view_showed_is_good_once_it_is_drawn(
    guide: list[Edition], host: str, encoding: str
) -> None:
    client = Client(headers={"Host": host, "Accept-Encoding": encoding})
    with override_settings(ALLOWED_HOSTS=["*"]):
        shown = client.get(ARTICLE)
        draw()
        forget()
        drawn = client.get(ARTICLE)
        assert drawn["ETag"] == shown["ETag"]
        assert unpacked(drawn) == unpacked(shown)
        forget()
        assert client.get(ARTICLE, headers={"If-None-Match": shown["ETag"]}).status_code == 304


@override_settings(ALLOWED_HOSTS=["*"])
def test_a_drawn_page_is_small_for_its_first_reader(guide: list[Edition]) -> None:
    client = Client(headers={"Host": settings.SERVED_AT, "Accept-Encoding": "br"})
    client.get(ARTICLE)
    again = client.get(ARTICLE).content
    draw()
    forget()
    drawn = client.get(ARTICLE)
    assert drawn.content == again == brotli.compress(unpacked(drawn), quality=SMALL["br"])


def test_a_drawn_page_costs_one_query(client: Client, guide: list[Edition]) -> None:
    draw()
    assert seen(client, ARTICLE)[1] == 1


def test_nothing_is_drawn_or_written_on_a_read(client: Client, guide: list[Edition]) -> None:
    for path in (ARTICLE, "/", "/search/?q=calf"):
        seen(client, path)
    assert not DrawnPage.objects.exists()


@pytest.mark.parametrize(
    ("kind", "slug"), [("section", "heat-cold"), ("article", "ease-a-cramp"), ("country", "")]
)
def test_a_page_is_not_handed_out_once_something_on_it_is_published(
    client: Client, guide: list[Edition], kind: str, slug: str
) -> None:
    draw()
    another(kind, slug)
    assert not is_drawn(client, ARTICLE)
    draw()
    assert is_drawn(client, ARTICLE)


def test_a_page_is_handed_out_while_something_else_is_published(
    client: Client, guide: list[Edition]
) -> None:
    draw()
    another("faq")
    assert is_drawn(client, ARTICLE)
    assert not is_drawn(client, "/faq/")


def test_only_what_changed_is_drawn_anew(guide: list[Edition]) -> None:
    draw()
    another("section", "minerals")
    with patch.object(drawing, "_page", wraps=drawing._page) as drawn:
        assert draw() == drawn.call_count
    paths = {call.args[0] for call in drawn.call_args_list}
    assert {"/guide/", "/guide/minerals/"} & paths == {"/guide/"}
    assert ARTICLE not in paths
    assert len(paths) < 10


def test_nothing_is_drawn_twice(guide: list[Edition]) -> None:
    assert draw() > 20
    assert draw() == 0


def test_a_page_that_goes_on_needs_no_second_look(client: Client, guide: list[Edition]) -> None:
    draw()
    another("faq")
    assert seen(client, ARTICLE)[1] == 2
    draw()
    assert seen(client, ARTICLE)[1] == 1


def test_what_is_planned_is_seen_on_its_day(client: Client, guide: list[Edition]) -> None:
    day = datetime(2027, 3, 1, tzinfo=UTC)
    with time_machine.travel(day - timedelta(days=1), tick=False):
        another("section", "heat-cold", live_from=day)
        draw()
        assert is_drawn(client, ARTICLE)
    with time_machine.travel(day + timedelta(minutes=1), tick=False):
        assert "anew" in seen(client, ARTICLE)[0].decode()
        assert draw() > 0
        assert is_drawn(client, ARTICLE)


def test_where_time_is_short_the_pages_of_what_changed_come_first(
    client: Client, guide: list[Edition]
) -> None:
    draw()
    another("section", "heat-cold")
    another("country")
    assert draw(5) == 5
    assert is_drawn(client, ARTICLE)
    assert not is_drawn(client, "/about/")


def test_a_page_that_was_withdrawn_is_let_go(client: Client, guide: list[Edition]) -> None:
    draw()
    path = f"/stretches/{another('stretch', withdrawn=True, note='It was wrong.').slug}/"
    forget()
    assert client.get(path).status_code == 410
    assert DrawnPage.objects.filter(path=path).exists()
    draw()
    assert not DrawnPage.objects.filter(path=path).exists()


def test_a_page_that_another_release_drew_is_not_handed_out(
    client: Client, guide: list[Edition], monkeypatch: pytest.MonkeyPatch
) -> None:
    with time_machine.travel("2027-01-01", tick=False):
        draw()
    monkeypatch.setattr("guide.drawn_pages.release", lambda: "another")
    monkeypatch.setattr("guide.drawing.release", lambda: "another")
    assert not is_drawn(client, ARTICLE)
    with time_machine.travel("2027-01-02", tick=False):
        draw()
        assert DrawnPage.objects.filter(path=ARTICLE).count() == 2
    with time_machine.travel("2027-01-04", tick=False):
        draw()
    assert DrawnPage.objects.get(path=ARTICLE).release == "another"


def test_a_query_makes_no_difference_to_a_page_that_does_not_look_at_it(
    client: Client, guide: list[Edition]
) -> None:
    draw()
    assert is_drawn(client, f"{ARTICLE}?utm_source=leaflet")
    assert not is_drawn(client, "/stretches/?muscle=calf")
    assert seen(client, "/stretches/?muscle=calf")[0] != seen(client, "/stretches/")[0]


def test_an_address_that_no_page_has_is_not_found(client: Client, guide: list[Edition]) -> None:
    draw()
    assert client.get("/guide/%00/").status_code == 404
    assert client.get(f"/guide/{'a' * 5000}/").status_code == 404


def test_where_nothing_can_be_drawn_yet_pages_are_made_as_they_are_asked_for(
    client: Client, guide: list[Edition]
) -> None:
    """A database that an earlier release made has no place for them until it is migrated."""
    with patch("guide.drawn_pages.live_with", side_effect=ProgrammingError("no such table")):
        assert client.get(ARTICLE).status_code == 200


@override_settings(DEBUG=True)
def test_a_developer_sees_each_change_of_a_template(guide: list[Edition]) -> None:
    draw()
    assert not is_drawn(Client(), ARTICLE)


def test_a_unit_that_is_renamed_is_read_under_its_new_address(client: Client) -> None:
    article = make.article()
    make.published(article)
    make.published(make.section(article=article))
    draw()
    rename(article, "stop-a-cramp", who="ann")
    draw()
    assert client.get(ARTICLE).status_code == 301
    assert is_drawn(client, "/guide/stop-a-cramp/")
    assert not DrawnPage.objects.filter(path=ARTICLE).exists()


def test_a_command_draws_all_there_is(
    client: Client, guide: list[Edition], capsys: pytest.CaptureFixture[str]
) -> None:
    with patch.object(drawing, "BATCH", 7):
        call_command("draw_pages")
    assert capsys.readouterr().out == f"drawn: {DrawnPage.objects.count()}\n"
    assert is_drawn(client, ARTICLE)


def test_nothing_is_drawn_before_static_files_have_their_names(
    guide: list[Edition], tmp_path: Path
) -> None:
    manifest = "django.contrib.staticfiles.storage.ManifestStaticFilesStorage"
    storages = {**settings.STORAGES, "staticfiles": {"BACKEND": manifest}}
    with override_settings(STORAGES=storages, STATIC_ROOT=tmp_path):
        assert not drawing.can_draw()
        with pytest.raises(CommandError, match="collectstatic"):
            call_command("draw_pages")
        call_command("collectstatic", verbosity=0, interactive=False)
        assert drawing.can_draw()
        named = staticfiles_storage.hashed_files  # type: ignore[attr-defined]
        del named["css/site.css"]  # a file that came with the last release
        assert not drawing.can_draw()
