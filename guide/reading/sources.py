"""The sources that somebody has read, and what in the live guide rests on each.

Those are two pages: the list reads list columns only, so it costs the same however much rests on
its sources, and what rests on one source is on the page of that source, a part at a time.
"""

from __future__ import annotations

from typing import TypedDict, cast

from django.db.models.fields.json import KT
from django.db.models.functions import Lower

from guide.models import Edition, Source
from guide.pages.rows import slugs
from guide.reading.asked import every
from guide.reading.cards import ListColumns, SourceCard, columns
from guide.reading.cards import sources as read_by_us
from guide.reading.citing import citing
from guide.reading.keeping import kept, kept_few
from guide.reading.live import Live, NotLive
from guide.reading.questionnaires import KIND
from guide.reading.reachable import address

#: What cites sources.
_USERS = ("article", "section", "stretch", "routine", "faq", KIND, "claim")
#: All of the guide's own, so that old links to an anchor find it.
ON_A_PAGE = 100

#: How a source was confirmed, in short and as a sentence, as a reader is told it.
CONFIRMED = {
    Source.Confirmed.READ: ("Read at the publisher", "We read it where it was first put out."),
    Source.Confirmed.COPY: ("Read in a copy", "We read a copy, a summary or a news report of it."),
    Source.Confirmed.UNSEEN: ("Not read yet", "We know of it, but it is never listed as a source."),
}


class ListedSource(SourceCard):
    read_how: str


class SourcesPage(TypedDict):
    sources: list[ListedSource]
    number: int
    has_more: bool


class Use(TypedDict):
    kind: str
    title: str
    address: str


class CitedSource(TypedDict):
    source: ListedSource
    used_on: list[Use]
    number: int
    has_more: bool


@kept
def sources(live: Live, number: int) -> SourcesPage:
    """Return a page of sources, by who stands behind them. Raises NotLive past the last."""
    past = (number - 1) * ON_A_PAGE
    read = live.of(every("source")).exclude(card__confirmed=Source.Confirmed.UNSEEN)
    in_order = read.order_by(Lower(KT("card__publisher")), "title", "slug")
    found = list(in_order.values(*ListColumns.__annotations__)[past : past + ON_A_PAGE + 1])
    if past and not found:
        raise NotLive(number)
    return SourcesPage(
        sources=[_listed(cast("ListColumns", row)) for row in found[:ON_A_PAGE]],
        number=number,
        has_more=len(found) > ON_A_PAGE,
    )


@kept_few
def source(live: Live, slug: str, number: int) -> CitedSource:
    """Return a source with a part of what rests on it. Raises NotLive."""
    found = columns(live, units=[("source", slug)])
    if not read_by_us([slug], found):
        raise NotLive(slug)
    cited = citing(live, ("source", slug), _USERS, number)
    return CitedSource(
        source=_listed(found["source", slug]),
        used_on=[_use(edition, slug) for edition in cited.editions],
        number=number,
        has_more=cited.has_more,
    )


def _listed(row: ListColumns) -> ListedSource:
    (card,) = read_by_us([row["slug"]], {("source", row["slug"]): row})
    return {**card, "read_how": CONFIRMED[Source.Confirmed(card["confirmed"])][1]}


def _use(edition: Edition, source: str) -> Use:
    """Return where a unit is read that cites a source, itself or in one of its parts."""
    match edition.kind:
        case "questionnaire":
            resting = sum(source in slugs(row["fields"].get("sources", ())) for row in edition.rows)
            title = f"{edition.title} ({resting} rule{'s' if resting > 1 else ''})"
        case "claim":
            title = edition.slug.upper()
        case _:
            title = edition.title
    return Use(kind=edition.kind, title=title, address=address(edition))
