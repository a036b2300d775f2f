"""The real server on a copy of the project: all that it writes ends up in one folder."""

from __future__ import annotations

import http.cookiejar
import os
import re
import shutil
import socket
import sqlite3
import subprocess
import sys
import time
import urllib.error
import urllib.parse
import urllib.request
from collections.abc import Iterator
from contextlib import closing, contextmanager
from email.message import Message
from pathlib import Path
from typing import Any, NamedTuple

from django.conf import settings

COPIED = ("fixtures", "guide", "legrelief", "static", "templates")
HOST = "127.0.0.1"


class Answer(NamedTuple):
    status: int
    headers: Message
    body: bytes


class Served:
    """A served copy of the project."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.database = folder / "var" / "guide.sqlite3"
        self.process: subprocess.Popen[bytes] | None = None
        with socket.socket() as free:
            free.bind((HOST, 0))
            self.port: int = free.getsockname()[1]

    @property
    def origin(self) -> str:
        return f"http://{HOST}:{self.port}"

    def workers(self) -> list[int]:
        """The processes that answer; their parent only looks after them."""
        assert self.process is not None
        pid = self.process.pid
        return [int(one) for one in Path(f"/proc/{pid}/task/{pid}/children").read_text().split()]

    def files(self) -> dict[Path, bytes]:
        """Every file under the folder, but for those of the database."""
        return {
            path: path.read_bytes()
            for path in self.folder.rglob("*")
            if path.is_file() and not path.name.startswith(self.database.name)
        }

    def database_bytes(self) -> bytes:
        """The files of the database as they are on the disk, its journal included."""
        return b"".join(path.read_bytes() for path in self.database.parent.glob("guide.sqlite3*"))

    def rows(self) -> dict[str, list[tuple[Any, ...]]]:
        """Every row of every table."""
        with closing(sqlite3.connect(self.database)) as link:
            names = link.execute("SELECT name FROM sqlite_master WHERE type = 'table'").fetchall()
            return {name: link.execute(f'SELECT * FROM "{name}"').fetchall() for (name,) in names}

    def send_raw(self, text: bytes) -> bytes:
        """Send bytes that no browser would, and return what comes back."""
        with socket.create_connection((HOST, self.port), timeout=10) as link:
            link.sendall(text)
            return link.makefile("rb").read()


@contextmanager
def served(folder: Path, **environment: str) -> Iterator[Served]:
    """Serve from a folder with `python -m legrelief.serve`; its output goes to files there."""
    if not (folder / "legrelief").exists():
        for name in COPIED:
            ignore = shutil.ignore_patterns("__pycache__")
            shutil.copytree(settings.BASE_DIR / name, folder / name, ignore=ignore)
        (folder / "tests").mkdir()
        for name in ("__init__.py", "settings_with_mail.py"):
            shutil.copy(Path(__file__).parent / name, folder / "tests")
    for name in ("logs", "temporary"):
        (folder / name).mkdir(exist_ok=True)
    server = Served(folder)
    with (
        (folder / "logs" / "stdout").open("ab") as out,
        (folder / "logs" / "stderr").open("ab") as err,
    ):
        process = subprocess.Popen(
            [sys.executable, "-m", "legrelief.serve"],
            cwd=folder,
            stdout=out,
            stderr=err,
            env={
                "PATH": os.environ["PATH"],
                "HOME": str(folder),
                "TMPDIR": str(folder / "temporary"),
                "PYTHONDONTWRITEBYTECODE": "1",
                "DATABASE_URL": f"sqlite:///{server.database}",
                "PORT": str(server.port),
                "GUNICORN_CMD_ARGS": f"--access-logfile {folder}/logs/access",
                **environment,
            },
        )
        server.process = process
        try:
            wait_for(server, process)
            yield server
        finally:
            process.terminate()
            process.wait(timeout=30)


def wait_for(server: Served, process: subprocess.Popen[bytes]) -> None:
    for _ in range(1200):
        assert process.poll() is None, (server.folder / "logs" / "stderr").read_text()
        try:
            urllib.request.urlopen(f"{server.origin}/healthz", timeout=5).close()
        except OSError:
            time.sleep(0.1)
        else:
            return
    raise AssertionError("The server does not answer.")


class Stay(urllib.request.HTTPRedirectHandler):
    def redirect_request(self, *_: object) -> None:
        """Follow nothing: where an answer leads is for the test to see."""


class Browser:
    """A browser of the old kind: with cookies, and with a referrer that tells everything."""

    def __init__(self, server: Served) -> None:
        self.server = server
        self.jar = http.cookiejar.CookieJar()
        self.opener = urllib.request.build_opener(
            Stay, urllib.request.HTTPCookieProcessor(self.jar)
        )
        self.seen: set[str] = set()

    def send(self, path: str, form: dict[str, Any] | None = None, **headers: str) -> Answer:
        url = self.server.origin + path
        data = None if form is None else urllib.parse.urlencode(form, doseq=True).encode()
        request = urllib.request.Request(url, data, {"Referer": url, **headers})
        try:
            with self.opener.open(request, timeout=30) as response:
                answer = Answer(response.status, response.headers, response.read())
        except urllib.error.HTTPError as error:
            with error:
                answer = Answer(error.code, error.headers, error.read())
        self.seen |= {cookie.value or "" for cookie in self.jar if "check" in cookie.name}
        return answer

    def post(self, path: str, codes: list[str]) -> Answer:
        """Open a form and send it."""
        token = re.search(rb'csrfmiddlewaretoken" value="(\w+)"', self.send(path).body)
        form = {"answer": codes, "csrfmiddlewaretoken": token[1].decode() if token else ""}
        return self.send(path, form, Origin="null")
