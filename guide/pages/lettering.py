"""How wide a text is, and how to break it into lines, where no browser does it: in SVG."""

from __future__ import annotations

#: Widest advance, in parts of the letter size, of the letters of Atkinson Hyperlegible Next at
#: the weight of headings. A letter that is not here counts as one of the widest.
_ADVANCES = {
    0.27: "',.:;j|‘’",
    0.31: " !`i·",
    0.38: '"()-[]flrt{}',
    0.44: "1/I\\_",
    0.51: "*csz“”–",
    0.55: "7?akvxy",
    0.58: "2<>FJLehnou~é",
    0.60: "39E^bdgpq",
    0.66: "04568$+=BCKPRSTVYZ",
    0.77: "#&ADGHNOQUXw…",
}
_WIDEST = 1.0
_ADVANCE = {letter: advance for advance, letters in _ADVANCES.items() for letter in letters}


def width(text: str, size: float) -> float:
    """Return how wide a text is at most."""
    return size * sum(_ADVANCE.get(letter, _WIDEST) for letter in text)


def lines(text: str, size: float, room: float) -> list[str]:
    """Break a text into lines that fit the room. A word that is too long is broken as well."""
    found: list[str] = []
    for word in text.split():
        if found and width(f"{found[-1]} {word}", size) <= room:
            found[-1] += f" {word}"
        else:
            found += _pieces(word, size, room)
    return found


def _pieces(word: str, size: float, room: float) -> list[str]:
    pieces = [""]
    for letter in word:
        if pieces[-1] and width(pieces[-1] + letter, size) > room:
            pieces.append("")
        pieces[-1] += letter
    return pieces
