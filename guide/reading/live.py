"""Which editions readers see at this moment, asked in one query and remembered.

A page is a pure function of the live editions. They change only when an edition is added
or the day of one comes, and both show in a few values, so a page is kept in memory under
those and costs one query to serve again. When they change, one more query tells which units
did, and only what is made of those is made anew. Nothing is written on a read, and no process
has to tell another.
"""

from __future__ import annotations

import logging
from collections import OrderedDict, deque
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from itertools import groupby
from operator import itemgetter
from typing import Any, NamedTuple

from django.db import DatabaseError, close_old_connections, connection
from django.db.models import Q
from django.db.models.signals import post_save
from django.dispatch import receiver
from django.utils import timezone

from guide.models import Edition, EditionQuerySet, Moved, Names, renamed
from guide.pages import articles, faqs, stretches
from guide.reading.asked import EVERYTHING, INDEX, Topic, Topics, note, touched, unit

logger = logging.getLogger(__name__)

#: From the newest edition back, the first that is due is found at once. By the index of days all
#: that are due would be read and put in order, to take one of them.
_STATE = """
    SELECT id AS newest,
        (SELECT live_from FROM guide_edition WHERE live_from <= %(now)s
            ORDER BY live_from DESC LIMIT 1) AS since,
        (SELECT id FROM guide_moved ORDER BY id DESC LIMIT 1) AS moved,
        (SELECT id FROM guide_searchdocument ORDER BY id DESC LIMIT 1) AS in_index
    FROM guide_edition WHERE COALESCE(live_from, %(never)s) <= %(now)s
    ORDER BY id DESC LIMIT 1
"""
_NEVER = datetime.max.replace(tzinfo=UTC)
#: How long one process may not know of what another one published.
STAMP_LASTS = timedelta(seconds=0.5)
UNITS_KEPT = 512
#: So many units may change at once before everything counts as changed.
CHANGES_TOLD_APART = 500

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
    """The state of the guide: the newest due edition, the latest day that has come, and the
    latest change of an address.

    Two moments with the same three have the same live editions, because editions are
    append-only; `now` only says at which moment to look, and `indexed` as of which document
    of its index the guide is searched.
    """

    newest: int
    since: str
    moved: int
    now: datetime = field(compare=False)
    indexed: int = field(default=0, compare=False)

    @classmethod
    def stored(cls, newest: int, since: str, moved: int, at: str) -> Live:
        """Return a state as it was told by `to_store`."""
        return cls(newest, since, moved, datetime.fromisoformat(at))

    def to_store(self) -> dict[str, int | str]:
        at = self.now.isoformat()
        return {"newest": self.newest, "since": self.since, "moved": self.moved, "at": at}

    @property
    def editions(self) -> EditionQuerySet:
        """All that is live. A page that asks for it is made anew whenever anything changes."""
        note([EVERYTHING])
        return Edition.objects.live(self.now)

    @property
    def due(self) -> EditionQuerySet:
        """All that was ever live."""
        note([EVERYTHING])
        return Edition.objects.due(self.now)

    def of(self, *topics: Topic, also: Q | None = None) -> EditionQuerySet:
        """What is live of some kinds and units; what is found `also` is the caller's to note."""
        note(topics)
        wanted = Q(kind__in=[topic[0] for topic in topics if len(topic) == 1])
        for parts, column in ((2, "slug"), (3, "parent")):
            named = sorted(topic for topic in topics if len(topic) == parts)
            for kind, found in groupby(named, key=itemgetter(0)):
                wanted |= Q(**{"kind": kind, f"{column}__in": [topic[-1] for topic in found]})
        return Edition.objects.live(self.now).filter(wanted | also if also else wanted)


class Change(NamedTuple):
    """That the guide came to another state, and what of it differs; None: anything may."""

    before: Live | None
    after: Live | None
    topics: Topics | None

    def carries(self, live: Live, asked: Topics) -> Live | None:
        """Return the state in which what was made of this is good now; None if it is not."""
        same = self.topics is not None and self.topics.isdisjoint(asked)
        return self.after if same and live == self.before else None


_clear: list[Callable[[], None]] = []
_follow: list[Callable[[Change], None]] = []
#: The last state that was asked for, and when it was known to be the newest.
_last: deque[Live] = deque(maxlen=1)
_sure: deque[datetime] = deque(maxlen=1)
_clear += [_last.clear, _sure.clear]


def live() -> Live:
    """Ask for the state of the guide. One query, four index look-ups."""
    return live_with()[0]


def live_with(joined: str = "", columns: str = "", **asked: str) -> tuple[Live, tuple[Any, ...]]:
    """Ask for the state of the guide, and in the same query for columns of what is joined to it.

    It is by far the most frequent question, and so is not put together anew each time.
    """
    now = timezone.now()
    values: dict[str, Any] = {
        "now": connection.ops.adapt_datetimefield_value(now),
        "never": connection.ops.adapt_datetimefield_value(_NEVER),
    }
    with connection.cursor() as cursor:
        selected = ", ".join(filter(None, ["state.*", columns]))
        cursor.execute(f"SELECT {selected} FROM ({_STATE}) AS state {joined}", values | asked)  # noqa: S608 (no word of a reader)
        newest, since, moved, indexed, *more = cursor.fetchone() or (0, None, None, None)
    state = Live(newest, str(since or ""), moved or 0, now, indexed or 0)
    _learn(state)
    return state, tuple(more)


