"""A backup and the way back, as a drill: under somebody who goes on publishing."""

from __future__ import annotations

import json
import shutil
import sqlite3
import stat
import time
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

import pytest

from tests.publishing.test_two_processes import finish, manage, postgres_database, shell

__all__ = ["postgres_database"]

MAKE = """
from django.core.management import call_command
from guide.models import Article
call_command("migrate", verbosity=0)
from django.contrib.auth.models import User
User.objects.create_superuser("sue", password="a-long-test-password")
Article.objects.create(slug="a", title="Number 0", summary="An article.")
"""
# Each edition says its number in its title, and is told of once it is stored.
WRITE = """
from itertools import count
from guide.models import Article
from guide.publishing.press import publish
for number in count(1):
    article = Article.objects.get()
    article.title = f"Number {number}"
    article.save()
    publish(article, who="a writer")
    print(number, file=open("{told}", "a"), flush=True)
"""
STATE = """
from guide.models import Article, Edition
print(*Edition.objects.order_by("number").values_list("number", flat=True))
print(*[edition.rows[0]["fields"]["title"] for edition in Edition.objects.order_by("number")][-1:])
print(Article.objects.get().title)
"""


def made(database: str) -> str:
    finish(shell(database, MAKE))
    return database


def refused(database: str, *words: str) -> str:
    process = manage(database, *words)
    output, _ = process.communicate(timeout=300)
    assert process.returncode == 1, output
    assert "Traceback" not in output
    return output


@contextmanager
def writing(database: str, told: Path) -> Iterator[None]:
    """Publish all the while, as fast as the press can."""
    writer = shell(database, WRITE.replace("{told}", str(told)))
    try:
        wait_for_more(told, than=5)
        yield
        wait_for_more(told, than=last(told))
        assert writer.poll() is None
    finally:
        writer.kill()
        writer.communicate()


def last(told: Path) -> int:
    return len(told.read_text().split()) if told.exists() else 0


def wait_for_more(told: Path, *, than: int) -> None:
    for _ in range(1200):
        if last(told) > than:
            return
        time.sleep(0.05)
    raise AssertionError("The writer does not come on.")


def drill(database: str, another: str, folder: Path) -> None:
    """Back up under a writer, restore elsewhere, and compare to what the writer was told."""
    told, copy = folder / "told", folder / "copies" / "night"
    with writing(made(database), told):
        before = last(told)
        finish(manage(database, "backup", str(copy)))
        after = last(told)
    finish(manage(another, "restore", str(copy)))
    numbers, newest, title = finish(shell(another, STATE)).splitlines()
    found = [int(number) for number in numbers.split()]
    assert found == list(range(1, len(found) + 1))
    assert newest == f"Number {len(found)}"
    # All that was stored before it began is in it, and nothing from after its end. The writer may
    # have stored one more than it has told of.
    assert before <= len(found) <= after + 1
    # A title is saved before it is published, so the desk may be one ahead of the print.
    assert title in {f"Number {len(found)}", f"Number {len(found) + 1}"}
    # The readable files tell of the very same moment.
    assert title in (copy / "fixtures" / "articles" / "a.yaml").read_text()
    finish(manage(another, "dump_guide", str(folder / "dumped")))
    assert files(folder / "dumped") == files(copy / "fixtures")
    # What was restored is a database to go on with.
    finish(manage(another, "migrate", "--check"))
    with writing(another, folder / "told again"):
        pass


def files(folder: Path) -> dict[str, bytes]:
    paths = (path for path in folder.rglob("*") if path.is_file())
    return {str(path.relative_to(folder)): path.read_bytes() for path in paths}


def test_on_sqlite_a_backup_under_a_writer_comes_back_whole(tmp_path: Path) -> None:
    drill(f"sqlite:///{tmp_path}/one.sqlite3", f"sqlite:///{tmp_path}/two.sqlite3", tmp_path)


def test_newer_code_does_not_copy_a_database_that_waits_for_it(tmp_path: Path) -> None:
    database = f"sqlite:///{tmp_path}/guide.sqlite3"
    finish(manage(database, "migrate", "guide", "0002"))
    assert "It waits for `migrate`" in refused(database, "backup", str(tmp_path / "copy"))
    assert [path.name for path in tmp_path.glob("copy*")] == []


@pytest.mark.postgres
def test_on_postgresql_a_backup_under_a_writer_comes_back_whole(
    postgres_database: str, another_database: str, tmp_path: Path
) -> None:
    drill(postgres_database, another_database, tmp_path)


another_database = postgres_database


