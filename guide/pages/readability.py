"""How hard a text is to read: Flesch-Kincaid grade and sentence length.

Own formula because the libraries for it fetch word lists at run time. Syllables are
counted by vowel groups, corrected where English does not speak them; the tests hold them to a
dictionary's count within 5 %.
Source of the grade: Kincaid and others, 1975.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable
from dataclasses import dataclass

MAX_GRADE = 6.0
MAX_SENTENCE_WORDS = 20

#: A link or a picture. Neither part goes past the next "[", so that a thousand of them without
#: an end are not read a thousand times.
LINK = re.compile(r"(?P<picture>!?)\[(?P<words>[^\[\]]*)\]\([^)\[]*\)")
_WORD = re.compile(r"[A-Za-z][A-Za-z'’]*|\d+(?:[.,]\d+)*")
_SENTENCE_END = re.compile(r"(?<=[.!?])[\"”')]*\s+")
_LINE_MARK = re.compile(r"^\s*(?:[-*+]|\d+\.|#+|>)\s+", re.MULTILINE)
_MARKUP = re.compile(r"[*_`{}|]")

# Where the number of vowel groups is not the number of syllables.
_Y_AS_VOWEL = re.compile(r"(?<=[^aeiou.])y(?=[aeiou])")  # dry-ing, an-y-one
_Y_AS_CONSONANT = re.compile(r"(?<![^aeiou])y(?=[aeiou])")  # year, be-yond
_SILENT_END = re.compile(r"[^aeiouy]e\Z|[^aeiouytd]ed\Z|[^aeiouyscxzg]es\Z")  # hope, helped
_SPOKEN_END = re.compile(r"[^aeiouylrw]l(?:e|ed|es)\Z|[cs]hes\Z")  # mus-cles, rush-es
_SILENT_INSIDE = re.compile(
    r"[^aeiouyl]e(?=(?:ly|ty|ness|ments?|ful|less|foot|thing|times?|where)\Z)"  # like-ly
)
_TWO_VOWELS = re.compile(
    r"(?<![tscgxh])i[aou]|(?<!q)ual|iet|i(?=er\Z|est\Z)|(?<![gq])ui[dn]"  # di-al, eas-i-er
    r"|[aeiou]ing|react|[aeiouy][^aeiouy]+eas?\Z|sms?\Z"  # be-ing, i-de-a, spas-m
)
_ODD = {"ache": 1, "aches": 1, "every": 2, "everyday": 3, "everyone": 3, "everything": 3} | {
    "evening": 2, "evenings": 2, "eye": 1, "eyes": 1, "uk": 2, "dvt": 3,
}  # fmt: skip


@dataclass(frozen=True)
class Readability:
    """The grade of a text, how many words it has, and how many of them were left out."""

    grade: float
    words: int
    exempt: int


def without_links(markdown: str) -> str:
    """Return a Markdown text with the words of its links in place of the links."""
    return LINK.sub(r"\g<words>", markdown)


def sentences(markdown: str) -> list[str]:
    """Return the sentences of a Markdown text; each list item or line of a block counts alone."""
    text = without_links(markdown)
    blocks = re.split(r"\n\s*\n|\n(?=\s*(?:[-*+]|\d+\.|#+|>)\s)", text)
    plain = (_MARKUP.sub("", _LINE_MARK.sub("", block)).replace("\n", " ") for block in blocks)
    parts = (part.strip() for block in plain for part in _SENTENCE_END.split(block))
    return [part for part in parts if _WORD.search(part)]


def syllables(word: str) -> int:
    """Return about how many syllables a word has; a number counts as one."""
    word = word.lower().replace("’", "'").removesuffix("'s")
    if not word or word[0].isdigit():
        return 1
    if word in _ODD:
        return _ODD[word]
    split = _Y_AS_CONSONANT.sub(".", _Y_AS_VOWEL.sub("y.", word))
    silent = 0 if _SPOKEN_END.search(word) else len(_SILENT_END.findall(word))
    count = len(re.findall(r"[aeiouy]+", split)) - silent
    return max(1, count - len(_SILENT_INSIDE.findall(word)) + len(_TWO_VOWELS.findall(word)))


def read(markdown: str, exempt: Collection[str] = ()) -> Readability:
    """Judge a Markdown text, leaving the `exempt` words (lower case) out of the grade."""
    found = sentences(markdown)
    if not found:
        return Readability(0.0, 0, 0)
    words = [word for sentence in found for word in _WORD.findall(sentence)]
    counted = [word for word in words if not _is_exempt(word, exempt)]
    grade = 0.0
    if counted:
        per_word = sum(map(syllables, counted)) / len(counted)
        grade = 0.39 * len(counted) / len(found) + 11.8 * per_word - 15.59
    return Readability(round(grade, 1), len(words), len(words) - len(counted))


def long_sentences(markdown: str) -> Iterable[str]:
    """Yield the sentences of more than 20 words."""
    return (
        sentence for sentence in sentences(markdown) if word_count(sentence) > MAX_SENTENCE_WORDS
    )


def word_count(sentence: str) -> int:
    """Return how many words a sentence has; a number counts as one."""
    return len(_WORD.findall(sentence))


def _is_exempt(word: str, exempt: Collection[str]) -> bool:
    lower = word.lower().replace("’", "'")
    return lower in exempt or lower.removesuffix("'s").removesuffix("s") in exempt
