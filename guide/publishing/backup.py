"""A copy of everything, taken while the guide goes on serving, and put back.

A backup is a folder: the database as its own tool copies it, checked, and beside it the guide as
readable files, for people and for another kind of database.
"""

from __future__ import annotations

import os
import shutil
import sqlite3
import subprocess
from collections.abc import Mapping
from contextlib import closing
from pathlib import Path
from typing import Any

from django.core.management import call_command
from django.db import connection

from guide.models import Edition
from guide.publishing.dump import dump

SQLITE = "guide.sqlite3"
POSTGRES = "guide.dump"
READABLE = "fixtures"
#: Variables that PostgreSQL's tools read, by the name of the parameter.
_TOLD = {
    "dbname": "PGDATABASE",
    "user": "PGUSER",
    "password": "PGPASSWORD",
    "host": "PGHOST",
    "port": "PGPORT",
    "sslmode": "PGSSLMODE",
}


class BackupError(Exception):
    """A backup could not be made, read or put back. Nothing was changed."""


def back_up(folder: Path) -> list[Path]:
    """Copy the database and the guide's files into a new folder. Raises BackupError."""
    if folder.exists() and any(folder.iterdir()):
        raise BackupError(f"{folder} is not empty: name a new folder.")
    folder.mkdir(parents=True, exist_ok=True)
    try:
        if connection.vendor == "sqlite":
            copy = folder / SQLITE
            _copy_sqlite(Path(connection.settings_dict["NAME"]), copy)
            _in_one_file(copy)
            _check_sqlite(copy)
        else:
            copy = folder / POSTGRES
            _postgres("pg_dump", "--format=custom", f"--file={copy}")
            _postgres("pg_restore", "--list", str(copy))
    except BaseException:
        shutil.rmtree(folder)  # half a backup is worse than none
        raise
    return [copy, *dump(folder / READABLE)]


def put_back(folder: Path, *, replace: bool) -> int:
    """Put a backup in the place of the database; return how many editions it has.

    Raises BackupError for a folder without a whole backup of this kind of database, and for a
    database that holds something already unless it is to be replaced.
    """
    copy = folder / (SQLITE if connection.vendor == "sqlite" else POSTGRES)
    if not copy.exists():
        raise BackupError(f"{folder} holds no {copy.name}, which this database is put back from.")
    if not replace and _holds_something():
        raise BackupError("The database holds a guide already. Say --replace to lose it.")
    if connection.vendor == "sqlite":
        _check_sqlite(copy)
        connection.close()
        _copy_sqlite(copy, Path(connection.settings_dict["NAME"]))
    else:
        _postgres("pg_restore", "--list", str(copy))
        _postgres(
            *("pg_restore", "--clean", "--if-exists", "--no-owner", "--exit-on-error"),
            *("--single-transaction", f"--dbname={_name()}", str(copy)),
        )
    connection.close()
    call_command("migrate", verbosity=0, interactive=False)  # a backup may be of an older release
    return Edition.objects.count()


def _holds_something() -> bool:
    return Edition._meta.db_table in connection.introspection.table_names() and (
        Edition.objects.exists()
    )


def _copy_sqlite(source: Path, target: Path) -> None:
    """Copy page by page, as SQLite does it while others read and write."""
    with closing(sqlite3.connect(source)) as read, closing(sqlite3.connect(target)) as write:
        read.backup(write)


def _in_one_file(file: Path) -> None:
    """Leave nothing of a database in a journal beside it, where it could be lost."""
    with closing(sqlite3.connect(file)) as link:
        link.execute("PRAGMA journal_mode=DELETE")


def _check_sqlite(file: Path) -> None:
    """Raise BackupError for a file that is damaged or no guide at all."""
    try:
        with closing(sqlite3.connect(f"file:{file}?mode=ro", uri=True)) as link:
            (said,) = link.execute("PRAGMA integrity_check").fetchone()
            link.execute(f"SELECT count(*) FROM {Edition._meta.db_table}")  # noqa: S608
    except sqlite3.DatabaseError as error:
        raise BackupError(f"{file} cannot be read: {error}.") from error
    if said != "ok":
        raise BackupError(f"{file} is damaged: {said}.")


def _postgres(tool: str, *arguments: str) -> None:
    """Run a tool of PostgreSQL for our database. The password does not show among processes."""
    command = shutil.which(tool)
    if command is None:
        raise BackupError(f"{tool} is not installed: it comes with PostgreSQL's client.")
    try:
        subprocess.run(  # noqa: S603
            [command, *arguments], env=_environment(), check=True, capture_output=True, text=True
        )
    except subprocess.CalledProcessError as error:
        raise BackupError(f"{tool}: {error.stderr.strip()}") from error


def _name() -> str:
    return str(connection.settings_dict["NAME"])


def _environment() -> Mapping[str, str]:
    """Tell PostgreSQL's tools how to reach the database, as Django reaches it."""
    asked: dict[str, Any] = connection.get_connection_params()
    return {**os.environ, **{_TOLD[name]: str(asked[name]) for name in _TOLD if asked.get(name)}}
