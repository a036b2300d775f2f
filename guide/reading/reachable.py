"""What a reader can reach of the live guide, in its order, and where."""

from __future__ import annotations

from django.urls import reverse

from guide.models import Edition
from guide.reading.live import Live


def reachable(live: Live, *kinds: str) -> list[Edition]:
    """Return the live editions of some kinds that a reader can reach, in the guide's order.

    Kinds come in the order that they are given in, sections in the order of their articles.
    """
    rows = live.editions.filter(kind__in={*kinds, "article"}).order_by("order", "slug")
    of_kind: dict[str, list[Edition]] = {kind: [] for kind in ("article", *kinds)}
    for edition in rows:
        of_kind[edition.kind].append(edition)
    articles = {edition.slug: place for place, edition in enumerate(of_kind["article"])}
    if "section" in of_kind:
        # A section can be live before its article is, but no reader can reach it then.
        reached = [section for section in of_kind["section"] if section.parent in articles]
        of_kind["section"] = sorted(reached, key=lambda section: articles[section.parent])
    return [edition for kind in kinds for edition in of_kind[kind]]


def address(edition: Edition) -> str:
    """Return where readers find a live edition."""
    match edition.kind:
        case "section":
            return f"{reverse('article', args=[edition.parent])}#{edition.slug}"
        case "faq":
            return f"{reverse('faq')}#{edition.slug}"
        case "claim":
            return f"{reverse('claims')}#{edition.slug}"
        case "questionnaire":
            return f"{reverse('rules')}#{edition.slug}-rules"
        case kind:
            return reverse(kind, args=[edition.slug])
