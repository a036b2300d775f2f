"""All sources that somebody has read, and what in the live guide rests on each."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TypedDict

from guide.models import Edition, Source
from guide.pages.rows import slugs
from guide.reading.cards import SourceCard, columns, sources
from guide.reading.keeping import kept
from guide.reading.live import Live
from guide.reading.questionnaires import KIND
from guide.reading.reachable import address, reachable

#: What cites sources, in the order in which it is listed.
_USERS = ("article", "section", "stretch", "routine", "faq", KIND, "claim")

#: How a source was confirmed, in short and as a sentence, as a reader is told it.
CONFIRMED = {
    Source.Confirmed.READ: ("Read at the publisher", "We read it where it was first put out."),
    Source.Confirmed.COPY: ("Read in a copy", "We read a copy, a summary or a news report of it."),
    Source.Confirmed.UNSEEN: ("Not read yet", "We know of it, but it is never listed as a source."),
}


class Use(TypedDict):
    kind: str
    title: str
    address: str


class CitedSource(SourceCard):
    read_how: str
    used_on: list[Use]


@kept
def all_sources(live: Live) -> list[CitedSource]:
    """Return every source that somebody has read, by who stands behind it."""
    found = columns(live, "source")
    used: dict[str, list[Use]] = {}
    for edition in reachable(live, *_USERS):
        for source, use in _uses(edition):
            used.setdefault(source, []).append(use)
    cards = sources([slug for _, slug in found], found)
    return [
        {
            **card,
            "read_how": CONFIRMED[Source.Confirmed(card["confirmed"])][1],
            "used_on": used.get(card["slug"], []),
        }
        for card in sorted(cards, key=lambda card: (card["publisher"].lower(), card["title"]))
    ]


def _uses(edition: Edition) -> Iterator[tuple[str, Use]]:
    """Yield each source that a unit or one of its parts cites, once, with its place."""
    cited = [row for row in edition.rows if row["fields"].get("sources")]
    for source in dict.fromkeys(name for row in cited for name in slugs(row["fields"]["sources"])):
        match edition.kind:
            case "questionnaire":
                resting = sum(source in slugs(row["fields"]["sources"]) for row in cited)
                title = f"{edition.title} ({resting} rule{'s' if resting > 1 else ''})"
            case "claim":
                title = edition.slug.upper()
            case _:
                title = edition.title
        yield source, Use(kind=edition.kind, title=title, address=address(edition))
