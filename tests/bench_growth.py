"""What stays as it is while there is more to read: a part of `make bench`.

Three guides of 30, 3,000 and 30,000 sections (`tests/growth.py`) are served by one worker each.
Every page is asked for with nothing kept, guide after guide, round by round: as it was drawn ahead,
and as it is drawn for who asks. CPU is that of the server; a ratio is the median over the rounds of
the ratio to the guide of 30 sections in the same round. The memory of a worker (PSS) is read after
it served all of them, and then hundreds of articles one by one.
"""

from __future__ import annotations

import os
import re
import sqlite3
import subprocess
import sys
import tempfile
import time
import urllib.request
from collections.abc import Iterator
from contextlib import AbstractContextManager, ExitStack, closing
from pathlib import Path
from statistics import median

from tests.bench_served import serving, spent

SIZES = (30, 3_000, 30_000)
ROUNDS = 3
ARTICLES = 400
PAGES = {
    "article": "/guide/ease-a-cramp/",
    "home": "/",
    "index": "/guide/",
    "part of the leg, 20 sections at most": "/guide/?part=calf",
    "stretch library": "/stretches/",
    "routines": "/routines/",
    "questions and answers": "/faq/",
    "when to get help": "/help/",
    "questions and rules": "/check/rules/",
    "step of the questionnaire": "/check/legs/q/now/",
}


def report(folder: Path) -> Iterator[str]:
    """Yield the lines of the tables. The databases are made in a folder, or taken from it."""
    _run(folder, SIZES[0], "manage.py", "collectstatic", "--noinput", "--verbosity", "0")
    for size in SIZES:
        if not _database(folder, size).exists():
            _run(folder, size, "-c", _GROW, str(size))
        _run(folder, size, "-c", _DRAW)
    from guide.drawing import is_to_draw  # noqa: PLC0415 (Django is set up by now)

    yield "| Nothing kept, drawn ahead | CPU ms at 30 | x at 3,000 | x at 30,000 |"
    drawn = {name: path for name, path in PAGES.items() if is_to_draw(path)}
    yield from _pages(folder, drawn, "start", 400)
    yield ""
    yield "| Nothing kept, drawn while asked for | CPU ms at 30 | x at 3,000 | x at 30,000 |"
    yield from _pages(folder, PAGES, "deploy", 20)
    yield ""
    yield from _memory(folder)
    yield ""
    yield _loaded(folder)


_GROW = """
import sys, django
django.setup()
from django.core.management import call_command
from django.db import connection, transaction
from tests import growth
call_command("migrate", verbosity=0)
call_command("load_guide", verbosity=0)
with transaction.atomic():
    growth.grow(int(sys.argv[1]))
connection.cursor().execute("ANALYZE")
"""
#: The pages that stand alone come first, and the articles of the guide itself.
_DRAW = """
import django
django.setup()
from guide.drawing import BY_THE_WAY, draw
draw(BY_THE_WAY)
"""
_WRITE = """
import sys, django, pathlib
django.setup()
from tests import growth
growth.write_fixtures(pathlib.Path(sys.argv[1]), int(sys.argv[2]))
"""


def _database(folder: Path, size: int) -> Path:
    return folder / f"{size}.sqlite3"


def _environment(database: Path) -> dict[str, str]:
    settings = {"DJANGO_SETTINGS_MODULE": "legrelief.settings"}
    return {**os.environ, **settings, "DATABASE_URL": f"sqlite:///{database}"}


def _run(folder: Path, size: int | str, *command: str) -> None:
    environment = _environment(folder / f"{size}.sqlite3")
    subprocess.run([sys.executable, *command], check=True, env=environment, stdout=sys.stderr)


