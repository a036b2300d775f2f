"""Where the guide settles each claim, and on what evidence."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, TypedDict

from django.urls import reverse

from guide.models import Claim, Edition, Evidence
from guide.pages.rows import fields_of, slugs
from guide.reading.cards import Columns, SourceCard, columns, sources
from guide.reading.live import Live, current, kept

_HOMES = ("article", "section", "stretch", "routine", "faq")


class Home(TypedDict):
    """A text that settles a claim; `tip` and the evidence are empty where it is not a tip."""

    kind: str
    slug: str
    tip: str
    title: str
    address: str
    evidence: str
    evidence_label: str


class ClaimPage(TypedDict):
    slug: str
    text: str
    verdict: str
    verdict_label: str
    sources: list[SourceCard]
    homes: list[Home]
    left_out: str


@kept
def claims(live: Live) -> list[ClaimPage]:
    """Return every claim with the places where readers find it settled, in the guide's order."""
    rows = live.editions.filter(kind__in=("claim", *_HOMES)).order_by("order", "slug")
    of_kind: dict[str, list[Edition]] = {kind: [] for kind in ("claim", *_HOMES)}
    for edition in rows:
        edition.parent = current("article", edition.parent)
        of_kind[edition.kind].append(edition)
    articles = [edition.slug for edition in of_kind["article"]]
    # A section can be live before its article is, but no reader can reach it then.
    reached = [section for section in of_kind["section"] if section.parent in articles]
    of_kind["section"] = sorted(reached, key=lambda section: articles.index(section.parent))

    homes: dict[str, list[Home]] = {}
    for kind in _HOMES:
        for edition in of_kind[kind]:
            for claim, home in _homes(edition):
                homes.setdefault(claim, []).append(home)
    found = columns(live, "source")
    return [_claim(edition, homes.get(edition.slug, []), found) for edition in of_kind["claim"]]


def _claim(edition: Edition, homes: list[Home], found: Columns) -> ClaimPage:
    (fields,) = fields_of(edition.rows, "guide.claim")
    return ClaimPage(
        slug=edition.slug,
        text=fields["text"],
        verdict=fields["verdict"],
        verdict_label=Claim.Verdict(fields["verdict"]).label,
        sources=sources(slugs(fields["sources"]), found),
        homes=homes,
        left_out=fields["left_out"],
    )


def _homes(edition: Edition) -> Iterator[tuple[str, Home]]:
    """Yield each claim that a unit or one of its tips names, with that place."""
    for row in edition.rows:
        tip: dict[str, Any] = row["fields"] if row["model"] == "guide.tip" else {}
        for claim in slugs(row["fields"].get("claims", ())):
            yield (
                claim,
                Home(
                    kind=edition.kind,
                    slug=edition.slug,
                    tip=tip.get("slug", ""),
                    title=tip.get("action", edition.title),
                    address=_address(edition),
                    evidence=tip.get("evidence", ""),
                    evidence_label=Evidence(tip["evidence"]).label if tip else "",
                ),
            )


def _address(edition: Edition) -> str:
    match edition.kind:
        case "section":
            return f"{reverse('article', args=[edition.parent])}#{edition.slug}"
        case "faq":
            return f"{reverse('faq')}#{edition.slug}"
        case kind:
            return reverse(kind, args=[edition.slug])
