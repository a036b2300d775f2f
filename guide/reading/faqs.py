"""Questions and answers, grouped by the moment in which people ask them."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TypedDict

from guide.models import FAQ, Edition
from guide.pages import faqs
from guide.reading.cards import SectionCard, SourceCard, columns, section_card, sources
from guide.reading.live import Live, built, kept


class FAQPage(TypedDict):
    slug: str
    question: str
    answer: str
    more_html: str
    group: str
    section: SectionCard | None
    sources: list[SourceCard]


class Group(TypedDict):
    name: str
    label: str
    faqs: list[FAQPage]


@kept
def groups(live: Live) -> list[Group]:
    """Return the groups that have answers, in their order."""
    editions = live.editions.filter(kind="faq").order_by("order", "slug")
    pages = _pages(live, editions)
    every = [
        Group(
            name=value,
            label=str(label),
            faqs=[page for page in pages if page["group"] == value],
        )
        for value, label in FAQ.Group.choices
    ]
    return [group for group in every if group["faqs"]]


def faq_as(live: Live, edition: Edition) -> FAQPage:
    """Return a question and its answer as they read if an edition is live."""
    (page,) = _pages(live, [edition])
    return page


def _pages(live: Live, editions: Iterable[Edition]) -> list[FAQPage]:
    pages: list[faqs.FAQ] = [built(edition) for edition in editions]
    units = [("section", page["section"]) for page in pages]
    units += [("source", slug) for page in pages for slug in page["sources"]]
    found = columns(live, units=units)

    def answered(page: faqs.FAQ) -> FAQPage:
        row = found.get(("section", page["section"]))
        return FAQPage(
            slug=page["slug"],
            question=page["question"],
            answer=page["answer"],
            more_html=page["more_html"],
            group=page["group"],
            section=section_card(row) if row else None,
            sources=sources(page["sources"], found),
        )

    return [answered(page) for page in pages]
