"""What this project needs of the machine, asked by `manage.py check`."""

from __future__ import annotations

import sqlite3
from collections.abc import Sequence
from contextlib import closing
from typing import Any

from django.core.checks import CheckMessage, Error
from django.db import connection


def full_text_search(app_configs: Sequence[Any] | None, **kwargs: Any) -> list[CheckMessage]:
    """SQLite can be compiled without FTS5; search stands on it."""
    if connection.vendor != "sqlite" or has_fts5():
        return []
    return [
        Error(
            "The SQLite of this Python lacks FTS5, which search needs.",
            hint="Use a Python whose SQLite has it, or PostgreSQL (DATABASE_URL).",
            id="guide.E001",
        )
    ]


def has_fts5() -> bool:
    with closing(sqlite3.connect(":memory:")) as memory:
        try:
            memory.execute("CREATE VIRTUAL TABLE probe USING fts5(words)")
        except sqlite3.OperationalError:
            return False
    return True
