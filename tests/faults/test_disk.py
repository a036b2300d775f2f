"""The disk under an SQLite database, on the real server: it is full, or away for a while."""

from __future__ import annotations

import os
import resource
import signal
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.faults.desk import Form, Person
from tests.faults.test_database import MAKE, PASSWORD, told, wait_until
from tests.publishing.test_two_processes import finish, shell
from tests.served import Answer, Browser, Served, served

#: Enough for both workers to be asked, and each of an address that nobody has asked for yet.
TIMES = range(12)


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    with served(tmp_path_factory.mktemp("disk")) as server:
        finish(shell(f"sqlite:///{server.database}", MAKE))
        yield server


def room(server: Served, left: int) -> None:
    """Let no worker write to a file past so many bytes."""
    for worker in server.workers():
        resource.prlimit(worker, resource.RLIMIT_FSIZE, (left, resource.RLIM_INFINITY))


def test_on_a_full_disk_staff_are_told_readers_read_on_and_room_is_all_it_takes(
    server: Served,
) -> None:
    reader, person = Browser(server), Person(server, "sue", PASSWORD)
    page = "/admin/guide/faq/1/change/"
    form = Form(person.browser.send(page).body).data
    workers = server.workers()

    def save(question: str) -> Answer:
        return person.browser.send(page, {**form, "question": question})

    room(server, 0)
    for _ in TIMES:
        told(save("Is there room?"))
    assert {reader.send(f"/faq/?full={time}").status for time in TIMES} == {200}
    room(server, resource.RLIM_INFINITY)
    assert save("Is there room again?").status == 302
    assert b">\nIs there room again?</textarea>" in person.browser.send(page).body
    assert server.workers() == workers


def test_a_server_waits_for_its_database_and_makes_no_empty_one_in_its_place(
    server: Served, tmp_path: Path
) -> None:
    reader, home = Browser(server), server.database.parent
    moved = [*home.glob("guide.sqlite3*")]
    for file in moved:
        file.rename(tmp_path / file.name)
    # Who has the file open has it still, so both workers have to be new ones.
    old = server.workers()
    for worker in old:
        os.kill(worker, signal.SIGKILL)
    wait_until(lambda: len(set(server.workers()) - set(old)) == len(old))

    for time in TIMES:
        told(reader.send(f"/faq/?away={time}"))
    assert [reader.send(path).status for path in ("/healthz", "/readyz")] == [200, 503]
    assert [*home.glob("guide.sqlite3*")] == []
    log = (server.folder / "logs" / "stderr").read_text()
    assert "unable to open database file" in log

    workers = server.workers()
    for file in moved:
        (tmp_path / file.name).rename(file)
    assert {reader.send(f"/faq/?back={time}").status for time in TIMES} == {200}
    assert reader.send("/readyz").status == 200
    assert server.workers() == workers
