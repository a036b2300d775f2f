"""Two people save the same page at the same moment: the second waits, and is told."""

from __future__ import annotations

import pytest

from tests.publishing.test_two_processes import finish, manage, postgres_database, shell

__all__ = ["postgres_database"]

SCRIPT = """
from threading import Thread
from time import sleep

from django.contrib.auth.models import User
from django.db import connection, connections, transaction
from django.test import Client
from django.test.utils import setup_test_environment

from guide.models import Section
from tests import make
from tests.admin.desk import address, opened

setup_test_environment(debug=True)
second = Client()
second.force_login(User.objects.create_superuser("sue"))
section = make.section()
mine = {**opened(second, address(section)), "title": "Mine"}


def save_mine():
    answers.append(second.post(address(section), mine))
    connections.close_all()


def somebody_waits():
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM pg_locks WHERE NOT granted")
        return cursor.fetchone()[0] > 0


answers = []
thread = Thread(target=save_mine)
with transaction.atomic():
    section.title = "Theirs"
    section.save()
    thread.start()
    while thread.is_alive() and not somebody_waits():
        sleep(0.01)
thread.join()
(answer,) = answers
assert answer.status_code == 200, answer
assert "while you had this page open" in answer.content.decode()
assert Section.objects.get().title == "Theirs"
"""


@pytest.mark.postgres
def test_who_saves_while_another_is_saving_waits_and_is_told(
    postgres_database: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("LEGRELIEF_DEBUG", "true")  # static files by their own names
    finish(manage(postgres_database, "migrate", "--verbosity", "0"))
    finish(shell(postgres_database, SCRIPT))
