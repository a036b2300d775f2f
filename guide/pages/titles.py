"""What a page is called in a tab, in a list of results and under a shared link."""

from __future__ import annotations

import re
from textwrap import shorten

BRAND = " – LegRelief"
LONGEST_TITLE = 60
LONGEST_DESCRIPTION = 155


def titled(name: str) -> str:
    """Return the title of a page: its name, with the brand where there is room for it."""
    whole = f"{name}{BRAND}"
    return whole if len(whole) <= LONGEST_TITLE else shorten(name, LONGEST_TITLE, placeholder="…")


def described(text: str) -> str:
    """Return as many whole sentences of a text as fit; of a long first one, its first words."""
    whole = " ".join(text.split())
    if len(whole) <= LONGEST_DESCRIPTION:
        return whole
    ends = [found.end() for found in re.finditer(r"[.?!](?= )", whole)]
    fitting = [end for end in ends if end <= LONGEST_DESCRIPTION]
    return whole[: fitting[-1]] if fitting else shorten(whole, LONGEST_DESCRIPTION, placeholder="…")
