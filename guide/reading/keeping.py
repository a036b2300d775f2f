"""What is made for readers, kept in memory until that of which it is made changes."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable
from functools import wraps
from threading import Lock
from typing import Any, Concatenate, NamedTuple, ParamSpec, TypeVar, cast

from guide.reading.asked import Topics, note, noting
from guide.reading.live import Change, Live, on_change

P = ParamSpec("P")
T = TypeVar("T")

PAGES_KEPT = 64
#: Of what readers can ask for in more ways than there are pages: each takes up to half a MB.
FEW_KEPT = 16


class _Made(NamedTuple):
    """What was made for a state of the guide, and of what."""

    live: Live
    value: Any
    asked: Topics


def kept(
    build: Callable[Concatenate[Live, P], T],
) -> Callable[Concatenate[Live, P], T]:
    """Keep what `build` returns until that of which it is made changes. Errors are not kept."""
    return _keeping(build, PAGES_KEPT)


def kept_few(
    build: Callable[Concatenate[Live, P], T],
) -> Callable[Concatenate[Live, P], T]:
    """Keep the latest few of what `build` returns: readers can make it return any number."""
    return _keeping(build, FEW_KEPT)


def _keeping(
    build: Callable[Concatenate[Live, P], T], most: int
) -> Callable[Concatenate[Live, P], T]:
    pages: OrderedDict[tuple[object, ...], _Made] = OrderedDict()
    lock = Lock()

    @wraps(build)
    def keeping(live: Live, /, *args: P.args, **kwargs: P.kwargs) -> T:
        key = (args, *kwargs.items())
        with lock:
            made = pages.get(key)
            if made:
                pages.move_to_end(key)
        if made is None or made.live != live:
            with noting() as asked:
                value = build(live, *args, **kwargs)
            made = _Made(live, value, frozenset(asked))
            with lock:
                pages[key] = made
                if len(pages) > most:
                    pages.popitem(last=False)
        note(made.asked)
        return cast("T", made.value)

    def follow(change: Change) -> None:
        with lock:
            for key, made in [*pages.items()]:
                if now := change.carries(made.live, made.asked):
                    pages[key] = made._replace(live=now)
                else:
                    del pages[key]

    on_change(follow)
    return keeping
