from __future__ import annotations

import os
import socket
import sqlite3
import subprocess
import sys
from pathlib import Path

import pytest
from django.conf import settings
from django.test import override_settings

from legrelief import serve


def test_a_taken_port_is_named_with_the_way_out() -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        with pytest.raises(SystemExit, match=rf"^Port {port} is taken: .*PORT="):
            serve.check_port("127.0.0.1", port)
    serve.check_port("127.0.0.1", port)


def test_a_python_without_the_packages_says_which_one_has_them() -> None:
    command = [sys.executable, "-S", "manage.py", "check"]
    said = subprocess.run(
        command, check=False, cwd=settings.BASE_DIR, capture_output=True, text=True
    )
    assert said.returncode == 1
    assert said.stderr == (
        "This Python has no Django: use .venv/bin/python (`make serve` makes it).\n"
    )


@pytest.mark.parametrize("host", ["192.0.2.1", "not a host"])
def test_an_address_of_another_machine_is_refused(host: str) -> None:
    with pytest.raises(SystemExit, match=rf"^Cannot listen on {host}, port 8000: "):
        serve.check_port(host, 8000)


def test_a_folder_that_cannot_be_written_is_named(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("in the way")
    with pytest.raises(SystemExit, match=r"^Cannot write in .*file.*: make the folder writable"):
        serve.check_folder(tmp_path / "file" / "var")
    serve.check_folder(tmp_path / "var")
    assert list((tmp_path / "var").iterdir()) == []


def test_an_sqlite_without_full_text_search_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    serve.check_sqlite()

    class Poor(sqlite3.Connection):
        def execute(self, *_: object) -> sqlite3.Cursor:
            raise sqlite3.OperationalError("no such module: fts5")

    monkeypatch.setattr(sqlite3, "connect", lambda _: Poor(":memory:"))
    with pytest.raises(SystemExit, match="lacks FTS5"):
        serve.check_sqlite()


def test_the_digest_of_static_files_follows_every_change(tmp_path: Path) -> None:
    (tmp_path / "one.css").write_text("a{}")
    with override_settings(STATICFILES_DIRS=[tmp_path]):
        first = serve.static_digest()
        assert serve.static_digest() == first
        (tmp_path / "two.css").write_text("")
        second = serve.static_digest()
        os.utime(tmp_path / "one.css", (1, 1))
        third = serve.static_digest()
    assert len({first, second, third}) == 3
