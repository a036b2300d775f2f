"""Words as a search compares them."""

from __future__ import annotations

import re
import unicodedata

_WORD = re.compile(r"[^\W_]+")
_ENDING = re.compile(r"(?:ies|ing|ness|es|ed|er|ly|s|y|e)\Z")
_SHORTEST_ROOT = 3


def words_of(text: str) -> list[str]:
    """Return the words of a text in lower case, without accents and signs."""
    split = unicodedata.normalize("NFKD", text)
    bare = "".join(letter for letter in split if not unicodedata.combining(letter))
    return _WORD.findall(bare.casefold())


def phrases_of(text: str) -> list[tuple[str, ...]]:
    """Return the phrases that a text has between its commas, each as its words."""
    phrases = (tuple(words_of(part)) for part in text.split(","))
    return [phrase for phrase in phrases if phrase]


def root(word: str) -> str:
    """Return a word without its ending: two words with one root may be the same to a database.

    Roughly, on purpose: the databases stem for themselves; this only guards words that they
    would find from being taken for typos.
    """
    bare = _ENDING.sub("", word)
    if len(bare) > _SHORTEST_ROOT and bare[-1] == bare[-2]:
        bare = bare[:-1]
    return bare if len(bare) >= _SHORTEST_ROOT else word
