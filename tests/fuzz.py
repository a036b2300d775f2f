"""Ask everything of the application, wrongly: `make fuzz` sends 100,000 requests made by a seed.

Each goes through the real application as gunicorn would hand it over, so raw bytes, odd methods,
odd headers and damaged cookies reach it. What a request did is undone before the next one comes,
so each finds the same guide: a failing one is sent again with `make fuzz SEED=<seed> FIRST=<n>
COUNT=1`. Two processes share the work. One asks for what readers reach, with nothing published
meanwhile, so that whatever is kept in memory piles up there; the other asks for the desk.
"""

from __future__ import annotations

import gc
import logging
import os
import random
import re
import shutil
import sys
import tempfile
import time
import traceback
from collections import Counter
from collections.abc import Iterable, Iterator
from concurrent.futures import ProcessPoolExecutor
from contextlib import ExitStack, contextmanager
from multiprocessing import get_context
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple
from unittest.mock import patch

if TYPE_CHECKING:
    from tests.fuzz_known import Known

COUNT = 100_000
#: What is kept in memory has its bounds, and is full after so many tenths of a run ...
WARM_AFTER = 3
#: ... from when on a process may grow by this many MiB.
GROWTH = 16
#: Fewer answers with a page, or more that only say "too many", and the run tried nothing.
LEAST_FINE, MOST_HELD_UP = 0.2, 0.02
CSP = "Content-Security-Policy"
#: How an address begins that names another site, as browsers read it. Any other is of this one.
AWAY = re.compile(r"[\x00-\x20]*(?:[a-z][a-z0-9+.-]*:|[/\\]{2})", re.IGNORECASE)
#: Stored so often, as a server does every minute.
STORED_EVERY = 1000


class Answer(NamedTuple):
    """The status of an answer, and what was wrong with it: nothing, as a rule."""

    number: int
    status: int
    wrong: str


class Half(NamedTuple):
    """What became of the requests of one process: MiB in use after each tenth of them."""

    statuses: Counter[int]
    wrong: int
    memory: list[int]
    views: set[str]


class Listener(logging.Handler):
    """Keeps what was logged as an error, a traceback that no reader sees, and what was pressed."""

    def __init__(self) -> None:
        super().__init__(logging.ERROR)
        self.said: list[str] = []
        self.pressed = False

    def press(self, **_: object) -> None:
        self.pressed = True

    def emit(self, record: logging.LogRecord) -> None:
        if not record.name.startswith("django.security"):  # a request that was refused with 400
            self.said.append(self.format(record))


def ask(seed: int, numbers: Iterable[int], known: Known) -> Iterator[Answer]:
    """Send requests, undo what each did, and yield what it was answered."""
    from django.conf import settings
    from django.db import connection, transaction

    from guide.reading.live import forget
    from legrelief.wsgi import application
    from tests.fuzz_requests import PROXIED, TWO_FACTOR, request

    with _listening() as listener:
        for number in numbers:
            environ = request(seed, number, known)
            settings.BEHIND_PROXY, settings.TWO_FACTOR = environ[PROXIED], environ[TWO_FACTOR]
            secure = ("HTTP_X_FORWARDED_PROTO", "https")
            settings.SECURE_PROXY_SSL_HEADER = secure if environ[PROXIED] else None
            with transaction.atomic():
                # At the end of a request Django closes what is in a transaction not its own.
                with patch.object(connection, "close_if_unusable_or_obsolete"):
                    status, wrong = _answered(application, environ)
                transaction.set_rollback(True)
            if listener.pressed:  # an edition that never was
                forget()
            yield Answer(number, status, "\n".join(filter(None, [wrong, *listener.said])))
            listener.pressed, listener.said = False, []


@contextmanager
def _listening() -> Iterator[Listener]:
    """Listen to what is logged and published."""
    from django.db.models.signals import post_save

    from guide.models import Edition

    listener = Listener()
    loggers = [logging.getLogger(name) for name in ("", "django")]
    for logger in loggers:
        logger.addHandler(listener)
    post_save.connect(listener.press, sender=Edition)
    try:
        yield listener
    finally:
        post_save.disconnect(listener.press, sender=Edition)
        for logger in loggers:
            logger.removeHandler(listener)


def _answered(application: Any, environ: dict[str, Any]) -> tuple[int, str]:
    """Return the status of an answer, and what is wrong with it."""
    started: list[Any] = []
    try:
        answer = application(environ, lambda status, headers, *_: started.extend((status, headers)))
        body = b"".join(answer)
        if hasattr(answer, "close"):
            answer.close()
    except Exception:
        return 500, traceback.format_exc()
    status, headers = int(started[0].split()[0]), dict(started[1])
    return status, _wrong(status, headers, body)


def _wrong(status: int, headers: dict[str, str], body: bytes) -> str:
    if status >= 500:
        return f"Answered with {status}"
    if b"Traceback (most" in body:
        return "A traceback is in the page"
    if any(sign in f"{name}{value}" for name, value in headers.items() for sign in "\r\n"):
        return "A header has two lines"
    leads_to = headers.get("Location", "/")
    if AWAY.match(leads_to) and not leads_to.startswith("https://localhost/"):
        return f"Leads to another site: {leads_to}"
    is_page = body and headers.get("Content-Type", "").startswith("text/html")
    return "A page without a policy" if is_page and CSP not in headers else ""