def _learn(state: Live) -> None:
    """Tell all that is kept of a state that is new to this process."""
    _names.learn(state.moved)
    before = _last[-1] if _last else None
    if before is None or state != before:
        _tell(changed(before, state))
    elif state.indexed != before.indexed:
        _tell(Change(before, state, frozenset([INDEX])))
    _last.append(state)
    _sure.append(state.now)


def _tell(change: Change) -> None:
    for follow in _follow:
        follow(change)


def changed(before: Live | None, after: Live) -> Change:
    """Tell what of the guide differs between two states, in one query."""
    if not before or before.moved != after.moved:
        return Change(before, after, None)
    if before.newest > after.newest or before.now > after.now:  # another database, or clock
        return Change(before, after, None)
    new = Q(pk__gt=before.newest) | Q(live_from__gt=before.now)
    units = Edition.objects.due(after.now).filter(new).values_list("kind", "slug", "parent")
    found = list(units[: CHANGES_TOLD_APART + 1])
    if len(found) > CHANGES_TOLD_APART:
        return Change(before, after, None)
    return Change(before, after, frozenset().union(*(touched(*one) for one in found)))


def stamp() -> Live:
    """Return the state of the guide as it was at most half a second ago.

    Another process sees a publish within that time, and this one at once. While the database
    does not answer, the state is the last one known: the guide goes on as it was.
    """
    now = timezone.now()
    last = _last[-1] if _last else None
    if last and _sure and timedelta() <= now - _sure[-1] < STAMP_LASTS:
        return last
    # A page may be handed out without a request that Django knows of, and looks after.
    if not connection.in_atomic_block:
        close_old_connections()
    try:
        return live()
    except DatabaseError:
        if not last:
            raise
        logger.exception("The database does not answer: going on with the guide as it was")
        # It may have taken its time to fail, so look at the clock again.
        _sure.append(timezone.now())
        return last


@receiver(post_save, sender=Edition)
def _ask_anew(**_: object) -> None:
    _sure.clear()


def on_change(follow: Callable[[Change], None]) -> None:
    """Call `follow` when the guide comes to another state: some of what is kept is of no use."""
    _follow.append(follow)


class _Names:
    """The addresses that changed, read again only when one more did.

    An old slug leads to the same unit for ever, so a page of an earlier state that is built
    with newer names is right all the same.
    """

    def __init__(self) -> None:
        self.forget()

    def forget(self) -> None:
        self.last = 0
        self.known: Names = {}

    def learn(self, last: int) -> None:
        if last != self.last:
            self.last, self.known = last, Moved.objects.names()


_names = _Names()
_clear.append(_names.forget)


def names() -> Names:
    """Return the slug of today by kind and former slug, as of the last look at the guide."""
    return _names.known


def current(kind: str, slug: str) -> str:
    """Return the slug of today of a unit that may be named by a former one."""
    return _names.known.get((kind, slug), slug)


_units: OrderedDict[tuple[str, str, int], Any] = OrderedDict()
_clear.append(_units.clear)


def built(edition: Edition) -> Any:
    """Return the page of an edition's rows: built once for each different content.

    One that is not saved is only looked at, so it takes no other's place in memory.
    """
    note([unit(edition.kind, edition.slug)])
    if edition.pk is None:
        return _BUILDERS[edition.kind](rows_now(edition))
    key = (edition.kind, edition.digest, _names.last)
    if key not in _units:
        _units[key] = _BUILDERS[edition.kind](rows_now(edition))
        if len(_units) > UNITS_KEPT:
            _units.popitem(last=False)
    return _units[key]


def rows_now(edition: Edition) -> list[Any]:
    """Return the rows of an edition, in which every unit is named as it is today."""
    return renamed(edition.rows, names())


def forget() -> None:
    """Forget every kept page: for tests, whose databases begin anew."""
    for clear in _clear:
        clear()
    _tell(Change(None, None, None))


def edition_of(live: Live, kind: str, slug: str) -> Edition:
    """Return the live edition of a unit. Raises NotLive."""
    try:
        return live.of(unit(kind, slug)).get()
    except Edition.DoesNotExist as error:
        raise NotLive(slug) from error


def why_withdrawn(live: Live, kind: str, slug: str) -> str | None:
    """Return the message with which a unit was withdrawn; None if readers never lost it."""
    last = live.due.of(kind, slug).order_by("-number").first()
    return last.note if last and last.withdrawn else None


def since(edition: Edition) -> datetime:
    """Return since when a live edition is live."""
    assert edition.live_from is not None
    return edition.live_from
