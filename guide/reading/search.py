"""A search: what was typed, what it most likely meant, and what the guide has for it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import TypedDict, cast

from django.urls import reverse
from django.utils.html import escape

from guide.models import Area, Position, SearchDocument
from guide.pages.articles import CareCard
from guide.pages.documents import MARKS
from guide.pages.doses import Dose, line
from guide.pages.panels import figure_html
from guide.pages.terms import words_of
from guide.reading.articles import warning_cards
from guide.reading.lexicon import Lexicon, lexicon
from guide.reading.live import Live
from guide.reading.matching import Term, find

LONGEST = 200
MOST_WORDS = 12
MOST_TYPOS = 4
#: Of each area; then of one, if a reader asks for more of it.
FIRST, MORE = 6, 50
#: Words that say nothing about legs. They count in a title, and where there are no others.
_COMMON = frozenset(
    words_of(
        """
        a about am an and are as at be been but by can cant d did do does dont for from get give
        had has have how i if in is it its ll m me my need of on or re s should so some t that the
        their them then there these they this to up ve was we were what when where which who why
        will with wont would you your
        """
    )
)
_LABELS = {
    "article": "Article",
    "section": "",
    "tip": "Tip",
    "stretch": "Stretch",
    "routine": "Routine",
    "faq": "",
}


class Hit(TypedDict):
    address: str
    title_html: str
    passage_html: str
    #: What kind of thing it is and what it is part of; may be empty.
    where: str
    dose_line: str
    figure_html: str


class Group(TypedDict):
    area: str
    label: str
    hits: list[Hit]
    has_more: bool


class SearchPage(TypedDict):
    asked: str
    #: The care cards that what was asked puts on top, and whether any belongs there.
    warns: bool
    care_cards: list[CareCard]
    #: What was searched for instead; empty if it is what was asked.
    instead: str
    #: Whether something has all of the words; otherwise what is shown has some.
    has_all: bool
    about_cramp: bool
    groups: list[Group]
    count: int
    has_more: bool
    #: The one area that is shown; empty for all.
    only: str


@dataclass(frozen=True)
class Wanted:
    """What a search looks for: its words as they were most likely meant, and the terms."""

    words: Sequence[str]
    terms: Sequence[Term]
    corrected: bool


def search(live: Live, asked: str, only: str = "") -> SearchPage:
    """Return what the guide has for what was asked, in every area or in `only` one."""
    asked = " ".join(asked[:LONGEST].split())
    # So many words fit in. More are only in letters that stand for several words each.
    typed = words_of(asked)[: LONGEST // 2]
    known = lexicon(live) if typed else Lexicon({}, [], {})
    levels = known.levels(typed)  # a sign may come last, after many words
    wanted = meaning(typed[:MOST_WORDS], known)
    area = only if only in Area.values else ""
    most = MORE if area else FIRST
    found = find(wanted.terms, " ".join(wanted.words), most + 1, area)
    # Who has a sign is not told what to do by themselves: the card says what not to do.
    groups = [one for one in _groups(found, most) if not (levels and one["area"] == Area.NOW)]
    return SearchPage(
        asked=asked,
        warns=bool(levels),
        care_cards=[card for card in warning_cards(live) if card["level"] in levels],
        instead=" ".join(wanted.words) if wanted.corrected else "",
        has_all=all(hit.has_all for hit in found),  # type: ignore[attr-defined]
        about_cramp=any("cramp" in " ".join(phrase) for term in wanted.terms for phrase in term),
        groups=groups,
        count=sum(len(group["hits"]) for group in groups),
        has_more=any(group["has_more"] for group in groups),
        only=area,
    )


def meaning(typed: Sequence[str], known: Lexicon) -> Wanted:
    """Return what was meant by the words that were typed."""
    words = [*_corrected(typed, known)]
    return Wanted(words, [*_terms(words, known)], words != list(typed))


def _corrected(typed: Sequence[str], known: Lexicon) -> Iterator[str]:
    """Yield the words, typos put right. The last one may not be typed to its end yet."""
    typos = 0
    for place, word in enumerate(typed, 1):
        unfinished = place == len(typed) and known.begins(word)
        if word in _COMMON or known.knows(word) or unfinished or typos == MOST_TYPOS:
            yield word
        else:
            typos += 1
            yield known.meant(word)


def _terms(words: Sequence[str], known: Lexicon) -> Iterator[Term]:
    """Yield the terms to look for: the words of people together with those of the guide."""
    only_common = _COMMON.issuperset(words)
    place = 0
    while place < len(words):
        said, means = known.said(words[place:])
        word = words[place]
        place += len(said) or 1
        if said:
            yield [said, *means]
        elif word not in _COMMON or only_common:
            unfinished = place == len(words) and not known.knows(word) and len(word) > 1
            yield [[f"{word}*" if unfinished else word]]


def _groups(found: Sequence[SearchDocument], most: int) -> Iterator[Group]:
    for value, label in Area.choices:
        here = [document for document in found if document.area == value]
        if here:
            yield Group(
                area=value,
                label=str(label),
                hits=[_hit(document) for document in here[:most]],
                has_more=len(here) > most,
            )


def _hit(document: SearchDocument) -> Hit:
    card = document.card
    where = [_LABELS[document.kind], document.within]
    if card:
        where.append(str(Position(card["position"]).label))
    return Hit(
        address=_address(document),
        title_html=_marked(document.marked),  # type: ignore[attr-defined]
        passage_html=_marked(document.passage),  # type: ignore[attr-defined]
        where=" · ".join(filter(None, where)),
        dose_line=line(cast("Dose", card["dose"])) if card else "",
        figure_html=figure_html(card["figure"]) if card else "",
    )


def _address(document: SearchDocument) -> str:
    page = {"section": "article", "tip": "article"}.get(document.kind, document.kind)
    address = reverse(page, args=[document.page] if document.page else [])
    return f"{address}#{document.anchor}" if document.anchor else address


def _marked(text: str) -> str:
    """Return safe HTML of a text in which control characters stand around what was found."""
    opened, closed = MARKS
    return str(escape(text)).replace(opened, "<mark>").replace(closed, "</mark>")
