"""Which words of a text stayed, which went and which came. Pure, standard library only."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from difflib import SequenceMatcher
from itertools import groupby
from typing import Literal

Kind = Literal["kept", "removed", "added"]

#: With less than this in common, two lines are two lines: marked words would be confetti.
ALIKE = 0.4
#: More pairs of words or lines than this are not compared: the time grows faster than they do.
MOST_PAIRS = 400_000


@dataclass(frozen=True)
class Run:
    """Neighbouring text that shares one fate."""

    kind: Kind
    text: str


def runs(before: str, after: str) -> tuple[Run, ...]:
    """Return both texts as one: kept and removed runs make `before`, kept and added `after`."""
    return tuple(_joined(_by_line(before, after)))


def _by_line(before: str, after: str) -> Iterator[Run]:
    """Compare lines first: words are then looked for only within the lines that differ."""
    old, new = before.splitlines(keepends=True), after.splitlines(keepends=True)
    if len(old) * len(new) > MOST_PAIRS:
        yield from _by_word(before, after)
        return
    for tag, i1, i2, j1, j2 in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        if tag == "equal":
            yield Run("kept", "".join(old[i1:i2]))
        elif i2 - i1 == j2 - j1:
            for gone, come in zip(old[i1:i2], new[j1:j2], strict=True):
                yield from _by_word(gone, come)
        else:
            yield from _by_word("".join(old[i1:i2]), "".join(new[j1:j2]))


def _by_word(before: str, after: str) -> Iterator[Run]:
    old, new = (re.findall(r"\w+|\s+|[^\w\s]", text) for text in (before, after))
    matcher = SequenceMatcher(None, old, new, autojunk=False)
    if len(old) * len(new) > MOST_PAIRS or matcher.ratio() < ALIKE:
        yield from (Run("removed", before), Run("added", after))
        return
    for tag, i1, i2, j1, j2 in matcher.get_opcodes():
        gone, come = "".join(old[i1:i2]), "".join(new[j1:j2])
        if tag == "equal":
            yield Run("kept", gone)
        else:
            yield from (Run("removed", gone), Run("added", come))


def _joined(found: Iterator[Run]) -> Iterator[Run]:
    """Join neighbours. A blank that alone stayed between two changes goes with them."""
    solid = _without_lone_blanks([run for run in found if run.text])
    for kept, group in groupby(solid, key=lambda run: run.kind == "kept"):
        same = list(group)
        kinds: tuple[Kind, ...] = ("kept",) if kept else ("removed", "added")
        for kind in kinds:
            if text := "".join(run.text for run in same if run.kind == kind):
                yield Run(kind, text)


def _without_lone_blanks(found: list[Run]) -> Iterator[Run]:
    for place, run in enumerate(found):
        inside = 0 < place < len(found) - 1
        if inside and run.kind == "kept" and run.text.isspace() and "\n" not in run.text:
            yield from (Run("removed", run.text), Run("added", run.text))
        else:
            yield run
