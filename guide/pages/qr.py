"""A picture for a phone's camera, in place of an address to type."""

from __future__ import annotations

from functools import lru_cache

import segno


@lru_cache(maxsize=8)
def qr_html(address: str) -> str:
    """Return an address as a drawing: drawn once, and kept in memory."""
    return drawn(address)


def drawn(text: str) -> str:
    """Draw a text that may be a secret, with the empty edge that cameras need around it.

    A quarter of it may be creased or stained (level Q).
    """
    return segno.make(text, error="q", micro=False).svg_inline(omitsize=True, svgclass="qr")
