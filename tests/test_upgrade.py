"""A database of the first release goes on: its editions, its pages, its desk.

`first_release.sql.xz` was written by the state of this project at commit 5f9e5fc. It holds a part
of the guide of that day, and some days of staff: a page published again, a draft kept, a question
withdrawn, a stretch planned for the year 2126.
"""

from __future__ import annotations

import json
import lzma
import re
import sqlite3
from contextlib import closing
from html import unescape
from pathlib import Path
from typing import Any

import pytest

from tests.publishing.test_two_processes import finish, manage, shell

DUMP = Path(__file__).parent / "first_release.sql.xz"
FIRST_RELEASE_HAD = (
    "kind, slug, number, live_from, withdrawn, title, summary, parent, rows, note, who"
)

# Where the first release showed what of a row, word for word.
SHOWN = {
    "guide.article": ("/guide/{unit}/", "title intro"),
    "guide.section": ("/guide/{parent}/", "title in_short body"),
    "guide.tip": ("/guide/{parent}/", "action detail studied"),
    "guide.carecard": ("/guide/{parent}/", "heading lines after"),
    "guide.faq": ("/faq/", "question answer more"),
    "guide.stretch": ("/stretches/{unit}/", "name summary feel equipment care helper make_easier"),
    "guide.stretchstep": ("/stretches/{unit}/", "text"),
    "guide.routine": ("/routines/{unit}/", "title summary note"),
    "guide.source": ("/about/sources/", "title publisher year"),
    "guide.country": ("/help/", "name urgent emergency_room"),
    "guide.questionnaire": ("/check/{unit}/", "title summary intro"),
}

#: Opens each address, answers the first question with a sign of danger, and presses once more.
VISIT = """
import json, sys
from django.test import Client
from guide.models import Edition, Section
from guide.publishing.press import publish
reader = Client(headers={{"host": "127.0.0.1"}})
pages = {{path: reader.get(path) for path in {addresses}}}
sent = reader.post("/check/child/q/now/", {{"answer": ["nb"]}}, headers={{"origin": "null"}})
pages["result"] = reader.get(sent.headers["Location"])
publish(Section.objects.get(slug="heat-cold"), who="a test")
told = {{path: [page.status_code, page.content.decode()] for path, page in pages.items()}}
print(json.dumps(told))
"""


@pytest.fixture(scope="module")
def first(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The database as the first release left it."""
    file = tmp_path_factory.mktemp("upgrade") / "guide.sqlite3"
    with closing(sqlite3.connect(file)) as link:
        link.executescript(lzma.decompress(DUMP.read_bytes()).decode())
    return file


def editions(file: Path) -> list[tuple[Any, ...]]:
    with closing(sqlite3.connect(file)) as link:
        return link.execute(f"SELECT {FIRST_RELEASE_HAD} FROM guide_edition ORDER BY id").fetchall()


@pytest.fixture(scope="module")
def before(first: Path) -> list[tuple[Any, ...]]:
    return editions(first)


@pytest.fixture(scope="module")
def migrated(first: Path, before: list[tuple[Any, ...]]) -> Path:
    finish(manage(f"sqlite:///{first}", "migrate", "--verbosity", "0"))
    return first


def test_every_edition_is_kept_as_it_was(before: list[tuple[Any, ...]], migrated: Path) -> None:
    assert len(before) == 112
    assert editions(migrated)[: len(before)] == before


def test_the_desk_is_kept_and_readers_see_the_same_words(
    before: list[tuple[Any, ...]], migrated: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("LEGRELIEF_DEBUG", "true")  # static files by their own names
    wanted = words_by_address(before)
    visit = VISIT.format(addresses=[*wanted, "/", "/cramp/", "/check/child/q/now/"])
    pages = json.loads(finish(shell(f"sqlite:///{migrated}", visit)).splitlines()[-1])
    assert {status for status, _ in pages.values()} == {200}
    shown = {address: text(html) for address, (_, html) in pages.items()}
    lost = [(at, part) for at, parts in wanted.items() for part in parts if part not in shown[at]]
    assert lost == []
    assert sum(map(len, wanted.values())) > 500  # so that nothing is compared in vain
    # What was withdrawn or planned then is as it was, and a sign of danger still leads to help.
    assert "Can I use heat" not in shown["/faq/"]
    assert "for another year" not in shown["/stretches/wall-calf-bent-knee/"]
    assert "breathing" in shown["result"]
    # The draft that lay on the desk is what has been published since.
    *_, newest = editions(migrated)
    assert (newest[1], newest[2]) == ("heat-cold", 4)
    assert "A draft that nobody finished." in newest[8]


def words_by_address(rows: list[tuple[Any, ...]]) -> dict[str, list[str]]:
    """What readers of the first release saw at each address, in pieces without marks in them."""
    live = {}
    for kind, slug, _, live_from, withdrawn, _, _, parent, unit_rows, *_ in rows:
        if live_from and live_from < "2100":
            live[kind, slug] = (parent, [] if withdrawn else json.loads(unit_rows))
    found: dict[str, list[str]] = {}
    for (_, slug), (parent, unit_rows) in live.items():
        for row in unit_rows:
            address, names = SHOWN.get(row["model"], ("", ""))
            for name in names.split():
                at = address.format(unit=slug, parent=parent)
                found.setdefault(at, []).extend(pieces(str(row["fields"].get(name) or "")))
    return found


def pieces(prose: str) -> list[str]:
    """Return prose between its marks, of Markdown and of countries; lines with links fall out."""
    lines = [line for line in prose.splitlines() if not re.search(r"\]\(|^\s*\[", line)]
    parts = re.split(r"\{[^}]*\}|\*+|^- |^#+ |^\d+\. |\n", "\n".join(lines), flags=re.MULTILINE)
    return [" ".join(part.split()) for part in parts if len(part.split()) > 1]


def text(html: str) -> str:
    html = re.sub(r"<(script|style|svg).*?</\1>", "", html, flags=re.DOTALL)
    return " ".join(unescape(re.sub(r"<[^>]+>", "", html)).split())
