"""Rows of questions and answers into pages."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TypedDict

from guide.pages.checks import Checked, checked
from guide.pages.markup import to_html
from guide.pages.rows import RowData, fields_of, slugs


class FAQ(TypedDict):
    slug: str
    question: str
    answer: str
    more_html: str
    group: str
    section: str
    sources: tuple[str, ...]
    checked: Checked


def build_faq(rows: Sequence[RowData]) -> FAQ:
    (fields,) = fields_of(rows, "guide.faq")
    return FAQ(
        slug=fields["slug"],
        question=fields["question"],
        answer=fields["answer"],
        more_html=to_html(fields["more"]),
        group=fields["group"],
        section=fields["section"][-1],
        sources=slugs(fields["sources"]),
        checked=checked(fields, "faq"),
    )
