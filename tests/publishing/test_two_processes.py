"""Two processes publish the same unit at once: nothing is lost and no number is skipped."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from uuid import uuid4

import pytest

ROOT = Path(__file__).resolve().parent.parent.parent
TIMES = 50

MAKE = """
from guide.models import Article
Article.objects.create(slug="a", title="A", summary="An article.")
"""
PRESS = f"""
from guide.models import Article
from guide.publishing.press import publish
article = Article.objects.get()
for _ in range({TIMES}):
    publish(article, who="a test")
"""
NUMBERS = """
from guide.models import Edition
print(*Edition.objects.order_by("number").values_list("number", flat=True))
"""


def manage(database: str, *words: str) -> subprocess.Popen[str]:
    return subprocess.Popen(
        [sys.executable, "manage.py", *words],
        cwd=ROOT,
        env={**os.environ, "DATABASE_URL": database},
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    )


def finish(process: subprocess.Popen[str]) -> str:
    output, _ = process.communicate(timeout=300)
    assert process.returncode == 0, output
    return output


def shell(database: str, code: str) -> subprocess.Popen[str]:
    return manage(database, "shell", "--no-imports", "-c", code)


def numbers_after_two_presses(database: str) -> list[int]:
    finish(manage(database, "migrate", "--verbosity", "0"))
    finish(shell(database, MAKE))
    for process in [shell(database, PRESS), shell(database, PRESS)]:
        finish(process)
    return [int(number) for number in finish(shell(database, NUMBERS)).split()]


@pytest.fixture
def postgres_database() -> Iterator[str]:
    """A database of its own on the PostgreSQL server that TEST_DATABASE_URL names."""
    import psycopg  # noqa: PLC0415  # only where a server is given

    server = os.environ["TEST_DATABASE_URL"]
    name = f"press_{uuid4().hex}"
    with closing(
        psycopg.connect(server.replace("postgres:", "postgresql:", 1), autocommit=True)
    ) as link:
        link.execute(f'CREATE DATABASE "{name}"')
        head, _, query = server.partition("?")
        yield f"{head.rpartition('/')[0]}/{name}" + (f"?{query}" if query else "")
        link.execute(f'DROP DATABASE "{name}" WITH (FORCE)')


def test_on_sqlite_both_publish_fifty_times(tmp_path: Path) -> None:
    numbers = numbers_after_two_presses(f"sqlite:///{tmp_path}/press.sqlite3")
    assert numbers == list(range(1, 2 * TIMES + 1))


@pytest.mark.postgres
def test_on_postgresql_both_publish_fifty_times(postgres_database: str) -> None:
    numbers = numbers_after_two_presses(postgres_database)
    assert numbers == list(range(1, 2 * TIMES + 1))