def _pages(folder: Path, pages: dict[str, str], after: str, asked: int) -> Iterator[str]:
    """Ask for pages after what a header names (tests/bench_cold.py), so often in each round.

    The clock of a process ticks a hundred times a second: what takes little is asked for often.
    """
    used: dict[str, list[list[float]]] = {name: [] for name in pages}
    with ExitStack() as stack:
        servers = [
            stack.enter_context(_served("tests.bench_cold", _database(folder, size)))
            for size in SIZES
        ]
        for number in range(ROUNDS + 1):
            for name, path in pages.items():
                once = [_cpu(*server, path, after, asked) for server in servers]
                if number:  # the first round warms up
                    used[name].append(once)
    yield "| --- | --- | --- | --- |"
    for name, rounds in used.items():
        least = median(one[0] for one in rounds)
        more = [median(one[place] / one[0] for one in rounds) for place in (1, 2)]
        yield f"| {name} | {least:.1f} | {more[0]:.2f} | {more[1]:.2f} |"


def _cpu(pid: int, port: int, path: str, after: str, asked: int) -> float:
    """Return the milliseconds of CPU that one answer takes."""
    before = spent(pid)
    for _ in range(asked):
        _get(port, path, after=after)
    return (spent(pid) - before) / asked * 1000


def _served(application: str, database: Path) -> AbstractContextManager[tuple[int, int]]:
    """Serve a guide with one worker."""
    return serving(application, workers=1, environment=_environment(database))


def _memory(folder: Path) -> Iterator[str]:
    yield "| Memory of a worker, MiB | every page once | then 400 articles, each in 3 ways |"
    yield "| --- | --- | --- |"
    for size in SIZES:
        with _served("legrelief.wsgi", _database(folder, size)) as (pid, port):
            for path in PAGES.values():
                _get(port, path)
            few = _pss(pid)
            for path in _articles(folder, size):
                for encoding in ("", "gzip", "br"):
                    _get(port, path, encoding)
            yield f"| {size:,} sections | {few:.0f} | {_pss(pid):.0f} |"


def _articles(folder: Path, size: int) -> list[str]:
    with closing(sqlite3.connect(_database(folder, size))) as link:
        found = link.execute(
            "SELECT slug FROM guide_edition WHERE kind = 'article' ORDER BY random() LIMIT ?",
            [ARTICLES],
        )
        return [f"/guide/{slug}/" for (slug,) in found]


def _pss(pid: int) -> float:
    """Return the memory of the workers of a server in MiB, shared pages by their share."""
    children = Path(f"/proc/{pid}/task/{pid}/children").read_text().split()
    rollups = [Path(f"/proc/{one}/smaps_rollup").read_text() for one in children]
    sizes = [re.search(r"^Pss:\s+(\d+)", one, re.MULTILINE) for one in rollups]
    return sum(int(size[1]) for size in sizes if size) / 1024


def _loaded(folder: Path) -> str:
    """Load fixture files of 3,000 sections with the real command, into an empty database."""
    size = SIZES[1]
    for old in folder.glob("loaded.sqlite3*"):
        old.unlink()
    _run(folder, SIZES[0], "-c", _WRITE, str(folder / "fixtures"), str(size))
    _run(folder, "loaded", "manage.py", "migrate", "--verbosity", "0")
    start, used = time.monotonic(), sum(os.times()[2:4])
    _run(folder, "loaded", "manage.py", "load_guide", str(folder / "fixtures"))
    taken, used = time.monotonic() - start, sum(os.times()[2:4]) - used
    return (
        f"`load_guide` of {size:,} sections in files took {taken:.0f} seconds, "
        f"{used:.0f} of CPU (goal: at most 60)."
    )


def _get(port: int, path: str, encoding: str = "", after: str = "start") -> None:
    headers = {"Accept-Encoding": encoding or "identity", "X-After": after}
    request = urllib.request.Request(f"http://127.0.0.1:{port}{path}", headers=headers)
    with urllib.request.urlopen(request, timeout=60) as answer:
        answer.read()


if __name__ == "__main__":
    with tempfile.TemporaryDirectory() as temporary:
        for line in report(Path(sys.argv[1] if len(sys.argv) > 1 else temporary)):
            print(line, flush=True)
