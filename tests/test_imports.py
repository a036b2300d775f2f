"""Imports run one way; this file is the map."""

from __future__ import annotations

import ast
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.db.models import Choices

from guide import models

ROOT = Path(__file__).resolve().parent.parent
STANDARD = set(sys.stdlib_module_names)

# Each part of guide/ and what lies right below it. A part may import what lies anywhere below.
# A new part has to be placed here.
ARROWS: dict[str, set[str]] = {
    "admin": {"publishing", "drawing", "pages", "signing"},
    "apps": {"checks"},
    "backups": {"publishing", "ready"},
    "checks": set(),
    "counting": {"models"},
    "drawing": {"drawn_pages"},
    "drawn_pages": {"kept_pages", "release"},
    "kept_pages": {"counting", "reading"},
    "limits": set(),
    "management": {"backups", "publishing", "drawing", "signing"},
    "metrics": {"kept_pages"},
    "migrations": {"models"},
    "models": set(),
    "pages": set(),
    "publishing": {"pages", "triage", "models"},
    "reading": {"pages", "triage", "models"},
    "release": set(),
    "ready": set(),
    "signing": {"pages", "models"},
    "sitemaps": {"reading"},
    "templatetags": {"admin", "reading"},
    "triage": set(),
    "urls": {"sitemaps", "views"},
    "views": {"reading", "counting", "metrics", "ready", "release"},
}
# The pure parts, and what they may import from outside the project.
PURE = {"triage": STANDARD, "pages": STANDARD | {"markdown_it", "nh3", "segno"}}


def parts() -> set[str]:
    """The modules and packages directly under guide/."""
    return {
        path.stem
        for path in (ROOT / "guide").iterdir()
        if path.suffix == ".py" or (path.is_dir() and any(path.rglob("*.py")))
    } - {"__init__"}


def below(part: str, above: tuple[str, ...] = ()) -> set[str]:
    """Everything under a part, however far down."""
    assert part not in above, f"a circle: {' -> '.join((*above, part))}"
    lower = ARROWS[part]
    return lower.union(*(below(one, (*above, part)) for one in lower))


def files(part: str) -> list[Path]:
    module = ROOT / "guide" / f"{part}.py"
    return [module] if module.exists() else sorted((ROOT / "guide" / part).rglob("*.py"))


def imported(file: Path) -> Iterator[str]:
    """The full dotted name of everything that a file imports, wherever in the file it does so."""
    return imports(ast.parse(file.read_text()), file.relative_to(ROOT).with_suffix("").parts)


def imports(tree: ast.AST, module: tuple[str, ...]) -> Iterator[str]:
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            base = ".".join(module[: len(module) - node.level]) if node.level else ""
            source = ".".join(filter(None, (base, node.module)))
            yield from (f"{source}.{alias.name}" for alias in node.names)


def test_every_part_of_the_guide_has_a_place_on_the_map() -> None:
    assert parts() - set(ARROWS) == set()


@pytest.mark.parametrize("part", sorted(ARROWS))
def test_a_part_imports_only_what_lies_below_it(part: str) -> None:
    allowed = {part} | below(part)
    wrong = [
        f"{file.relative_to(ROOT)} imports {name}"
        for file in files(part)
        for name in imported(file)
        if name.startswith("guide.") and name.split(".")[1] not in allowed
    ]
    assert wrong == []


@pytest.mark.parametrize("part", sorted(PURE))
def test_a_pure_part_knows_neither_django_nor_the_project(part: str) -> None:
    wrong = [
        f"{file.relative_to(ROOT)} imports {name}"
        for file in files(part)
        for name in imported(file)
        if name.split(".")[0] not in PURE[part] and not name.startswith(f"guide.{part}.")
    ]
    assert wrong == []


def test_the_project_reaches_the_guide_only_by_name() -> None:
    wrong = [
        f"{file.relative_to(ROOT)} imports {name}"
        for file in sorted((ROOT / "legrelief").glob("*.py"))
        for name in imported(file)
        if name.split(".")[0] == "guide"
    ]
    assert wrong == []


def test_a_view_takes_no_rows_from_the_desk() -> None:
    names = [name for file in files("views") for name in imported(file)]
    taken = [name.rpartition(".")[2] for name in names if name.startswith("guide.models.")]
    assert [one for one in taken if not issubclass(getattr(models, one), Choices)] == []


@pytest.mark.parametrize(
    ("line", "name"),
    [
        ("import guide.views.articles", "guide.views.articles"),
        ("from guide import views", "guide.views"),
        ("from . import press", "guide.publishing.press"),
        ("from .. import views", "guide.views"),
        ("from ..views.articles import article", "guide.views.articles.article"),
        ("def late():\n    import guide.views", "guide.views"),
    ],
)
def test_every_way_to_write_an_import_is_seen(line: str, name: str) -> None:
    assert list(imports(ast.parse(line), ("guide", "publishing", "guards"))) == [name]
