"""A copy of a PostgreSQL database, by the programs that come with it."""

from __future__ import annotations

import os
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from django.db import connection, transaction

from guide.backups.refusal import CannotDo

COPY = "database.pgdump"


@contextmanager
def one_moment() -> Iterator[str]:
    """Let all that is read within be of one moment. It has a name, for `pg_dump` to read it too."""
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY")
        cursor.execute("SELECT pg_export_snapshot()")
        yield cursor.fetchone()[0]


def take(copy: Path, moment: str) -> None:
    """Copy the database as it is at this moment."""
    _run("pg_dump", "--format=custom", f"--snapshot={moment}", f"--file={copy}")


def check(copy: Path, editions: int) -> None:
    """Raise CannotDo for a copy that cannot be read to its end."""
    _run("pg_restore", "--file=/dev/null", str(copy), link=False)


#: What search has beside tables; what an extension brought stays with it.
OF_SEARCH = """
    SELECT 'CONFIGURATION', cfgname FROM pg_ts_config
    WHERE cfgnamespace = 'public'::regnamespace
    UNION ALL
    SELECT 'DICTIONARY', dictname FROM pg_ts_dict WHERE dictnamespace = 'public'::regnamespace
    AND NOT EXISTS (SELECT FROM pg_depend WHERE objid = pg_ts_dict.oid AND deptype = 'e')
"""


def fill(copy: Path) -> None:
    """Drop what is there and run the script of the copy, both in one transaction.

    Tables that the copy knows nothing of go too, or a later `migrate` would stumble over them.
    """
    quote = connection.ops.quote_name
    with connection.cursor() as cursor:
        tables = connection.introspection.table_names(cursor)
        drops = [f"DROP TABLE {quote(name)} CASCADE;" for name in tables]
        cursor.execute(OF_SEARCH)
        drops += [f"DROP TEXT SEARCH {kind} {quote(name)};" for kind, name in cursor.fetchall()]
    whole = ("--no-owner", "--no-privileges", "--no-comments", "--file=-")
    script = _run("pg_restore", *whole, str(copy), link=False)
    quietly = ("--no-psqlrc", "--quiet", "--output=/dev/null")
    said = "\n".join(["SET client_min_messages = warning;", *drops, ""]).encode() + script
    _run("psql", *quietly, "--single-transaction", "--set=ON_ERROR_STOP=1", said=said)


def _run(program: str, *words: str, link: bool = True, said: bytes = b"") -> bytes:
    """Run a program of PostgreSQL on the database. The password goes by the environment."""
    environment = dict(os.environ)
    if link:
        address, environment["PGPASSWORD"] = _address()
        words = (*words, f"--dbname={address}")
    try:
        done = subprocess.run(  # noqa: S603 (programs named here, and no shell)
            [program, *words], input=said, env=environment, capture_output=True, check=True
        )
    except FileNotFoundError:
        raise CannotDo(f"There is no {program} here: install postgresql-client.") from None
    except subprocess.CalledProcessError as error:
        raise CannotDo(f"{program}: {error.stderr.decode(errors='replace').strip()}") from error
    return done.stdout


def _address() -> tuple[str, str]:
    """Return where the database is, as the settings have it, and the password.

    What psycopg itself would add may be unknown to programs of an older PostgreSQL.
    """
    from psycopg.conninfo import make_conninfo  # noqa: PLC0415 (only there with PostgreSQL)

    settings = {
        name: value
        for name, value in connection.get_connection_params().items()
        if isinstance(value, str)
    }
    password = settings.pop("password", "")
    return make_conninfo(**settings), password
