from __future__ import annotations

import pytest
from django.core.checks import run_checks
from django.db import connection

from guide import checks


def found() -> list[str | None]:
    return [message.id for message in run_checks() if str(message.id).startswith("guide.")]


def test_this_python_can_search() -> None:
    assert checks.has_fts5()
    assert found() == []


def test_an_sqlite_without_full_text_search_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(checks, "has_fts5", lambda: False)
    assert found() == (["guide.E001"] if connection.vendor == "sqlite" else [])
