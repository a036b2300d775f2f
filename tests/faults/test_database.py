"""A database that is only to be read, full, or gone: what readers and staff get meanwhile, and that
nothing has to be started anew once it is well again."""

from __future__ import annotations

import os
import signal
import time
from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from urllib.parse import urlsplit

import psycopg
import pytest

from tests.faults.desk import Form, Person
from tests.publishing.test_two_processes import finish, manage, postgres_database, shell
from tests.served import Answer, Browser, served

__all__ = ["postgres_database"]

PASSWORD = "a-long-test-password"
MAKE = f"""
from django.contrib.auth.models import User
User.objects.create_superuser("sue", password="{PASSWORD}")
"""

#: On SQLite faults are made in the process itself: root could write to any file.
ON_SQLITE = """
import os
from pathlib import Path
from django.contrib.auth.models import User
from django.db import connection
from django.test import Client
from django.test.utils import setup_test_environment
from guide.models import Edition, SearchDocument, Section
from tests import make
from tests.admin.desk import address, opened, press

setup_test_environment(debug=False)
staff, reader = Client(raise_request_exception=False), Client(raise_request_exception=False)
staff.force_login(User.objects.create_superuser("sue"))
section = make.section()
make.published(section.article)
make.published(section)


def pragma(words):
    with connection.cursor() as cursor:
        cursor.execute("PRAGMA " + words)
        return cursor.fetchone()


def save(title):
    return staff.post(address(section), {**form, "title": title})


def told(answer):
    assert answer.status_code == 503, answer
    assert b"back soon" in answer.content and b"Traceback" not in answer.content
    assert answer.headers["Retry-After"]


form = opened(staff, address(section))
"""
READ_ONLY = """
pragma("query_only = ON")
assert reader.get("/guide/ease-a-cramp/").status_code == 200
told(save("Not stored"))
told(reader.post("/admin/login/", {"username": "sue", "password": "wrong"}))
pragma("query_only = OFF")
assert Section.objects.get().title == "Heat and cold"
assert save("Stored").status_code == 302
assert Section.objects.get().title == "Stored"
"""
FULL = """
pages = pragma("page_count")[0]
pragma(f"max_page_count = {pages + 4}")
number, status = 1, 302
while status == 302:
    number += 1
    assert number < 400
    answer = save(f"Warmth {number}")
    form = opened(staff, address(section)) if answer.status_code == 302 else form
    if answer.status_code == 302:
        version = staff.get(address(section, "publish")).context["form"]["version"].value()
        sent = {"note": "Longer", "version": version}
        answer = staff.post(address(section, "publish"), sent)
    status = answer.status_code
told(answer)
assert reader.get("/guide/ease-a-cramp/").status_code == 200
assert pragma("integrity_check") == ("ok",)
editions = Edition.objects.of("section", section.slug).order_by("number")
assert [one.number for one in editions] == list(range(1, len(editions) + 1))
assert SearchDocument.objects.get(unit="section/heat-cold").title == editions.last().title
pragma("max_page_count = 1073741823")
form = opened(staff, address(section))
assert save("There is room").status_code == 302
press(staff, section)
assert b"There is room" in reader.get("/guide/ease-a-cramp/").content
"""
GONE = """
kept = reader.get("/guide/ease-a-cramp/")
folder = Path(os.environ["DATABASE_URL"].removeprefix("sqlite:///")).parent
connection.close()
folder.rename(folder.with_name("away"))
assert reader.get("/guide/ease-a-cramp/").content == kept.content
told(reader.get("/stretches/"))
told(staff.get(address(section)))
assert reader.get("/healthz").status_code == 200
assert reader.get("/readyz").status_code == 503
folder.with_name("away").rename(folder)
assert reader.get("/stretches/").status_code == 200
assert save("Back again").status_code == 302
"""


