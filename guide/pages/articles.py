"""Rows of articles and sections into pages. References stay slugs: they resolve when read."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TypedDict

from guide.pages.checks import Checked, checked
from guide.pages.markup import to_html
from guide.pages.rows import RowData, fields_of, slugs


class Article(TypedDict):
    slug: str
    title: str
    summary: str
    intro_html: str
    takeaway: str
    related: tuple[str, ...]
    sources: tuple[str, ...]
    checked: Checked


class CareCard(TypedDict):
    level: str
    heading: str
    lines: list[str]
    after: str


class Tip(TypedDict):
    slug: str
    action: str
    detail_html: str
    evidence: str
    tonight: bool
    studied: str
    stretch: str
    sources: tuple[str, ...]
    cautions: tuple[str, ...]


class Section(TypedDict):
    slug: str
    article: str
    title: str
    in_short: str
    body_html: str
    picture: str
    stretches: tuple[str, ...]
    sources: tuple[str, ...]
    care_cards: list[CareCard]
    tips: list[Tip]
    checked: Checked


def build_article(rows: Sequence[RowData]) -> Article:
    (fields,) = fields_of(rows, "guide.article")
    return Article(
        slug=fields["slug"],
        title=fields["title"],
        summary=fields["summary"],
        intro_html=to_html(fields["intro"]),
        takeaway=fields["takeaway"],
        related=slugs(fields["related"]),
        sources=slugs(fields["sources"]),
        checked=checked(fields, "article"),
    )


def build_section(rows: Sequence[RowData]) -> Section:
    """Return a section. Its sources are those of its text, care cards and tips, each once."""
    (fields,) = fields_of(rows, "guide.section")
    cards, tips = fields_of(rows, "guide.carecard"), fields_of(rows, "guide.tip")
    cited = [key for row in (fields, *cards, *tips) for key in slugs(row["sources"])]
    return Section(
        slug=fields["slug"],
        article=fields["article"][-1],
        title=fields["title"],
        in_short=fields["in_short"],
        body_html=to_html(fields["body"], anchor=fields["slug"]),
        picture=fields["picture"],
        stretches=slugs(fields["stretches"]),
        sources=tuple(dict.fromkeys(cited)),
        care_cards=[
            CareCard(
                level=card["level"],
                heading=card["heading"],
                lines=card["lines"].splitlines(),
                after=card["after"],
            )
            for card in cards
        ],
        tips=[
            Tip(
                slug=tip["slug"],
                action=tip["action"],
                detail_html=to_html(tip["detail"]),
                evidence=tip["evidence"],
                tonight=tip.get("tonight", False),  # editions from before the field lack it
                studied=tip["studied"],
                stretch=tip["stretch"][-1] if tip["stretch"] else "",
                sources=slugs(tip["sources"]),
                cautions=slugs(tip["cautions"]),
            )
            for tip in tips
        ],
        checked=checked(fields, "section", signs=bool(cards)),
    )