@pytest.fixture(scope="module")
def sqlite(tmp_path_factory: pytest.TempPathFactory) -> str:
    """A database with a login and one edition, and a backup of it next to it."""
    folder = tmp_path_factory.mktemp("kept")
    database = f"sqlite:///{folder}/guide.sqlite3"
    press = 'from guide.publishing.press import publish; publish(Article.objects.get(), who="a")'
    finish(shell(database, f"{MAKE}\n{press}"))
    finish(manage(database, "backup", str(folder / "copy")))
    return database


@pytest.fixture
def copy(sqlite: str, tmp_path: Path) -> Path:
    kept = Path(sqlite.removeprefix("sqlite:///")).parent / "copy"
    return Path(shutil.copytree(kept, tmp_path / "copy"))


def test_a_backup_never_takes_the_place_of_another(sqlite: str, copy: Path) -> None:
    before = files(copy)
    assert "is there already" in refused(sqlite, "backup", str(copy))
    assert files(copy) == before


def test_a_backup_is_for_nobody_elses_eyes(copy: Path) -> None:
    assert stat.S_IMODE(copy.stat().st_mode) == 0o700


def test_a_backup_that_broke_off_is_not_taken_for_one(
    sqlite: str, copy: Path, tmp_path: Path
) -> None:
    (copy / "about.json").unlink()
    assert "is not a backup" in refused(f"sqlite:///{tmp_path}/new.sqlite3", "restore", str(copy))


def test_a_restore_overwrites_only_when_told_to(sqlite: str, copy: Path, tmp_path: Path) -> None:
    shutil.copy(copy / "database.sqlite3", tmp_path / "other.sqlite3")
    database = f"sqlite:///{tmp_path}/other.sqlite3"
    rename = 'from guide.models import Article; Article.objects.update(title="Mine")'
    finish(shell(database, rename))
    assert "not empty" in refused(database, "restore", str(copy))
    assert finish(shell(database, STATE)).split()[-1] == "Mine"
    finish(manage(database, "restore", str(copy), "--replace"))
    assert finish(shell(database, STATE)).splitlines() == ["1", "Number 0", "Number 0"]


@pytest.mark.postgres
def test_on_postgresql_a_restore_leaves_nothing_of_what_was_there(
    postgres_database: str, tmp_path: Path
) -> None:
    finish(manage(made(postgres_database), "backup", str(tmp_path / "copy")))
    ahead = 'from django.db import connection; connection.cursor().execute("CREATE TABLE ahead ()")'
    finish(shell(postgres_database, ahead))
    assert "not empty" in refused(postgres_database, "restore", str(tmp_path / "copy"))
    finish(manage(postgres_database, "restore", str(tmp_path / "copy"), "--replace"))
    tables = "from django.db import connection; print(connection.introspection.table_names())"
    assert "ahead" not in finish(shell(postgres_database, tables))


@pytest.mark.parametrize("name", ["database.sqlite3", "fixtures/articles/a.yaml"])
def test_a_damaged_backup_is_named_and_changes_nothing(sqlite: str, copy: Path, name: str) -> None:
    before = finish(shell(sqlite, STATE))
    damaged = bytearray((copy / name).read_bytes())
    damaged[len(damaged) // 2] ^= 0xFF
    (copy / name).write_bytes(damaged)
    assert f"is damaged: {name}" in refused(sqlite, "restore", str(copy), "--replace")
    assert finish(shell(sqlite, STATE)) == before


def test_a_copy_that_lost_an_edition_is_not_restored(copy: Path, sqlite: str) -> None:
    about = json.loads((copy / "about.json").read_text())
    (copy / "about.json").write_text(json.dumps({**about, "editions": 2}))
    assert "has 1 editions, not 2" in refused(sqlite, "restore", str(copy), "--replace")


@pytest.mark.postgres
def test_a_backup_of_the_other_database_says_what_can_be_loaded_of_it(
    copy: Path, postgres_database: str
) -> None:
    told = refused(postgres_database, "restore", str(copy))
    assert f"manage.py load_guide {copy}/fixtures" in told


def test_those_who_have_the_database_open_see_what_was_restored(
    sqlite: str, copy: Path, tmp_path: Path
) -> None:
    file = tmp_path / "served.sqlite3"
    shutil.copy(copy / "database.sqlite3", file)
    with closing(sqlite3.connect(file)) as link:
        count = "SELECT count(*) FROM guide_edition"
        with link:
            link.execute("PRAGMA journal_mode=WAL")
            link.execute("DELETE FROM guide_edition")
        assert link.execute(count).fetchone() == (0,)
        finish(manage(f"sqlite:///{file}", "restore", str(copy), "--replace"))
        assert link.execute(count).fetchone() == (1,)
