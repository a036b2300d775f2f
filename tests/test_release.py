"""What is deployed is known in a word."""

from __future__ import annotations

from pathlib import Path

import pytest
from django.test import override_settings

from guide.release import _deployed, release


@pytest.fixture(autouse=True)
def _nothing_read_yet() -> None:
    _deployed.cache_clear()


def test_a_deploy_is_known_by_its_code_its_files_its_templates_and_its_packages(
    tmp_path: Path,
) -> None:
    (tmp_path / "requirements.txt").write_text("old")
    with override_settings(BASE_DIR=tmp_path):
        seen = [anew()]
        for folder in ("guide", "legrelief", "static", "templates"):
            (tmp_path / folder).mkdir()
            (tmp_path / folder / "file.html").write_text("old")
            seen.append(anew())
            (tmp_path / folder / "file.html").write_text("new")
            seen.append(anew())
        (tmp_path / "requirements.txt").write_text("new")
        seen.append(anew())
        (tmp_path / "guide" / "__pycache__").mkdir()
        for name in ("one.pyc", "one.pyc.139872"):  # the second one while it is being written
            (tmp_path / "guide" / "__pycache__" / name).write_text("no change")
        (tmp_path / "var").mkdir()
        (tmp_path / "var" / "guide.sqlite3").write_text("no change")
        assert anew() == seen[-1]
    assert len(seen) == len(set(seen)) == 10


@pytest.mark.parametrize(
    ("setting", "value"),
    [
        ("SITE_ADDRESS", "https://legs.example"),
        ("FEEDBACK", "another"),
        ("TIME_ZONE", "Asia/Tokyo"),
    ],
)
def test_a_setting_that_shapes_pages_makes_another_release(setting: str, value: str) -> None:
    before = release()
    with override_settings(**{setting: value}):
        assert release() != before
    assert release() == before


def anew() -> str:
    _deployed.cache_clear()
    return release()
