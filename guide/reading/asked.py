"""What a page is made of, noted while it is made: it stays good until some of that changes."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar

#: A kind of unit, one unit, the units inside another, or everything there is.
Topic = tuple[str, ...]
Topics = frozenset[Topic]

EVERYTHING: Topic = ()
#: The index that readers search. It may come after the day of what is in it.
INDEX: Topic = ("index",)

_noted: ContextVar[set[Topic] | None] = ContextVar("noted", default=None)


def every(kind: str) -> Topic:
    return (kind,)


def unit(kind: str, slug: str) -> Topic:
    return (kind, slug)


def inside(kind: str, parent: str) -> Topic:
    return (kind, "in", parent)


def touched(kind: str, slug: str, parent: str) -> set[Topic]:
    """Return all that an edition of this unit is a part of."""
    return {EVERYTHING, every(kind), unit(kind, slug), inside(kind, parent)}


def note(topics: Iterable[Topic]) -> None:
    """Note that what is being made is made of these."""
    noted = _noted.get()
    if noted is not None:
        noted.update(topics)


@contextmanager
def noting() -> Iterator[set[Topic]]:
    """Yield what is asked for inside. Whatever goes on outside is made of that too."""
    mine: set[Topic] = set()
    before = _noted.set(mine)
    try:
        yield mine
    finally:
        _noted.reset(before)
        note(mine)
