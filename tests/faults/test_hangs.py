"""A PostgreSQL or a Redis that hangs, or a network that swallows packets: it takes a call, and says
nothing. Nobody waits for long, no worker is lost, and nothing has to be started anew."""

from __future__ import annotations

import os
import signal
import socket
import time
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import psycopg
import pytest
from django.db.utils import ConnectionHandler
from django.test import Client
from psycopg.conninfo import conninfo_to_dict
from pytest_django import DjangoDbBlocker

from guide import limits
from guide.models import Edition
from legrelief import env
from legrelief.postgresql import base
from tests.faults.desk import Person
from tests.faults.test_database import MAKE, PASSWORD, told, wait_until
from tests.faults.wire import Wire, wire
from tests.publishing.test_two_processes import finish, postgres_database, shell
from tests.served import Browser, served

__all__ = ["postgres_database"]

#: Far from what one answer may take, and further from what all of them would if each waited.
SOON = 20


def call_postgres() -> socket.socket:
    found = conninfo_to_dict(os.environ["TEST_DATABASE_URL"])
    host, port = str(found.get("host") or "127.0.0.1"), int(found.get("port") or 5432)
    if not host.startswith("/"):
        return socket.create_connection((host, port))
    link = socket.socket(socket.AF_UNIX)
    link.connect(f"{host}/.s.PGSQL.{port}")
    return link


@pytest.fixture
def postgres() -> Iterator[Wire]:
    with wire(call_postgres) as laid:
        yield laid


def over(laid: Wire, address: str) -> str:
    """The address of the same database, reached over the wire."""
    found = urlsplit(address)
    user = found.netloc.rpartition("@")[0]
    return f"postgres://{user}@127.0.0.1:{laid.port}{found.path}"


@pytest.mark.postgres
def test_while_postgresql_hangs_kept_pages_go_on_the_others_say_so_and_then_all_is_well(
    postgres_database: str, postgres: Wire, tmp_path: Path
) -> None:
    with served(tmp_path, DATABASE_URL=over(postgres, postgres_database)) as server:
        assert server.process is not None
        server.process.send_signal(signal.SIGTTOU)  # one worker: whom it keeps waiting, waits
        wait_until(lambda: len(server.workers()) == 1)
        workers = server.workers()
        finish(shell(postgres_database, MAKE))
        reader, person = Browser(server), Person(server, "sue", PASSWORD)
        kept = reader.send("/guide/")

        postgres.alive.clear()
        time.sleep(0.6)  # what is kept is asked about at most twice a second
        start = time.monotonic()
        for _ in range(5):
            assert reader.send("/guide/").body == kept.body
            told(reader.send("/guide/ease-a-cramp/"))
            told(person.browser.send("/admin/"))
        assert [reader.send(path).status for path in ("/healthz", "/readyz")] == [200, 503]
        assert time.monotonic() - start < SOON

        postgres.alive.set()
        wait_until(lambda: reader.send("/guide/ease-a-cramp/").status == 200)
        assert person.browser.send("/admin/").status == 200
        assert reader.send("/readyz").status == 200
        assert server.workers() == workers


@pytest.fixture
def link(postgres: Wire, monkeypatch: pytest.MonkeyPatch) -> Iterator[base.Connection]:
    monkeypatch.setattr(base, "silence", base.Silence())
    with base.Connection.connect(over(postgres, os.environ["TEST_DATABASE_URL"])) as made:
        yield made


@pytest.mark.postgres
def test_a_statement_that_was_begun_is_given_up_and_its_late_answer_is_nobodys(
    postgres: Wire, link: base.Connection
) -> None:
    link.execute("SELECT 1")
    link.patience = 0.3
    postgres.alive.clear()
    with pytest.raises(psycopg.OperationalError):
        link.execute("SELECT 2")
    postgres.alive.set()
    with pytest.raises(psycopg.OperationalError, match="closed"):
        link.execute("SELECT 3")


@pytest.mark.postgres
def test_after_one_that_hung_nobody_calls_again_for_a_while(
    postgres: Wire, link: base.Connection, monkeypatch: pytest.MonkeyPatch
) -> None:
    address = over(postgres, os.environ["TEST_DATABASE_URL"])
    postgres.alive.clear()
    with pytest.raises(psycopg.errors.ConnectionTimeout):
        base.Connection.connect(address, connect_timeout=2)
    postgres.alive.set()
    with pytest.raises(psycopg.OperationalError, match="left alone"):
        base.Connection.connect(address)
    monkeypatch.setattr(base, "LEFT_ALONE", 0)
    base.Connection.connect(address).close()


@pytest.mark.postgres
def test_a_server_gives_a_statement_that_waits_for_a_lock_its_time(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, django_db_blocker: DjangoDbBlocker
) -> None:
    monkeypatch.setattr(base, "silence", base.Silence())
    monkeypatch.setenv("DATABASE_URL", os.environ["TEST_DATABASE_URL"])
    options = env.database("DATABASE_URL", tmp_path)
    handler = ConnectionHandler({"default": {**options, "ENGINE": "legrelief.postgresql"}})
    with (
        django_db_blocker.unblock(),
        closing(handler["default"]) as connection,
        connection.cursor() as cursor,
    ):
        cursor.execute("SHOW statement_timeout")
        assert cursor.fetchone() == ("8s",)


@pytest.mark.postgres
def test_an_error_that_the_server_tells_is_no_silence(link: base.Connection) -> None:
    link.execute("SET statement_timeout = '50ms'")
    with pytest.raises(psycopg.errors.QueryCanceled):
        link.execute("SELECT pg_sleep(5)")
    link.rollback()
    assert link.execute("SELECT 1").fetchone() == (1,)
    assert not base.silence.lasts()


@pytest.fixture
def redis(settings: Any, monkeypatch: pytest.MonkeyPatch) -> Iterator[Wire]:
    """A Redis over a wire, and a server that uses it."""
    there = urlsplit(os.environ["TEST_CACHE_URL"])
    user, _, address = there.netloc.rpartition("@")
    host, _, port = address.partition(":")
    monkeypatch.setattr(limits, "counter", limits.Counter())
    with wire(lambda: socket.create_connection((host, int(port or 6379)))) as laid:
        here = there._replace(netloc=f"{user}{'@' if user else ''}127.0.0.1:{laid.port}")
        monkeypatch.setenv("CACHE_URL", here.geturl())
        settings.CACHES = {"default": env.cache("CACHE_URL")}
        yield laid


@pytest.mark.redis
@pytest.mark.django_db
def test_while_redis_hangs_readers_search_and_answer_and_then_it_is_asked_again(
    redis: Wire, guide: list[Edition], monkeypatch: pytest.MonkeyPatch
) -> None:
    reader = Client(headers={"origin": "null"})
    assert reader.get("/search/?q=cramp").status_code == 200
    assert reader.get("/readyz").status_code == 200

    redis.alive.clear()
    start = time.monotonic()
    for number in range(10):
        assert reader.get(f"/search/?q=cramp+{number}").status_code == 200
        assert reader.post("/check/clear/").status_code == 303
    assert reader.get("/readyz").status_code == 503
    assert time.monotonic() - start < SOON

    redis.alive.set()
    assert reader.get("/readyz").status_code == 200
    monkeypatch.setattr(limits, "LEFT_ALONE", 0)
    monkeypatch.setattr(limits, "SEARCHES", limits.Limit("searches", 0))
    assert reader.get("/search/?q=calf").status_code == 429
