"""`make serve`: check the ground, prepare what is missing, then turn into gunicorn."""

from __future__ import annotations

import errno
import hashlib
import os
import socket
import sqlite3
import sys
import tempfile
from pathlib import Path

import django
from django.conf import settings
from django.contrib.staticfiles.finders import get_finders
from django.core.exceptions import ImproperlyConfigured
from django.core.management import CommandError, call_command
from django.db import DatabaseError, connection

from legrelief import env


def main() -> None:
    """Serve until stopped. What stands in the way ends the process with one line about it."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "legrelief.settings")
    try:
        port = env.number("PORT", 1, 65535)
        django.setup()
        check_folder(settings.STATIC_ROOT.parent)
        if connection.vendor == "sqlite":
            check_sqlite()
        check_port(env.text("HOST"), port)
        prepare()
    except ImproperlyConfigured as error:
        sys.exit(f"Settings: {error}")
    except DatabaseError as error:
        sys.exit(f"The database cannot be used: {str(error).splitlines()[0]}")
    except CommandError as error:
        sys.exit(str(error))
    except KeyboardInterrupt:
        sys.exit("Stopped.")
    address = f"{env.host()}:{port}"
    print(f"LegRelief is at http://{address}/ (Ctrl-C stops it).")
    print(f"Staff sign in at http://{address}/admin/ (`make staff` makes a login).", flush=True)
    gunicorn = [sys.executable, "-m", "gunicorn", "legrelief.wsgi", "--bind", address]
    gunicorn += ["--workers", "2", "--no-control-socket", "--log-level", "warning"]
    gunicorn += ["--forwarder-headers", ""]  # no client says where the guide is (SCRIPT_NAME)
    os.execv(gunicorn[0], gunicorn)  # noqa: S606 (no shell is the point)


def check_folder(folder: Path) -> None:
    """Refuse a folder in which nothing can be written."""
    try:
        folder.mkdir(parents=True, exist_ok=True)
        tempfile.TemporaryFile(dir=folder).close()
    except OSError as error:
        sys.exit(f"Cannot write in {folder} ({error.strerror}): make the folder writable.")


def check_sqlite() -> None:
    """Refuse an SQLite without full-text search."""
    with sqlite3.connect(":memory:") as memory:
        try:
            memory.execute("CREATE VIRTUAL TABLE probe USING fts5(words)")
        except sqlite3.OperationalError:
            sys.exit(
                "The SQLite of this Python lacks FTS5: use a Python that has it (PYTHON=...), "
                "or PostgreSQL (DATABASE_URL=...)."
            )


def check_port(host: str, port: int) -> None:
    """Refuse an address that is taken or not ours."""
    try:
        family, _, _, _, address = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)[0]
        with socket.socket(family) as probe:
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            probe.bind(address)
    except OSError as error:
        if error.errno == errno.EADDRINUSE:
            sys.exit(f"Port {port} is taken: stop what uses it, or choose another (PORT=8001).")
        sys.exit(
            f"Cannot listen on {host}, port {port}: {error.strerror}. Try another HOST or PORT."
        )


def prepare() -> None:
    """Bring database and static files up to date. Changes nothing when they are."""
    call_command("migrate", verbosity=0, interactive=False)
    stamp = settings.STATIC_ROOT.with_suffix(".digest")
    digest = static_digest()
    if not (settings.STATIC_ROOT.exists() and stamp.exists() and stamp.read_text() == digest):
        print("Collecting the static files", flush=True)
        call_command("collectstatic", verbosity=0, interactive=False)
        stamp.write_text(digest)
    # Pages are drawn, and name static files as they were collected.
    call_command("load_guide", if_empty=True)
    call_command("refresh_search", if_empty=True)
    call_command("draw_pages", verbosity=0)


def static_digest() -> str:
    """A short word that changes when any static file does, without reading the files."""
    lines = [settings.STORAGES["staticfiles"]["BACKEND"]]
    for finder in get_finders():
        for path, storage in finder.list([]):
            stat = Path(storage.path(path)).stat()
            lines.append(f"{path} {stat.st_size} {stat.st_mtime_ns}")
    return hashlib.sha256("\n".join(sorted(lines)).encode()).hexdigest()


if __name__ == "__main__":
    main()
