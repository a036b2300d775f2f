"""Answers as a short text for the reader's own device: edition number and option codes.

Codes are never given to another answer, so a text means the same for as long as it lives.
"""

from __future__ import annotations

import re

from guide.triage.flow import Answers

_NUMBER = re.compile(r"[1-9][0-9]{0,8}", re.ASCII)
_TEXT = re.compile(rf"{_NUMBER.pattern}(?:\.[a-z][a-z0-9]{{1,2}})*", re.ASCII)

#: The number of an edition, and the answers that were given to it.
Written = tuple[int, Answers]


def encode(number: int, answers: Answers) -> str:
    """Return the answers to edition `number` as text, such as 12.ns.wc."""
    return ".".join([str(number), *sorted(answers)])


def decode(text: str) -> Written | None:
    """Return edition number and answers; None for anything that encode() would not write."""
    if not _TEXT.fullmatch(text):
        return None
    number, *codes = text.split(".")
    written = int(number), frozenset(codes)
    return written if encode(*written) == text else None


def edition_number(text: str) -> int | None:
    """Return the number of an edition by itself; None for anything that is not one."""
    return int(text) if _NUMBER.fullmatch(text) else None
