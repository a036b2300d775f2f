"""Where the guide settles each claim, and on what evidence."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, TypedDict

from guide.models import Claim, Edition, Evidence
from guide.pages.rows import fields_of, slugs
from guide.reading.cards import Columns, SourceCard, columns, sources
from guide.reading.keeping import kept
from guide.reading.live import Live
from guide.reading.reachable import address, reachable

#: What each verdict is called and means to a reader, in the order in which claims are shown.
VERDICTS = {
    Claim.Verdict.CONTRADICTED: ("Not so", "Better evidence points the other way."),
    Claim.Verdict.UNSUPPORTED: ("No evidence found", "We looked and found nothing behind it."),
    Claim.Verdict.MIXED: ("Mixed", "Good sources differ, or it is true for some people only."),
    Claim.Verdict.LIMITED: (
        "Little evidence",
        "There are few studies, or they ask something else.",
    ),
    Claim.Verdict.SUPPORTED: ("Backed", "Health services or good studies agree."),
    Claim.Verdict.COMMON_SENSE: ("Common sense", "It does no harm, and nobody has tested it."),
    Claim.Verdict.GAP: ("Often left out", "Guides do not say much about this. We do."),
}

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
    homes: dict[str, list[Home]] = {}
    settled: list[Edition] = []
    for edition in reachable(live, *_HOMES, "claim"):
        if edition.kind == "claim":
            settled.append(edition)
        else:
            for claim, home in _homes(edition):
                homes.setdefault(claim, []).append(home)
    found = columns(live, "source")
    return [_claim(edition, homes.get(edition.slug, []), found) for edition in settled]


class VerdictGroup(TypedDict):
    """A verdict, what it means, and the claims that it was reached on."""

    name: str
    label: str
    means: str
    claims: list[ClaimPage]


def by_verdict(claims: list[ClaimPage]) -> list[VerdictGroup]:
    """Return the claims in groups: first those that a reader does best to unlearn."""
    return [
        VerdictGroup(
            name=verdict,
            label=label,
            means=means,
            claims=[claim for claim in claims if claim["verdict"] == verdict],
        )
        for verdict, (label, means) in VERDICTS.items()
    ]


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
                    address=address(edition),
                    evidence=tip.get("evidence", ""),
                    evidence_label=Evidence(tip["evidence"]).label if tip else "",
                ),
            )
