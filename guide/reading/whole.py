"""The whole guide for one page: two queries, however much there is."""

from __future__ import annotations

from datetime import datetime
from typing import TypedDict

from guide.models import WARNING_SIGNS, Edition
from guide.pages import stretches
from guide.reading.articles import ArticlePage, article_page
from guide.reading.asked import every
from guide.reading.cards import (
    CautionCard,
    Columns,
    SourceCard,
    StretchCard,
    cautions,
    columns,
    one_stretch,
    sources,
    stretch_card,
)
from guide.reading.faqs import Group, grouped
from guide.reading.live import Live, built, current, since

#: What the page holds in full, by kind.
READ = ("article", "section", "stretch", "faq")


class WholeStretch(TypedDict):
    """A stretch without what a page of its own adds: versions, timer and others like it."""

    text: stretches.Stretch
    card: StretchCard
    easier: StretchCard | None
    harder: StretchCard | None
    cautions: list[CautionCard]
    sources: list[SourceCard]
    updated: datetime


class WholeGuide(TypedDict):
    articles: list[ArticlePage]
    stretches: list[WholeStretch]
    groups: list[Group]
    sources: list[SourceCard]


def whole(live: Live) -> WholeGuide:
    """Return all there is to read. When to get help comes first."""
    by_kind: dict[str, list[Edition]] = {kind: [] for kind in READ}
    for edition in live.of(*map(every, READ)).order_by("order", "slug"):
        by_kind[edition.kind].append(edition)
    below: dict[str, list[Edition]] = {}
    for section in by_kind["section"]:
        below.setdefault(current("article", section.parent), []).append(section)
    found = columns(live, "article", "section", "stretch", "source", "caution")
    articles = [
        article_page(shell, below.get(shell.slug, []), found) for shell in by_kind["article"]
    ]
    return WholeGuide(
        articles=sorted(articles, key=_comes_later),
        stretches=[_stretch(edition, found) for edition in by_kind["stretch"]],
        groups=grouped(by_kind["faq"], found),
        sources=sources([slug for kind, slug in found if kind == "source"], found),
    )


def _comes_later(article: ArticlePage) -> bool:
    return WARNING_SIGNS not in {section["slug"] for section in article["sections"]}


def _stretch(edition: Edition, found: Columns) -> WholeStretch:
    text: stretches.Stretch = built(edition)
    return WholeStretch(
        text=text,
        card=stretch_card(found["stretch", text["slug"]]),
        easier=one_stretch(text["easier"], found),
        harder=one_stretch(text["harder"], found),
        cautions=cautions(text["cautions"], found),
        sources=sources(text["sources"], found),
        updated=since(edition),
    )
