"""What in the live guide cites a source or settles a claim, so many units at a time."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from django.db.models import TextField
from django.db.models.functions import Cast
from django.db.models.lookups import Contains

from guide.models import Edition
from guide.reading.asked import every
from guide.reading.cards import Columns, columns
from guide.reading.live import Live, NotLive
from guide.reading.reachable import as_today

ON_A_PAGE = 20


class Citing(NamedTuple):
    """A part of what cites a unit, in its order, with every unit named as it is today."""

    editions: list[Edition]
    has_more: bool
    #: The list columns that were asked for `beside` them.
    found: Columns


def citing(
    live: Live,
    name: tuple[str, str],
    kinds: Sequence[str],
    number: int,
    beside: Sequence[tuple[str, str]] = (),
) -> Citing:
    """Return a part of what cites a unit and can be reached. Raises NotLive past the last.

    No more than a part is read. It is found in the text of the rows, where natural keys stand in
    brackets: `[["s01"], ["s02"]]`.
    """
    kind, slug = name
    rows_as_text = Cast("rows", TextField())
    there = live.of(*map(every, kinds)).filter(Contains(rows_as_text, f'["{slug}"]'))
    past = (number - 1) * ON_A_PAGE
    in_order = there.order_by("kind", "parent", "order", "slug")
    some = list(in_order[past : past + ON_A_PAGE + 1])
    if past and not some:
        raise NotLive(slug)
    shown = [as_today(edition) for edition in some[:ON_A_PAGE]]
    above = [("article", edition.parent) for edition in shown if edition.kind == "section"]
    found = columns(live, units=[*above, *beside])
    citing = [one for one in shown if _names(one, f"{kind}s", slug) and _is_reachable(one, found)]
    return Citing(citing, len(some) > ON_A_PAGE, found)


def _names(edition: Edition, field: str, slug: str) -> bool:
    return any([slug] in row["fields"].get(field, ()) for row in edition.rows)


def _is_reachable(edition: Edition, found: Columns) -> bool:
    """A section can be live before its article is, but no reader can reach it then."""
    return edition.kind != "section" or ("article", edition.parent) in found
