"""Former addresses in the fixtures, so that old links lead on from every site that loads them."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from guide.models import UNIT_BY_KIND, Moved, Unit
from guide.pages.rows import RowData
from guide.publishing.files import FixtureError, Given
from guide.publishing.press import Refused
from guide.publishing.rename import rename

MODEL = Moved._meta.label_lower
_FIELDS = ("kind", "old", "new")
_SLUG = re.compile(r"[-\w]{1,60}", re.ASCII)


class Move(NamedTuple):
    """A former slug of a unit and where it leads, and where a file says so."""

    where: str
    kind: str
    old: str
    new: str

    @property
    def name(self) -> str:
        return f"moved {self.kind} {self.old}"


class Led(NamedTuple):
    """What became of the moves of the files: added, made here by a rename, or not and why."""

    added: list[Move]
    renamed: list[Move]
    kept: list[str]


def moved_rows() -> list[RowData]:
    """Return the former addresses as rows of a fixture."""
    moved = Moved.objects.order_by("kind", "old").values(*_FIELDS)
    return [RowData(model=MODEL, fields={**fields}) for fields in moved]


def moves(given: Sequence[Given]) -> list[Move]:
    """Return the moves among rows. Raises FixtureError, with every mistake found."""
    rows = [one for one in given if one.row["model"] == MODEL]
    fields = [one.row["fields"] for one in rows]
    olds = [(one.get("kind"), one.get("old")) for one in fields]
    problems = [
        f"{row.where} (moved): {problem}" for row in rows for problem in _wrong(row.row, olds)
    ]
    if problems:
        raise FixtureError(problems)
    return [Move(row.where, *(row.row["fields"][name] for name in _FIELDS)) for row in rows]


def _wrong(row: RowData, olds: Sequence[tuple[object, object]]) -> Iterator[str]:
    fields = row["fields"]
    kind, old, new = (fields.get(name) for name in _FIELDS)
    if fields.keys() != set(_FIELDS):
        yield "a move has a kind, old and new, no more."
        return
    for name, value in (("old", old), ("new", new)):
        if not isinstance(value, str) or not _SLUG.fullmatch(value):
            yield f"{name}: must be an address, such as heat-cold"
    if not isinstance(kind, str) or kind not in UNIT_BY_KIND or not UNIT_BY_KIND[kind].may_move:
        yield "kind: must be one that has addresses, such as section"
    elif old == new or (kind, new) in olds:
        yield "new: must be the address of today"
    elif olds.count((kind, old)) > 1:
        yield "old: it is given twice"


def lead_on(found: Sequence[Move], who: str, *, press: bool) -> Led:
    """Let each old address lead to the new one, and rename a unit that still has the old one.

    Where staff have moved the unit elsewhere, their address stays.
    """
    led = Led([], [], [])
    for move in found:
        names = Moved.objects.names()
        new = names.get((move.kind, move.new), move.new)
        known = names.get((move.kind, move.old))
        if known or new == move.old:
            if known != new:
                led.kept.append(f"{move.name}: staff renamed it")
            continue
        unit = UNIT_BY_KIND[move.kind].objects.filter(slug=move.old).first()
        if unit is None:
            Moved.objects.create(kind=move.kind, old=move.old, new=new)
            led.added.append(move)
        elif why := _why_not_renamed(unit, new, who, press=press):
            led.kept.append(f"{move.name}: {why}")
        else:
            led.renamed.append(move)
    return led


def _why_not_renamed(unit: Unit, new: str, who: str, *, press: bool) -> str:
    """Rename a unit, or say why it keeps its address."""
    if not press:
        return "a load that does not publish does not rename"
    try:
        rename(unit, new, who=who)
    except Refused as error:
        return " ".join(error.reasons)
    return ""


def refuse_dead_ends(found: Sequence[Move]) -> None:
    """Raise FixtureError if an address leads to a unit that is not there."""
    names = Moved.objects.names()
    problems = [
        f"{move.where} ({move.name}): new: no {move.kind} is called {move.new}"
        for move in found
        if not UNIT_BY_KIND[move.kind].objects.filter(slug=names[move.kind, move.old]).exists()
    ]
    if problems:
        raise FixtureError(problems)
