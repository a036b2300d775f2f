"""Lines, points and numbers as SVG. The stylesheet colours them by their class."""

from __future__ import annotations

from guide.pages.skeleton import Point

Line = tuple[Point, Point, float]  # from, to, width


def strokes(tone: str, lines: list[Line], extra: float = 0.0) -> str:
    """Lines of one tone, each wider by `extra`; nothing where there are none."""
    paths = (
        f'<path stroke-width="{number(width + extra)}" d="M{whole(start)}L{whole(end)}"/>'
        for start, end, width in lines
    )
    return f'<g class="{tone}">{"".join(paths)}</g>' if lines else ""


def whole(point: Point) -> str:
    """A point to the nearest unit, where what ends in it is wide enough: pages stay light."""
    return f"{point[0]:.0f} {point[1]:.0f}"


def xy(point: Point) -> str:
    return f"{number(point[0])} {number(point[1])}"


def number(value: float) -> str:
    """A number with one decimal at most: a tenth of a unit is finer than any screen shows."""
    return f"{value:.1f}".removesuffix(".0")
