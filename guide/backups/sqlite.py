"""A copy of an SQLite database: taken while others write, and checked from end to end."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

from django.db import connection

from guide.backups.refusal import CannotDo

COPY = "database.sqlite3"


@contextmanager
def one_moment() -> Iterator[str]:
    """Let all that is read within be of one moment, while others go on writing."""
    # Not atomic(), which would take the write lock and hold everybody up.
    with connection.cursor() as cursor:
        cursor.execute("BEGIN DEFERRED")
        try:
            cursor.execute("SELECT count(*) FROM sqlite_master")
            yield ""
        finally:
            cursor.execute("ROLLBACK")


def take(copy: Path, moment: str) -> None:
    """Copy the database as it is at this moment."""
    with closing(sqlite3.connect(copy)) as target:
        connection.connection.backup(target)
        # One file, whatever becomes of those beside it.
        target.execute("PRAGMA journal_mode=DELETE")


def check(copy: Path, editions: int) -> None:
    """Raise CannotDo for a copy that is not sound, or that lacks an edition."""
    try:
        with closing(_opened(copy)) as link:
            faults = [*link.execute("PRAGMA integrity_check")]
            faults += link.execute("PRAGMA foreign_key_check")
            found = link.execute("SELECT count(*) FROM guide_edition").fetchone()[0]
    except sqlite3.DatabaseError as error:
        raise CannotDo(f"The copy is damaged: {error}") from error
    if faults != [("ok",)]:
        raise CannotDo(f"The copy is damaged: {faults[0]}")
    if found != editions:
        raise CannotDo(f"The copy has {found} editions, not {editions}.")


def fill(copy: Path) -> None:
    """Write a copy over the database in one transaction, which all who have it open see."""
    connection.ensure_connection()
    with closing(_opened(copy)) as source:
        source.backup(connection.connection)


def _opened(copy: Path) -> sqlite3.Connection:
    return sqlite3.connect(f"{copy.absolute().as_uri()}?mode=ro", uri=True)
