"""The whole guide for one page, or for a few where there is more than one page should hold."""

from __future__ import annotations

from datetime import datetime
from typing import TypedDict

from django.db.models import Q

from guide.models import Edition
from guide.pages import stretches
from guide.reading.articles import ArticlePage, article_page, parts
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
from guide.reading.everywhere import everywhere
from guide.reading.faqs import Group, grouped
from guide.reading.live import Live, NotLive, built, current, since

#: Articles on a page, besides that on when to get help.
ON_A_PAGE = 20


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
    """A page of the guide. Stretches and questions are on the first."""

    number: int
    has_more: bool
    articles: list[ArticlePage]
    stretches: list[WholeStretch]
    groups: list[Group]
    sources: list[SourceCard]


def whole(live: Live, number: int) -> WholeGuide:
    """Return a page of all there is to read. When to get help comes first. Raises NotLive."""
    shells, has_more = _shells(live, number)
    rest: dict[str, list[Edition]] = {"section": [], "stretch": [], "faq": []}
    wanted = parts(*(shell.slug for shell in shells))
    if number == 1:
        wanted += [every("stretch"), every("faq")]
    for edition in live.of(*wanted).order_by("order", "slug"):
        rest[edition.kind].append(edition)
    below: dict[str, list[Edition]] = {}
    for section in rest["section"]:
        below.setdefault(current("article", section.parent), []).append(section)
    units = [("article", shell.slug) for shell in shells]
    units += [("section", answer.parent) for answer in rest["faq"]]
    found = columns(live, "stretch", "source", "caution", units=units)
    return WholeGuide(
        number=number,
        has_more=has_more,
        articles=[article_page(shell, below.get(shell.slug, []), found) for shell in shells],
        stretches=[_stretch(edition, found) for edition in rest["stretch"]],
        groups=grouped(rest["faq"], found),
        sources=sources([slug for kind, slug in found if kind == "source"], found),
    )


def _shells(live: Live, number: int) -> tuple[list[Edition], bool]:
    """Return the articles of a page without their sections, and whether there are more."""
    past = (number - 1) * ON_A_PAGE
    first = {current("article", one.parent) for one in everywhere(live) if one.kind == "section"}
    articles = live.of(every("article")).filter(parent="").order_by("parent", "order", "slug")
    on_it = Q(pk__in=articles.exclude(slug__in=first).values("pk")[past : past + ON_A_PAGE + 1])
    if not past:
        on_it |= Q(slug__in=first)
    found = sorted(articles.filter(on_it), key=lambda shell: shell.slug not in first)
    if past and not found:
        raise NotLive(number)
    most = ON_A_PAGE + sum(shell.slug in first for shell in found)
    return found[:most], len(found) > most


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
