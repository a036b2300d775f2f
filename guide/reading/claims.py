"""Where the guide settles each claim, and on what evidence.

Readers get a list, of list columns only, and a page for each claim.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, TypedDict

from django.db.models import Case, Value, When

from guide.models import Claim, Edition, Evidence
from guide.pages.rows import fields_of, slugs
from guide.reading.asked import every
from guide.reading.cards import Columns, SourceCard, columns, sources
from guide.reading.citing import citing
from guide.reading.keeping import kept, kept_few
from guide.reading.live import Live, NotLive, edition_of, rows_now
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

#: All of the guide's own, so that old links to an anchor find it.
ON_A_PAGE = 200

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


class ListedClaim(TypedDict):
    slug: str
    text: str
    left_out: str


class VerdictGroup(TypedDict):
    """A verdict, what it means, and the claims on a page that it was reached on."""

    name: str
    label: str
    means: str
    claims: list[ListedClaim]


class ClaimsPage(TypedDict):
    verdicts: list[VerdictGroup]
    number: int
    has_more: bool


class SettledClaim(TypedDict):
    claim: ClaimPage
    #: The verdict as a reader is told it.
    found: str
    means: str
    number: int
    has_more: bool


@kept
def listed(live: Live, number: int) -> ClaimsPage:
    """Return a page of claims, first those that a reader does best to unlearn.

    Raises NotLive past the last.
    """
    past = (number - 1) * ON_A_PAGE
    place = Case(
        *(When(card__verdict=verdict, then=Value(at)) for at, verdict in enumerate(VERDICTS))
    )
    in_order = live.of(every("claim")).order_by(place, "order", "slug")
    rows = list(in_order.values("slug", "title", "card")[past : past + ON_A_PAGE + 1])
    if past and not rows:
        raise NotLive(number)
    groups = [
        VerdictGroup(name=verdict, label=label, means=means, claims=[])
        for verdict, (label, means) in VERDICTS.items()
    ]
    by_name = {group["name"]: group for group in groups}
    for row in rows[:ON_A_PAGE]:
        said = ListedClaim(slug=row["slug"], text=row["title"], left_out=row["card"]["left_out"])
        by_name[row["card"]["verdict"]]["claims"].append(said)
    return ClaimsPage(
        verdicts=[group for group in groups if group["claims"]],
        number=number,
        has_more=len(rows) > ON_A_PAGE,
    )


@kept_few
def claim(live: Live, slug: str, number: int) -> SettledClaim:
    """Return a claim with a part of the places that settle it. Raises NotLive."""
    edition = edition_of(live, "claim", slug)
    edition.rows = rows_now(edition)
    (fields,) = fields_of(edition.rows, "guide.claim")
    named = [("source", source) for source in slugs(fields["sources"])]
    cited = citing(live, ("claim", slug), _HOMES, number, beside=named)
    homes = [home for one in cited.editions for name, home in _homes(one) if name == slug]
    label, means = VERDICTS[Claim.Verdict(fields["verdict"])]
    return SettledClaim(
        claim=_claim(edition, homes, cited.found),
        found=label,
        means=means,
        number=number,
        has_more=cited.has_more,
    )


def claims(live: Live) -> list[ClaimPage]:
    """Return every claim with all places that settle it, in the guide's order: reads the guide."""
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