@pytest.mark.parametrize("fault", [READ_ONLY, FULL, GONE], ids=["read-only", "full", "gone"])
def test_on_sqlite_staff_are_told_readers_read_on_and_nothing_is_started_anew(
    fault: str,
    tmp_path: Path,
) -> None:
    (tmp_path / "static").mkdir()
    (tmp_path / "data").mkdir()
    plain = "django.contrib.staticfiles.storage.StaticFilesStorage"
    statics = (
        "from django.conf import settings\n"
        f"settings.STORAGES['staticfiles']['BACKEND'] = '{plain}'\n"
        f"settings.STATIC_ROOT = {str(tmp_path / 'static')!r}\n"
    )
    database = f"sqlite:///{tmp_path}/data/guide.sqlite3"
    finish(manage(database, "migrate", "--verbosity", "0"))
    output = finish(shell(database, statics + ON_SQLITE + fault))
    # What went wrong is in the log, where it happened.
    assert "OperationalError" in output


class OfPostgres:
    """A database on a server that others use too: it is taken from us alone."""

    def __init__(self, address: str) -> None:
        self.name = urlsplit(address).path.removeprefix("/")

    def say(self, *statements: str) -> None:
        server = os.environ["TEST_DATABASE_URL"]
        with closing(psycopg.connect(server, autocommit=True)) as link:
            for statement in statements:
                link.execute(statement)

    def cut(self) -> str:
        who = f"FROM pg_stat_activity WHERE datname = '{self.name}'"
        return f"SELECT pg_terminate_backend(pid) {who}"

    def away(self) -> None:
        self.say(f'ALTER DATABASE "{self.name}" ALLOW_CONNECTIONS false', self.cut())

    def back(self) -> None:
        self.say(f'ALTER DATABASE "{self.name}" ALLOW_CONNECTIONS true')

    def read_only(self, state: str) -> None:
        setting = f"default_transaction_read_only = {state}"
        self.say(f'ALTER DATABASE "{self.name}" SET {setting}', self.cut())


def told(answer: Answer) -> None:
    assert answer.status == 503, answer
    assert b"back soon" in answer.body
    assert b"Traceback" not in answer.body
    assert answer.headers["Retry-After"]


def sign_in(browser: Browser) -> Answer:
    """Send the form with which staff sign in, which stores a session."""
    form = Form(browser.send("/admin/login/").body).data
    return browser.send("/admin/login/", {**form, "username": "sue", "password": PASSWORD})


def wait_until(true: Callable[[], bool]) -> None:
    for _ in range(100):
        if true():
            return
        time.sleep(0.1)
    raise AssertionError("Waited in vain.")


@pytest.mark.postgres
def test_on_postgresql_the_server_itself_outlives_a_database_that_goes(
    postgres_database: str, tmp_path: Path
) -> None:
    database = OfPostgres(postgres_database)
    with served(tmp_path, DATABASE_URL=postgres_database) as server:
        assert server.process is not None
        server.process.send_signal(signal.SIGTTOU)  # one worker: what it keeps, all readers get
        wait_until(lambda: len(server.workers()) == 1)
        workers = server.workers()
        finish(shell(postgres_database, MAKE))
        reader, person = Browser(server), Person(server, "sue", PASSWORD)
        kept = reader.send("/guide/")
        assert kept.status == 200

        database.away()
        time.sleep(0.6)  # what is kept is asked about at most twice a second
        assert reader.send("/guide/").body == kept.body
        told(reader.send("/guide/ease-a-cramp/"))
        told(person.browser.send("/admin/"))
        assert [reader.send(path).status for path in ("/healthz", "/readyz")] == [200, 503]
        database.back()
        wait_until(lambda: reader.send("/guide/ease-a-cramp/").status == 200)
        assert person.browser.send("/admin/").status == 200

        database.read_only("on")
        wait_until(lambda: reader.send("/guide/better-nights/").status == 200)
        told(sign_in(Browser(server)))
        database.read_only("off")
        wait_until(lambda: sign_in(Browser(server)).status == 302)
        assert server.workers() == workers
    log = (tmp_path / "logs" / "stderr").read_text()
    assert "The database does not answer: going on with the guide as it was" in log
