"""A drill: a copy is taken while somebody writes without a pause, and put back whole."""

from __future__ import annotations

import shutil
import sqlite3
import time
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

import pytest

from tests.publishing.test_two_processes import finish, manage, postgres_database, shell

__all__ = ["postgres_database"]

MAKE = """
from guide.models import Country
from guide.publishing.press import publish
country = Country.objects.create(
    slug="zz", name="Land 0", is_default=True, emergency="911", urgent="a line",
    emergency_room="the ER",
)
publish(country, who="a test")
"""
WRITE = """
from guide.models import Country
from guide.publishing.press import publish
country = Country.objects.get(slug="zz")
for number in range(1, 100000):
    country.name = f"Land {number}"
    country.save()
    publish(country, who="a test")
"""
#: Every edition but the last was followed by another, and the desk is that of the last or newer.
STATE = """
from guide.models import Country, Edition
numbers = list(Edition.objects.order_by("number").values_list("number", flat=True))
assert numbers == list(range(1, len(numbers) + 1)), numbers
newest = Edition.objects.order_by("-number").first()
assert Country.objects.get(slug="zz").version >= newest.version
print(len(numbers))
"""


@contextmanager
def writing(database: str) -> Iterator[None]:
    """Somebody publishes again and again meanwhile."""
    finish(manage(database, "migrate", "--verbosity", "0"))
    finish(shell(database, MAKE))
    writer = shell(database, WRITE)
    try:
        time.sleep(3)
        yield
        assert writer.poll() is None
    finally:
        writer.kill()
        writer.communicate()


def editions(database: str) -> int:
    return int(finish(shell(database, STATE)))


def drill(database: str, other: str, folder: Path) -> None:
    with writing(database):
        finish(manage(database, "backup", str(folder)))
    assert "zz" in (folder / "fixtures" / "countries.yaml").read_text()
    finish(manage(other, "restore", str(folder)))
    assert 1 < editions(other) < editions(database)


def sqlite(folder: Path, name: str) -> str:
    return f"sqlite:///{folder / name}"


def test_on_sqlite_a_copy_taken_under_a_writer_is_put_back_whole(tmp_path: Path) -> None:
    drill(sqlite(tmp_path, "one.sqlite3"), sqlite(tmp_path, "two.sqlite3"), tmp_path / "copy")


@pytest.mark.postgres
def test_on_postgresql_a_copy_taken_under_a_writer_is_put_back_whole(
    postgres_database: str, tmp_path: Path
) -> None:
    with writing(postgres_database):
        finish(manage(postgres_database, "backup", str(tmp_path / "copy")))
    before = editions(postgres_database)
    finish(manage(postgres_database, "restore", str(tmp_path / "copy"), "--replace"))
    assert 1 < editions(postgres_database) < before


@pytest.fixture
def copied(tmp_path: Path) -> tuple[str, Path]:
    """A small guide, and a backup of it."""
    database, folder = sqlite(tmp_path, "guide.sqlite3"), tmp_path / "copy"
    finish(manage(database, "migrate", "--verbosity", "0"))
    finish(shell(database, MAKE))
    finish(manage(database, "backup", str(folder)))
    return database, folder


def refused(database: str, *words: str) -> str:
    process = manage(database, *words)
    said, _ = process.communicate(timeout=300)
    assert process.returncode == 1, said
    return said


def test_nothing_is_written_over_unasked(copied: tuple[str, Path]) -> None:
    database, folder = copied
    assert "is not empty" in refused(database, "backup", str(folder))
    assert "Say --replace" in refused(database, "restore", str(folder))
    finish(manage(database, "restore", str(folder), "--replace"))
    assert editions(database) == 1


def test_a_damaged_or_foreign_copy_is_refused_and_changes_nothing(
    copied: tuple[str, Path], tmp_path: Path
) -> None:
    database, folder = copied
    assert "holds no guide.sqlite3" in refused(
        database, "restore", str(tmp_path / "no"), "--replace"
    )
    copy = folder / "guide.sqlite3"
    whole = copy.read_bytes()
    copy.write_bytes(whole[: len(whole) // 2])
    assert "cannot be read" in refused(database, "restore", str(folder), "--replace")
    copy.unlink()
    with closing(sqlite3.connect(copy)) as other:
        other.execute("CREATE TABLE foreign_one (id)")
    assert "cannot be read" in refused(database, "restore", str(folder), "--replace")
    assert editions(database) == 1


def test_half_a_backup_is_not_left_behind(copied: tuple[str, Path], tmp_path: Path) -> None:
    database, folder = copied
    shutil.rmtree(folder)
    (tmp_path / "guide.sqlite3").write_bytes(b"no database")
    refused(database, "backup", str(folder))
    assert not folder.exists()
