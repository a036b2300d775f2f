"""PostgreSQL as the server uses it: one that hangs is given up, long before a worker is.

A database that is gone refuses, which takes no time. One that hangs, or a network that swallows
packets, takes a call and says nothing: by itself a worker would wait until it is killed, and what
it had kept would be lost with it. So every answer has a time in which it has to come, and after
one that did not, nobody asks for a while: readers of what is kept hardly notice. Commands, which
may take their time, use Django's own backend (legrelief/wsgi.py).
"""

from __future__ import annotations

import time
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import psycopg
from django.db.backends.postgresql import base
from psycopg.abc import RV, PQGen
from psycopg.pq import TransactionStatus
from psycopg.rows import TupleRow

#: Seconds that the server gives a statement, which may have to wait for what another one locks.
#: What takes longer is its answer: an error like any other.
STATEMENT = 8
#: Seconds in which an answer has to be here, be it an error.
ANSWER = 10.0
#: Seconds for the answer to "are you there?", with which a request begins.
SIGN_OF_LIFE = 2.0
#: For so many seconds a database that hung is not called again.
LEFT_ALONE = 10.0


class Silence:
    """A time in which nobody asks, as there was no answer."""

    def __init__(self) -> None:
        self.began = -LEFT_ALONE

    def begin(self) -> None:
        self.began = time.monotonic()

    def lasts(self) -> bool:
        return time.monotonic() - self.began < LEFT_ALONE


silence = Silence()


class Connection(psycopg.Connection[TupleRow]):
    """A connection on which nothing is waited for without an end."""

    patience = ANSWER

    @classmethod
    def connect(cls, *args: Any, **kwargs: Any) -> Connection:
        if silence.lasts():
            raise psycopg.OperationalError("the database hung a moment ago: it is left alone")
        try:
            return super().connect(*args, **kwargs)
        except psycopg.errors.ConnectionTimeout:
            silence.begin()
            raise

    def wait(self, gen: PQGen[RV], interval: float = 0.1, timeout: float | None = None) -> RV:
        try:
            return super().wait(gen, interval, self.patience if timeout is None else timeout)
        except psycopg.OperationalError:
            if self.info.transaction_status is TransactionStatus.ACTIVE:  # no answer yet
                silence.begin()
                self.close()  # what may still come on it would be the answer to something else
            raise

    @contextmanager
    def hurried(self) -> Iterator[None]:
        """Give it little time."""
        self.patience = SIGN_OF_LIFE
        try:
            yield
        finally:
            self.patience = ANSWER


class DatabaseWrapper(base.DatabaseWrapper):
    # Django asks the module for `connect` and for the errors of DB-API: a connection has both.
    Database = Connection  # type: ignore[assignment]
    connection: Connection | None

    def init_connection_state(self) -> None:
        super().init_connection_state()
        with self.cursor() as cursor:
            cursor.execute(f"SET statement_timeout = '{STATEMENT}s'")

    def is_usable(self) -> bool:
        if self.connection is None:
            return False
        with self.connection.hurried():
            return super().is_usable()
