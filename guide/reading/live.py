"""Which editions readers see at this moment, asked in one query and remembered.

A page is a pure function of the live editions. They change only when an edition is added
or the day of one comes, and both show in a pair of values, so a page is kept in memory
under that pair and costs one query to serve again. Nothing is written on a read, and no
process has to tell another.
"""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime
from functools import lru_cache
from typing import Any, Concatenate, ParamSpec, TypeVar, cast

from django.db.models import Subquery
from django.utils import timezone

from guide.models import Edition, EditionQuerySet
from guide.pages import articles, faqs, stretches

P = ParamSpec("P")
T = TypeVar("T")

PAGES_KEPT = 512
UNITS_KEPT = 2048

_BUILDERS: dict[str, Callable[[Any], Any]] = {
    "article": articles.build_article,
    "section": articles.build_section,
    "stretch": stretches.build_stretch,
    "routine": stretches.build_routine,
    "faq": faqs.build_faq,
}


class NotLive(LookupError):
    """Readers cannot see this unit: it is not published, or it was withdrawn."""


@dataclass(frozen=True)
class Live:
    """The state of the guide: the newest due edition and the latest day that has come.

    Two moments with the same pair have the same live editions, because editions are
    append-only; `now` only says at which moment to look.
    """

    newest: int
    since: datetime | None
    now: datetime = field(compare=False)

    @property
    def editions(self) -> EditionQuerySet:
        return Edition.objects.live(self.now)


def live() -> Live:
    """Ask for the state of the guide. One query, two index look-ups."""
    now = timezone.now()
    due = Edition.objects.due(now)
    latest = due.order_by("-live_from").values("live_from")[:1]
    found = due.order_by("-pk").annotate(since=Subquery(latest)).values_list("pk", "since").first()
    newest, since = found or (0, None)
    return Live(newest, since, now)


_forget: list[Callable[[], None]] = []


def kept(
    build: Callable[Concatenate[Live, P], T],
) -> Callable[Concatenate[Live, P], T]:
    """Keep what `build` returns for a state of the guide. Errors are not kept."""
    keeping = lru_cache(maxsize=PAGES_KEPT)(build)
    _forget.append(keeping.cache_clear)
    return cast("Callable[Concatenate[Live, P], T]", keeping)


_units: OrderedDict[tuple[str, str], Any] = OrderedDict()
_forget.append(_units.clear)


def built(edition: Edition) -> Any:
    """Return the page of an edition's rows: built once for each different content."""
    key = (edition.kind, edition.digest)
    if key not in _units:
        _units[key] = _BUILDERS[edition.kind](edition.rows)
        if len(_units) > UNITS_KEPT:
            _units.popitem(last=False)
    return _units[key]


def forget() -> None:
    """Forget every kept page: for tests, whose databases begin anew."""
    for clear in _forget:
        clear()


def edition_of(live: Live, kind: str, slug: str) -> Edition:
    """Return the live edition of a unit. Raises NotLive."""
    try:
        return live.editions.of(kind, slug).get()
    except Edition.DoesNotExist as error:
        raise NotLive(slug) from error


def why_withdrawn(live: Live, kind: str, slug: str) -> str | None:
    """Return the message with which a unit was withdrawn; None if readers never lost it."""
    last = Edition.objects.due(live.now).of(kind, slug).order_by("-number").first()
    return last.note if last and last.withdrawn else None


def since(edition: Edition) -> datetime:
    """Return since when a live edition is live."""
    assert edition.live_from is not None
    return edition.live_from
