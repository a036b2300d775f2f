"""kill -9, of a worker and of the whole server, in the middle of 200 publishes and admin saves."""

from __future__ import annotations

import json
import os
import random
import signal
import sqlite3
from contextlib import closing
from pathlib import Path
from threading import Timer

from guide.pages.rows import digest
from tests.faults.desk import Person
from tests.publishing.test_two_processes import finish, shell
from tests.served import Served, served

#: Each time is a save and a publish. A worker dies in each fourth, the server after each round.
ROUNDS, TIMES, EACH = 2, 50, 4
HERE = "WHERE slug = 'can-i-use-heat'"
PASSWORD = "a-long-test-password"
MAKE = f"""
from django.contrib.auth.models import User
from guide.models import FAQ
User.objects.create_superuser("sue", password="{PASSWORD}")
print(FAQ.objects.get(slug="can-i-use-heat").pk)
"""


def kill_one(server: Served, chance: random.Random, killed: list[int]) -> None:
    """Kill a worker, in whatever it is doing."""
    if workers := server.workers():
        killed.append(chance.choice(workers))
        os.kill(killed[-1], signal.SIGKILL)


def kill_all(server: Served) -> None:
    assert server.process is not None
    for pid in (server.process.pid, *server.workers()):
        os.kill(pid, signal.SIGKILL)
    server.process.wait()


class Work:
    """What one person sent, and what the server said was done."""

    def __init__(self, pk: str) -> None:
        self.page = f"/admin/guide/faq/{pk}/"
        self.sent = 0
        self.saved: list[int] = []
        self.published: list[int] = []

    def go_on(self, person: Person) -> None:
        self.sent += 1
        if person.send(f"{self.page}change/", question=question(self.sent)):
            self.saved.append(self.sent)
            if person.send(f"{self.page}publish/", note=f"Number {self.sent}"):
                self.published.append(self.sent)


def question(number: int) -> str:
    return f"Can I use heat on leg {number}?"


def worked(folder: Path) -> tuple[Work, Path]:
    """Save and publish while workers die, and at the end of each round the whole server."""
    chance = random.Random(7)
    work: Work | None = None
    person: Person | None = None
    killed: list[int] = []
    for _ in range(ROUNDS):
        with served(folder) as server:
            if person is None or work is None:
                made = finish(shell(f"sqlite:///{server.database}", MAKE))
                person, work = Person(server, "sue", PASSWORD), Work(made.split()[-1])
            person.at(server)
            for number in range(TIMES):
                timer = Timer(chance.uniform(0, 0.4), kill_one, [server, chance, killed])
                if number % EACH == 0:
                    timer.start()
                work.go_on(person)
                while timer.is_alive():  # a fast machine is done before the worker dies
                    work.go_on(person)
            last = Timer(chance.uniform(0, 0.4), kill_all, [server])
            last.start()
            while last.is_alive():
                work.go_on(person)
    assert work is not None
    assert len(killed) > ROUNDS * TIMES / EACH / 2
    assert len(work.saved) + len(work.published) > ROUNDS * TIMES  # most came through
    return work, server.database


def test_nothing_is_half_written_and_nothing_that_was_answered_is_lost(tmp_path: Path) -> None:
    work, database = worked(tmp_path)
    with closing(sqlite3.connect(database)) as link:
        assert link.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
        assert link.execute("PRAGMA foreign_key_check").fetchall() == []
        titles = titles_of_whole_editions(link)
        # Every publish that was answered is there, and none twice.
        assert {question(number) for number in work.published} <= set(titles)
        assert len(titles) == len(set(titles))
        # The last save that was answered is on the desk, or one that died before its answer.
        ((found, version),) = link.execute(f"SELECT question, version FROM guide_faq {HERE}")
        assert found in {question(number) for number in range(work.saved[-1], work.sent + 1)}
        assert len(work.saved) < version <= work.sent + 1
        # An edition and its place in the search are stored together or not at all.
        place = "SELECT title FROM guide_searchdocument WHERE unit = 'faq/can-i-use-heat'"
        assert link.execute(place).fetchall() == [(titles[-1],)]


def titles_of_whole_editions(link: sqlite3.Connection) -> list[str]:
    """Return the titles of the page's editions. None is half-written; no number is missing."""
    find = f"SELECT number, title, rows, digest FROM guide_edition {HERE} AND kind = 'faq'"
    editions = link.execute(f"{find} ORDER BY number").fetchall()
    assert [number for number, *_ in editions] == list(range(1, len(editions) + 1))
    for _, title, rows, found in editions:
        assert digest(json.loads(rows)) == found
        assert json.loads(rows)[0]["fields"]["question"] == title
    return [title for _, title, *_ in editions]
