from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import islice
from typing import TypeVar

T = TypeVar("T")


def batched(found: Iterable[T], size: int) -> Iterator[list[T]]:
    """Yield what is found in lists of so many, as itertools.batched() does from Python 3.12 on."""
    rest = iter(found)
    while some := list(islice(rest, size)):
        yield some
