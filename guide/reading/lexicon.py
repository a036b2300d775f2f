"""The words that readers may type: those of the guide, those that mean them, those that warn."""

from __future__ import annotations

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from functools import cached_property

from django.db.models import CharField, F, Value
from django.db.models.functions import Cast

from guide.models import SearchWord, Synonym, WarningWord
from guide.pages.terms import phrases_of, root
from guide.reading.asked import INDEX, note
from guide.reading.keeping import kept
from guide.reading.live import Live

Phrase = tuple[str, ...]

#: How much two words have to be alike for one to be a typo of the other. A word that warns is
#: rather seen once too often; but sepsis is no typo of steps, nor soap of stop.
ALIKE, ALIKE_ENOUGH_TO_WARN = 0.78, 0.74
#: Two letters that changed places.
SWAPPED = 0.9
#: A shorter word is like too many others.
SHORTEST_TYPO = 3
#: How far apart two lengths may be; of words that are shorter than long, only half as far.
LENGTHS_APART, LONG = 2, 5
#: Two mistakes change at most so many letters. Compared first, as it is quick.
LETTERS_APART = 4
#: How many words may stand between two of a warning: my leg is cold.
WORDS_BETWEEN = 1


@dataclass(frozen=True)
class Lexicon:
    #: What people say, and what the guide calls it.
    synonyms: dict[Phrase, list[Phrase]]
    #: What warns, and the level of the care card that belongs on top.
    warnings: list[tuple[Phrase, str]]
    #: In how many documents each word is.
    documents: dict[str, int]

    @cached_property
    def words(self) -> list[str]:
        """Every word that can be found, in order."""
        phrases = [*self.synonyms, *(phrase for phrase, _ in self.warnings)]
        return sorted({*self.documents, *(word for phrase in phrases for word in phrase)})

    @cached_property
    def roots(self) -> frozenset[str]:
        return frozenset(map(root, self.words))

    @cached_property
    def _letters(self) -> list[tuple[str, int]]:
        return [(word, letters_of(word)) for word in self.words]

    @cached_property
    def _means(self) -> dict[Phrase, list[Phrase]]:
        return {tuple(map(root, said)): means for said, means in self.synonyms.items()}

    def said(self, words: Sequence[str]) -> tuple[Phrase, list[Phrase]]:
        """Return the longest of people's phrases that words begin with, and what it means."""
        for length in range(len(words), 0, -1):
            begin = tuple(words[:length])
            if means := self._means.get(tuple(map(root, begin))):
                return begin, means
        return (), []

    def knows(self, word: str) -> bool:
        """Tell whether a word is no typo. A number never is."""
        return not word.isalpha() or root(word) in self.roots

    def begins(self, word: str) -> bool:
        """Tell whether a longer word begins like this."""
        place = bisect_left(self.words, word)
        return place < len(self.words) and self.words[place].startswith(word)

    def meant(self, word: str) -> str:
        """Return the word that a typo most likely meant; the word itself if none is near."""
        if len(word) < SHORTEST_TYPO:
            return word
        letters = letters_of(word)
        near = (
            (likeness(word, other), self.documents.get(other, 0), other)
            for other, others in self._letters
            if (letters ^ others).bit_count() <= LETTERS_APART and _may_be_slip(word, other)
        )
        alike, _, other = max(near, default=(0.0, 0, word))
        return other if alike >= ALIKE else word

    def levels(self, typed: Sequence[str]) -> set[str]:
        """Return the levels of the care cards that what was typed asks for."""
        heard = [self._heard(word) for word in typed]
        return {
            level
            for start, words in enumerate(heard, 1)
            for word in words
            for phrase, level in self._begun.get(word, ())
            if _goes_on(heard[start:], phrase[1:])
        }

    @cached_property
    def _begun(self) -> dict[str, list[tuple[Phrase, str]]]:
        """What warns, by its first word."""
        begun: defaultdict[str, list[tuple[Phrase, str]]] = defaultdict(list)
        for phrase, level in self.warnings:
            begun[phrase[0]].append((phrase, level))
        return dict(begun)

    @cached_property
    def _signs(self) -> dict[str, set[str]]:
        """The words of what warns, by their root."""
        signs: defaultdict[str, set[str]] = defaultdict(set)
        for word in {word for phrase, _ in self.warnings for word in phrase}:
            signs[root(word)].add(word)
        return dict(signs)

    def _heard(self, typed: str) -> set[str]:
        """Return the words of what warns that a typed word may be, if need be as a typo."""
        same = self._signs.get(root(typed), set())
        if self.knows(typed):
            return same
        signs = (word for words in self._signs.values() for word in words)
        return same | {word for word in signs if likeness(typed, word) >= ALIKE_ENOUGH_TO_WARN}


def _goes_on(heard: Sequence[set[str]], rest: Phrase) -> bool:
    """Tell whether the rest of a phrase was typed, in its order and close together."""
    return not rest or any(
        rest[0] in words and _goes_on(heard[place:], rest[1:])
        for place, words in enumerate(heard[: WORDS_BETWEEN + 1], 1)
    )


def _may_be_slip(word: str, other: str) -> bool:
    """Tell whether a slip of a finger may lead from a word to another, before they are compared.

    It seldom adds or drops the first letter, and does less to a short word: fire is no figure.
    """
    apart = abs(len(word) - len(other))
    most = LENGTHS_APART if min(len(word), len(other)) >= LONG else LENGTHS_APART // 2
    return apart <= most and (apart == 0 or word[0] == other[0])


def letters_of(word: str) -> int:
    """Return which letters a word has, as bits."""
    bits = 0
    for letter in word:
        bits |= 1 << ord(letter) % 64
    return bits


def likeness(one: str, other: str) -> float:
    """Return how much alike two words are, from 0 to 1; 0 where their lengths are far apart."""
    if abs(len(one) - len(other)) > LENGTHS_APART:
        return 0.0
    if one[0] == other[0] and sorted(one) == sorted(other):
        return SWAPPED
    matcher = SequenceMatcher(None, one, other, autojunk=False)
    least = ALIKE_ENOUGH_TO_WARN
    near = matcher.real_quick_ratio() >= least and matcher.quick_ratio() >= least
    return matcher.ratio() if near else 0.0


@kept
def lexicon(live: Live) -> Lexicon:
    """Return the words of what is live, in one query."""
    note([INDEX])
    synonyms: dict[Phrase, list[Phrase]] = {}
    warnings: list[tuple[Phrase, str]] = []
    documents: dict[str, int] = {}
    for kind, words, more in _rows(live):
        if kind == Synonym.kind:
            synonyms |= dict.fromkeys(phrases_of(words), phrases_of(more))
        elif kind == WarningWord.kind:
            warnings += [(phrase, more) for phrase in phrases_of(words)]
        else:
            documents[words] = int(more)
    return Lexicon(synonyms, warnings, documents)


def _rows(live: Live) -> Iterator[tuple[str, str, str]]:
    units = live.editions.filter(kind__in=(Synonym.kind, WarningWord.kind)).order_by()
    words = SearchWord.objects.values_list(Value("word"), F("word"), Cast("documents", CharField()))
    return iter(units.values_list("kind", "title", "summary").union(words, all=True))
