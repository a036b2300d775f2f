"""A map of a questionnaire, laid out for one column on a phone.

A line runs down past all questions in their order. Those that everyone gets lie across it.
The others lie beside it: a dashed arrow leads in, under the answers that open it, and a solid
one leads back. So walking down the line is walking through the questions.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from guide.pages.lettering import lines

WIDTH = 320
#: Where the line runs, where boxes begin and end, and how far arrows out of a box reach.
SPINE, LEFT, BESIDE, RIGHT, OUT = 14, 2, 46, 294, 314
#: How far below the top of a box an arrow leads in, and above its bottom one leads back.
ARROW_IN, ARROW_BACK = 22, 12
#: Above the first box and below the last; above the others; inside; a mark and its space.
EDGE, GAP, PAD, MARK = 2, 20, 12, 24
#: Letter sizes, each with the height of its line.
TITLE, TEXT = (17, 23), (15, 20)
#: Where in its line a text stands.
RISE = 0.75


class Way(NamedTuple):
    """Where some answers lead. `kind` is emergency, urgent, end or next."""

    kind: str
    who: str
    where: str

    @property
    def short(self) -> str:
        """As it stands beside its mark, where an arrow says that it leads out."""
        return f"{self.who}: {self.where if self.kind == 'end' else self.kind}"


class Step(NamedTuple):
    """A question in words, for the map and for those who read instead.

    `kind` is plain, warning or last; `gate` says after what it is asked, if not everyone is.
    """

    title: str
    note: str = ""
    gate: str = ""
    ways: tuple[Way, ...] = ()
    kind: str = "plain"


class Line(NamedTuple):
    """A line of text; `x` is where it begins, `y` where it stands."""

    x: float
    y: float
    text: str
    kind: str


class Mark(NamedTuple):
    """The shape that says what becomes of some answers, by its top left corner."""

    kind: str
    x: float
    y: float


class Box(NamedTuple):
    """A question, or the end, with all that stands in it."""

    kind: str
    x: float
    y: float
    width: float
    height: float
    lines: tuple[Line, ...]
    marks: tuple[Mark, ...]

    @property
    def bottom(self) -> float:
        return self.y + self.height


class Edge(NamedTuple):
    """A way from one place to another, `dashed` where only some go it, and its arrow head."""

    line: str
    head: str = ""
    dashed: bool = False


class Part(NamedTuple):
    """A piece of the map, over its whole width and measured from its own top.

    Paper cannot break a drawing where it should, so each box is a drawing by itself.
    """

    height: float
    box: Box
    labels: tuple[Line, ...]
    edges: tuple[Edge, ...]


class FlowMap(NamedTuple):
    """Parts to be stacked without a gap."""

    width: float
    parts: tuple[Part, ...]


def flow_map(steps: Sequence[Step], end: str) -> FlowMap:
    """Lay out the questions from top to bottom, and after them a box that says `end`."""
    last = Step(end, kind="last")
    parts = [_part(step, first=not place) for place, step in enumerate((*steps, last))]
    return FlowMap(WIDTH, tuple(parts))


def _part(step: Step, *, first: bool) -> Part:
    top = EDGE if first else GAP
    labels = _text(step.gate, "gate", BESIDE, top, OUT)
    if step.gate:
        box = _box(step, BESIDE, top + _height(labels) + PAD / 2)
    else:
        box = _box(step, LEFT, top)
    edges = tuple(_edges(step, box, first=first))
    return Part(box.bottom + (EDGE if step.kind == "last" else 0), box, tuple(labels), edges)


def _edges(step: Step, box: Box, *, first: bool) -> Iterator[Edge]:
    if step.gate:
        yield Edge(f"M{SPINE} 0V{box.bottom + 1:g}")  # a little longer, so that no seam shows
        yield _across(SPINE, BESIDE, box.y + ARROW_IN, dashed=True)
        yield _across(BESIDE, SPINE, box.bottom - ARROW_BACK)
    elif not first:
        yield Edge(f"M{SPINE} 0V{box.y:g}", f"M{SPINE - 6} {box.y - 7:g}l6 7 6-7")
    for mark in box.marks:
        yield _across(RIGHT, OUT, mark.y + TEXT[1] / 2)


def _across(start: float, end: float, y: float, *, dashed: bool = False) -> Edge:
    back = -7 if end > start else 7
    head = f"M{end + back:g} {y - 6:g}l{-back} 6 {back} 6"
    return Edge(f"M{start:g} {y:g}H{end:g}", head, dashed)


def _box(step: Step, x: float, y: float) -> Box:
    """A box that is as high as its words need."""
    inside, end = x + PAD, RIGHT - PAD
    words = _text(step.title, "title", inside, y + PAD, end)
    words += _text(step.note, "note", inside, y + PAD + _height(words), end)
    below = y + PAD + _height(words)
    marks = []
    for way in step.ways:
        if way.kind != "next":
            below += PAD / 2
            beside = _text(way.short, "way", inside + MARK, below, end)
            marks.append(Mark(way.kind, inside, below))
            words, below = words + beside, below + _height(beside)
    return Box(step.kind, x, y, RIGHT - x, below + PAD - y, tuple(words), tuple(marks))


def _text(words: str, kind: str, x: float, y: float, end: float) -> list[Line]:
    """Lines from `y` down that reach from `x` to `end` at most."""
    size, high = _letters(kind)
    broken = lines(words, size, end - x)
    return [Line(x, y + high * (place + RISE), text, kind) for place, text in enumerate(broken)]


def _height(text: Sequence[Line]) -> float:
    return sum(_letters(line.kind)[1] for line in text)


def _letters(kind: str) -> tuple[int, int]:
    return TITLE if kind == "title" else TEXT
