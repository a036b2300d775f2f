from __future__ import annotations

import re

import segno

from guide.pages.qr import qr_html

ADDRESS = "https://legrelief.example/cramp/"
EDGE = 4


def drawn(html: str) -> set[tuple[int, int]]:
    """The dark squares (row, column) that the path of a picture runs over."""
    found, row, column = set(), 0.0, 0
    path = re.search(r' d="([^"]+)"', html)
    assert path
    for kind, values in re.findall(r"([Mmh])([-\d. ]+)", path[1]):
        numbers = [float(value) for value in re.findall(r"-?[\d.]+", values)]
        if kind == "h":
            found |= {(int(row), column + step) for step in range(int(numbers[0]))}
            column += int(numbers[0])
        else:
            column = int(numbers[0]) + (column if kind == "m" else 0)
            row = numbers[1] + (row if kind == "m" else 0)
    return found


def test_the_picture_is_the_code_of_the_address_with_an_empty_edge() -> None:
    matrix = segno.make(ADDRESS, error="q", micro=False).matrix
    dark = {
        (row + EDGE, column + EDGE)
        for row, line in enumerate(matrix)
        for column, value in enumerate(line)
        if value
    }
    html = qr_html(ADDRESS)
    assert drawn(html) == dark
    assert f'viewBox="0 0 {len(matrix) + 2 * EDGE} {len(matrix) + 2 * EDGE}"' in html
    assert qr_html("https://legrelief.example/help/") != html


def test_the_picture_needs_no_style() -> None:
    assert "style=" not in qr_html(ADDRESS)
