"""What a search knows of a unit: rows of an edition into documents of plain text."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any, TypedDict

from guide.pages.countries import plain
from guide.pages.markup import to_text
from guide.pages.rows import RowData, fields_of

#: A search marks what it found with these; no text may hold them.
MARKS = ("\x02", "\x03")
_NO_CONTROLS = dict.fromkeys(range(32), " ")


class Document(TypedDict):
    kind: str
    #: The slug of the page it is on; empty where one page holds all of its kind.
    page: str
    anchor: str
    area: str
    title: str
    keywords: str
    body: str


def documents(kind: str, rows: Sequence[RowData]) -> list[Document]:
    """Return what a reader can open of a unit; nothing for a kind that has no page."""
    return _DOCUMENTS[kind](rows) if kind in _DOCUMENTS else []


def tip_anchor(section: str, tip: str) -> str:
    """Return the id of a tip on its page. A heading of prose never has two hyphens in a row."""
    return f"{section}--{tip}"


def _article(rows: Sequence[RowData]) -> list[Document]:
    (fields,) = fields_of(rows, "guide.article")
    return [
        Document(
            kind="article",
            page=fields["slug"],
            anchor="",
            area="read",
            title=_line(fields["title"]),
            keywords="",
            body=_line(fields["summary"], fields["takeaway"], to_text(fields["intro"])),
        )
    ]


def _section(rows: Sequence[RowData]) -> list[Document]:
    (fields,) = fields_of(rows, "guide.section")
    signs = [card["lines"] for card in fields_of(rows, "guide.carecard")]
    section = Document(
        kind="section",
        page=fields["article"][-1],
        anchor=fields["slug"],
        area="read",
        title=_line(fields["title"]),
        keywords=_line(fields["search_words"]),
        body=_line(fields["in_short"], to_text(fields["body"]), *signs),
    )
    return [section, *(_tip(tip, section) for tip in fields_of(rows, "guide.tip"))]


def _tip(tip: dict[str, Any], section: Document) -> Document:
    return Document(
        kind="tip",
        page=section["page"],
        anchor=tip_anchor(section["anchor"], tip["slug"]),
        area="now" if tip.get("tonight") else "read",  # editions from before the field lack it
        title=_line(tip["action"]),
        keywords="",
        body=_line(to_text(tip["detail"]), tip["studied"]),
    )


def _stretch(rows: Sequence[RowData]) -> list[Document]:
    (fields,) = fields_of(rows, "guide.stretch")
    steps = [step["text"] for step in fields_of(rows, "guide.stretchstep")]
    more = (fields["feel"], fields["equipment"], fields["make_easier"], fields["helper"])
    return [
        Document(
            kind="stretch",
            page=fields["slug"],
            anchor="",
            area="now",
            title=_line(fields["name"]),
            keywords=_line(*fields["muscles"], fields["position"], *fields["moments"]),
            body=_line(fields["summary"], *steps, *more),
        )
    ]


def _routine(rows: Sequence[RowData]) -> list[Document]:
    (fields,) = fields_of(rows, "guide.routine")
    return [
        Document(
            kind="routine",
            page=fields["slug"],
            anchor="",
            area="now",
            title=_line(fields["title"]),
            keywords=_line("routine", fields["position"]),
            body=_line(fields["summary"], to_text(fields["note"])),
        )
    ]


def _faq(rows: Sequence[RowData]) -> list[Document]:
    (fields,) = fields_of(rows, "guide.faq")
    return [
        Document(
            kind="faq",
            page="",
            anchor=fields["slug"],
            area="answers",
            title=_line(fields["question"]),
            keywords="",
            body=_line(fields["answer"], to_text(fields["more"])),
        )
    ]


_DOCUMENTS: dict[str, Callable[[Sequence[RowData]], list[Document]]] = {
    "article": _article,
    "section": _section,
    "stretch": _stretch,
    "routine": _routine,
    "faq": _faq,
}


def _line(*texts: str) -> str:
    """Return texts as one line, with words that hold in every country."""
    return " ".join(plain(" ".join(texts), []).translate(_NO_CONTROLS).split())
