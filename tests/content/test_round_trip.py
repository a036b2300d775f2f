from __future__ import annotations

from pathlib import Path

import pytest

from tests.conftest import Loaded
from tests.content.conftest import FIXTURES

# Without the mark, pytest-django would give `loaded` no test database.
pytestmark = pytest.mark.django_db


def files(folder: Path) -> dict[str, str]:
    return {
        path.relative_to(folder).as_posix(): path.read_text() for path in folder.rglob("*.yaml")
    }


def test_loading_the_fixtures_and_dumping_them_changes_no_byte(loaded: Loaded) -> None:
    """If this fails after an edit, run `make fixtures`: it writes them in their own order."""
    written, dumped = files(FIXTURES), files(loaded.dumped)
    assert set(written) == set(dumped)
    assert [name for name in written if written[name] != dumped[name]] == []


def test_every_unit_of_the_fixtures_is_published_once(loaded: Loaded) -> None:
    assert {edition.number for edition in loaded.editions} == {1}
    assert all(edition.live_from and not edition.withdrawn for edition in loaded.editions)
    assert {edition.kind for edition in loaded.editions} >= {"article", "section", "stretch", "faq"}
