"""What docs/clinical-safety.md says about controls, tests and the ladder is true."""

from __future__ import annotations

import ast
import re
from functools import cache
from pathlib import Path

import pytest

from tests.triage.flows import NAMES, published

ROOT = Path(__file__).resolve().parent.parent
TEXT = (ROOT / "docs" / "clinical-safety.md").read_text(encoding="utf-8")
PARTS = ("Cause", "Possible effect", "Controls", "Proved by", "What is left")
SEVERITY = ("minor", "significant", "considerable", "major", "catastrophic")
LIKELIHOOD = ("very low", "low", "medium", "high", "very high")


def hazards() -> dict[str, str]:
    """Each hazard, by its heading, with what is said of it."""
    log = TEXT.split("\n## Hazard log\n")[1].split("\n## ")[0]
    heading, *sections = re.split(r"^### (HZ-.*)\n", log, flags=re.MULTILINE)
    assert "| Id |" in heading
    return dict(zip(sections[::2], sections[1::2], strict=True))


def part(section: str, name: str) -> str:
    found = re.search(rf"^- \*\*{name}\*\*:(.*?)(?=^- |\Z)", section, re.MULTILINE | re.DOTALL)
    return found[1].strip() if found else ""


def items(section: str, name: str) -> list[str]:
    return re.findall(r"^ *- (.+)$", part(section, name), re.MULTILINE)


@cache
def names_in(path: str) -> frozenset[str]:
    """The tests of a file, read and not run: one that only skips is no proof and does not count."""
    file = ROOT / path
    if not file.is_file():
        return frozenset()
    tree = ast.parse(file.read_text(encoding="utf-8"))
    return frozenset(
        node.name
        for node in ast.walk(tree)
        if isinstance(node, ast.FunctionDef)
        and node.name.startswith("test_")
        and not any(re.search(r"\b(skip|xfail)\b", ast.unparse(d)) for d in node.decorator_list)
    )


def ladder_of_rules() -> set[str]:
    rules = (rule for name in NAMES for rule in published(name).rules)
    return {row for rule in rules for row in rule.implements.split()}


def test_the_hazards_are_numbered_in_order_and_listed_in_the_table() -> None:
    headings = list(hazards())
    assert len(headings) >= 18
    assert [text[:5] for text in headings] == [
        f"HZ-{number:02}" for number in range(1, len(headings) + 1)
    ]
    table = re.findall(r"^\| (HZ-\d\d) \| (.+?) \|", TEXT, re.MULTILINE)
    assert [" ".join(row) for row in table] == headings


@pytest.mark.parametrize("heading", hazards())
def test_a_hazard_has_a_cause_an_effect_controls_proof_and_what_is_left(heading: str) -> None:
    section = hazards()[heading]
    assert [name for name in PARTS if not part(section, name)] == []
    assert items(section, "Controls")
    assert items(section, "Proved by")


@pytest.mark.parametrize("heading", hazards())
def test_what_proves_a_control_exists(heading: str) -> None:
    proof = items(hazards()[heading], "Proved by")
    named = [re.fullmatch(r"`(tests/[\w/]+\.py)::(test_\w+)`", text) for text in proof]
    assert all(named), proof
    missing = [found[0] for found in named if found and found[2] not in names_in(found[1])]
    assert missing == []


def test_a_rating_uses_the_words_of_the_standard_and_controls_never_make_it_worse() -> None:
    rows = re.findall(r"^\| HZ-\d\d \| .+? \| (.+?), (.+?) \| (.+?), (.+?) \|$", TEXT, re.MULTILINE)
    assert len(rows) == len(hazards())
    for before, likely, after, still in rows:
        assert SEVERITY.index(after) <= SEVERITY.index(before)
        assert LIKELIHOOD.index(still) <= LIKELIHOOD.index(likely)


def test_the_ladder_is_the_one_that_the_rules_implement() -> None:
    rows = re.findall(r"^\| ([EUBH]\d\dr?) \| .+ \|$", TEXT, re.MULTILINE)
    assert len(rows) == len(set(rows))
    assert set(rows) == ladder_of_rules()


def test_every_row_and_hazard_that_the_text_mentions_exists() -> None:
    assert set(re.findall(r"\b[EUBH]\d\dr?\b", TEXT)) <= ladder_of_rules()
    assert set(re.findall(r"\bHZ-\d\d\b", TEXT)) == {heading[:5] for heading in hazards()}


def test_every_file_and_verb_that_it_names_exists() -> None:
    files = re.findall(r"`((?:docs|guide|tests)/[\w./-]*)`", TEXT)
    assert [name for name in files if not (ROOT / name).exists()] == []
    verbs = re.findall(r"`make (\w+)`", TEXT)
    makefile = (ROOT / "Makefile").read_text(encoding="utf-8")
    assert set(verbs) <= set(re.findall(r"^([a-z]+):", makefile, re.MULTILINE))
    assert verbs


def test_nobody_has_signed_it_as_long_as_the_guide_says_so() -> None:
    about = (ROOT / "templates" / "guide" / "about" / "about.html").read_text(encoding="utf-8")
    assert ("no clinician has signed it" in TEXT) == ("awaits clinical sign-off" in about)