def half(seed: int, numbers: list[int], known: Known) -> Half:
    """Ask in a process of its own, and say what became of it."""
    from guide.counting import pages, searches
    from guide.metrics import _requests

    statuses, memory, wrong = Counter[int](), list[int](), 0
    for place, answer in enumerate(ask(seed, numbers, known), 1):
        statuses[answer.status] += 1
        if answer.wrong:
            wrong += 1
            print(f"Request {answer.number}: {answer.wrong}\n", flush=True)
        if place % STORED_EVERY == 0:
            pages.buffer.flush()
            searches.buffer.flush()
        if place * 10 // len(numbers) > len(memory):
            memory.append(_memory())
    return Half(statuses, wrong, memory, {view for view, _ in _requests})


def main() -> None:
    seed = int(os.environ.get("SEED") or random.SystemRandom().randrange(10**6))
    first, count = int(os.environ.get("FIRST") or 0), int(os.environ.get("COUNT") or COUNT)
    print(f"Seed {seed}, requests {first} to {first + count - 1}", flush=True)
    began = time.monotonic()
    with tempfile.TemporaryDirectory() as folder:
        halves = _halves(Path(folder), seed, range(first, first + count))
    print(f"{count:,} requests in {(time.monotonic() - began) / 60:.1f} minutes")
    sys.exit(_told(halves, whole=count >= COUNT))


def _halves(folder: Path, seed: int, numbers: range) -> list[Half]:
    """Load a guide, and let each half of the requests meet a copy of it."""
    database = folder / "guide.sqlite3"
    known = _prepared(database)
    from tests.fuzz_requests import is_for_desk

    with ExitStack() as pools:
        asked = []
        for desk in (False, True):
            mine = [number for number in numbers if is_for_desk(number) is desk]
            copy = str(shutil.copy(database, folder / f"{desk}.sqlite3"))
            anew = get_context("spawn")  # what was read before is not in its memory
            pool = ProcessPoolExecutor(1, anew, initializer=_set_up, initargs=(copy,))
            asked.append(pools.enter_context(pool).submit(half, seed, mine, known))
        return [found.result() for found in asked]


def _told(halves: list[Half], *, whole: bool) -> str | None:
    """Print what became of the requests; return why that will not do, if it will not."""
    statuses = sum((half.statuses for half in halves), Counter[int]())
    total, wrong = statuses.total(), sum(half.wrong for half in halves)
    for status, number in sorted(statuses.items()):
        print(f"  {status}: {number:6,} ({number / total:.1%})")
    for name, found in zip(("Readers", "Desk"), halves, strict=True):
        print(f"{name}: {found.statuses.total():,} requests, MiB after each tenth: {found.memory}")
    if wrong:
        return f"{wrong} were answered with an error"
    if not whole:
        return None
    if unmet := _views() - set().union(*(half.views for half in halves)):
        return f"Never met: {', '.join(sorted(unmet))}"
    fine = sum(number for status, number in statuses.items() if status < 400) / total
    if fine < LEAST_FINE or statuses[429] / total > MOST_HELD_UP:
        return "Too few requests got as far as a page"
    grown = max(half.memory[-1] - half.memory[WARM_AFTER - 1] for half in halves)
    return f"Memory grew by {grown} MiB" if grown > GROWTH else None


def _views() -> set[str]:
    """Return the names of all views, as the guide counts requests by them."""
    from django.urls import resolve

    from tests.fuzz_known import filled, patterns

    return {
        resolve(filled(one, {}, lambda _: "1")).view_name or "unnamed"
        for one in patterns()
        if "(?P<" not in one
    }


def _prepared(database: Path) -> Known:
    """Load the guide into an empty database, and read what there is to know of it."""
    database.touch()  # the server makes none
    _set_up(str(database))
    from django.core.management import call_command
    from django.db import connections

    from tests.fuzz_known import known

    call_command("migrate", verbosity=0)
    call_command("load_guide", verbosity=0)
    call_command("refresh_search", verbosity=0)
    found = known()
    connections.close_all()
    return found


def _set_up(database: str) -> None:
    """Set Django up as in production, over TLS. Signing in is made quick."""
    os.environ |= {
        "DJANGO_SETTINGS_MODULE": "legrelief.settings",
        "DATABASE_URL": f"sqlite:///{database}",
        "LEGRELIEF_ENV": "production",
        "LEGRELIEF_SECRET_KEY": "signs nothing but what is thrown away, with the database",
        "LEGRELIEF_ALLOWED_HOSTS": "localhost",
        "LEGRELIEF_METRICS": "true",
        "LEGRELIEF_IDLE_MINUTES": str(24 * 60),
    }
    from django.conf import settings

    import legrelief.wsgi  # noqa: F401  # which sets Django up

    for handler in logging.getLogger().handlers:
        handler.setLevel(logging.CRITICAL + 1)  # what is wrong is printed with its request
    settings.COUNTS_STORED_EVERY = 0  # told when, and not by a clock
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
    static = "django.contrib.staticfiles.storage.StaticFilesStorage"  # none are collected here
    settings.STORAGES = {**settings.STORAGES, "staticfiles": {"BACKEND": static}}


def _memory() -> int:
    """Return how much of the machine's memory this process has, in MiB."""
    gc.collect()
    pages = int(Path("/proc/self/statm").read_text().split()[1])
    return pages * os.sysconf("SC_PAGESIZE") >> 20


if __name__ == "__main__":
    main()
