"""What the README says about the code is true."""

from __future__ import annotations

import re
from pathlib import Path

from django.core.management import get_commands

from legrelief.env import VARIABLES

ROOT = Path(__file__).resolve().parent.parent
README = (ROOT / "README.md").read_text(encoding="utf-8")


def test_the_settings_table_is_the_settings_of_the_code() -> None:
    table = re.findall(r"^\| `([A-Z_]+)` \| (?:`([^`]*)`)? ?\| (.*) \|$", README, re.MULTILINE)
    assert table == [(row.name, row.default, row.meaning) for row in VARIABLES]


def test_every_command_that_it_names_exists() -> None:
    named = set(re.findall(r"manage\.py (\w+)", README))
    assert named
    assert named <= get_commands().keys()


def test_every_make_verb_that_it_names_exists() -> None:
    verbs = set(re.findall(r"`?make ([a-z]+)\b", README)) - {"sure"}
    makefile = (ROOT / "Makefile").read_text(encoding="utf-8")
    assert {"serve", "test", "staff"} <= verbs
    assert verbs <= set(re.findall(r"^([a-z]+):", makefile, re.MULTILINE))


def test_every_file_and_folder_that_it_names_exists() -> None:
    named = re.findall(r"`(\w[\w./-]*(?:/|\.txt|\.py))`|\]\(([\w./-]+)\)", README)
    missing = [name for pair in named for name in pair if name and not _exists(name)]
    assert missing == []


def _exists(name: str) -> bool:
    return any((base / name).exists() for base in (ROOT, ROOT / "guide"))
