"""What test_search.py says of searches holds on PostgreSQL too."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path
from uuid import uuid4

import pytest

ROOT = Path(__file__).resolve().parent.parent.parent
FILES = ("tests/reading/test_search.py", "tests/publishing/test_search.py")


@pytest.mark.postgres
def test_the_same_is_found_on_postgresql() -> None:
    head, _, query = os.environ["TEST_DATABASE_URL"].partition("?")
    database = f"{head.rpartition('/')[0]}/search_{uuid4().hex}?{query}"
    run = subprocess.run(
        [sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider", *FILES],
        cwd=ROOT,
        env={**os.environ, "DATABASE_URL": database},
        capture_output=True,
        text=True,
        check=False,
    )
    assert run.returncode == 0, run.stdout
