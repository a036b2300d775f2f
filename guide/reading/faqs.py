"""Questions and answers, grouped by the moment in which people ask them."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import TypedDict

from guide.models import FAQ, Edition, former
from guide.pages import faqs
from guide.pages.checks import Checked, Standing, together
from guide.reading.asked import every
from guide.reading.cards import Columns, SectionCard, SourceCard, columns, section_card, sources
from guide.reading.keeping import kept
from guide.reading.live import Live, built, names, since


class FAQPage(TypedDict):
    slug: str
    #: What it was called before: old links lead here by these.
    former: list[str]
    question: str
    answer: str
    more_html: str
    group: str
    section: SectionCard | None
    sources: list[SourceCard]
    checked: Checked
    updated: datetime


class Group(TypedDict):
    name: str
    label: str
    faqs: list[FAQPage]


@kept
def groups(live: Live) -> list[Group]:
    """Return the groups that have answers, in their order."""
    editions = list(live.of(every("faq")).order_by("order", "slug"))
    return grouped(editions, _found(live, editions))


def faq_as(live: Live, edition: Edition) -> FAQPage:
    """Return a question and its answer as they read if an edition is live."""
    (group,) = grouped([edition], _found(live, [edition]))
    return group["faqs"][0]


def _found(live: Live, editions: Sequence[Edition]) -> Columns:
    """Return the list columns of what these answers point to."""
    pages: list[faqs.FAQ] = [built(edition) for edition in editions]
    units = [("section", page["section"]) for page in pages]
    units += [("source", slug) for page in pages for slug in page["sources"]]
    return columns(live, units=units)


def grouped(editions: Sequence[Edition], found: Columns) -> list[Group]:
    """Return the groups that have answers, from their editions and what they point to."""
    pages: list[faqs.FAQ] = [built(edition) for edition in editions]

    def answered(page: faqs.FAQ, updated: datetime) -> FAQPage:
        row = found.get(("section", page["section"]))
        return FAQPage(
            slug=page["slug"],
            former=former(names(), "faq", page["slug"]),
            question=page["question"],
            answer=page["answer"],
            more_html=page["more_html"],
            group=page["group"],
            section=section_card(row) if row else None,
            sources=sources(page["sources"], found),
            checked=page["checked"],
            updated=updated,
        )

    every = [
        Group(
            name=value,
            label=str(label),
            faqs=[
                answered(page, since(edition))
                for edition, page in zip(editions, pages, strict=True)
                if page["group"] == value
            ],
        )
        for value, label in FAQ.Group.choices
    ]
    return [group for group in every if group["faqs"]]


def standing(groups: list[Group]) -> Standing | None:
    """Return how these answers stand as one page; None if there are none."""
    every = [page for group in groups for page in group["faqs"]]
    if not every:
        return None
    return Standing(
        checked=together(page["checked"] for page in every),
        updated=max(page["updated"] for page in every),
    )
