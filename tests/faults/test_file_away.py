"""The file of an SQLite database is away for a while, as on a disk that is not there."""

from __future__ import annotations

import os
import signal
from pathlib import Path

from tests.faults.test_database import told, wait_until
from tests.served import Browser, served

PAGES = [f"/faq/?time={number}" for number in range(12)]  # enough for both workers


def test_a_server_waits_for_its_database_and_makes_no_empty_one_in_its_place(
    tmp_path: Path,
) -> None:
    with served(tmp_path) as server:
        reader, home, away = Browser(server), server.database.parent, tmp_path / "away"
        away.mkdir()
        moved = [*home.glob("guide.sqlite3*")]
        for file in moved:
            file.rename(away / file.name)
        # Who has the file open has it still, so both workers have to be new ones.
        old = server.workers()
        for worker in old:
            os.kill(worker, signal.SIGKILL)
        wait_until(lambda: len(set(server.workers()) - set(old)) == 2)

        for page in PAGES:
            told(reader.send(page))
        assert [reader.send(path).status for path in ("/healthz", "/readyz")] == [200, 503]
        assert [*home.glob("guide.sqlite3*")] == []

        workers = server.workers()
        for file in moved:
            (away / file.name).rename(file)
        assert {reader.send(page).status for page in PAGES} == {200}
        assert reader.send("/readyz").status == 200
        assert server.workers() == workers
    assert "unable to open database file" in (tmp_path / "logs" / "stderr").read_text()
