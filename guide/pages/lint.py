"""What an editor could say better: prose in, findings out. Pure, and the same everywhere.

The admin shows findings beside the field, `manage.py lint_guide` prints them, the guards
refuse the worst at publish, and the tests hold the published guide to none.
"""

from __future__ import annotations

import re
import sys
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import islice

from guide.pages.prose import ASKED, HEADINGS, LISTS, MAY_DOSE, PROSE, STEPS
from guide.pages.readability import (
    LINK,
    MAX_GRADE,
    MAX_SENTENCE_WORDS,
    long_sentences,
    read,
    sentences,
    without_links,
    word_count,
)
from guide.pages.rows import RowData
from guide.pages.wording import (
    DOSE,
    EMPTY_LINK,
    NOT_ONLY_RED,
    PHRASES,
    REDNESS,
    SHORT_NOT,
    SKIN_TONE,
    YOU_HAVE,
    Phrase,
    Severity,
)

# No pattern goes over the same letters again and again, whatever somebody pastes into a field.
_HEADING = re.compile(r"^ {0,3}#{1,6}[ \t]+(\S.*\?)[ \t]*(?:#+[ \t]*)?$", re.MULTILINE)
_ITEM = re.compile(r"^[ \t]*(?:[-*+]|\d+[.)])[ \t]+.*$", re.MULTILINE)

#: Of very many findings of one sort in a text these are told: nobody reads the others before.
MOST_TOLD = 50


@dataclass(frozen=True)
class Finding:
    """Something to mend. `row` is the place of its row among those that were linted."""

    row: int
    field: str
    line: int
    words: str
    wrong: str
    instead: str
    severity: Severity = Severity.WARN

    def __str__(self) -> str:
        quoted = f"“{self.words}”: " if self.words else ""
        return f"{quoted}{self.wrong} {self.instead}"


@dataclass(frozen=True)
class _Text:
    """A field of a row, as it is typed."""

    row: int
    model: str
    field: str
    typed: str

    @cached_property
    def plain(self) -> str:
        """The words without the addresses of links, line for line."""
        return without_links(self.typed)

    @cached_property
    def spoken(self) -> str:
        """The words with each item of a list as a paragraph, as sentences are counted."""
        return self.typed.replace("\n", "\n\n") if self.field in LISTS else self.typed

    def finding(
        self, start: int, words: str, wrong: str, instead: str, severity: Severity = Severity.WARN
    ) -> Finding:
        line = self.plain.count("\n", 0, start) + 1
        said = " ".join(words.split())
        return Finding(self.row, self.field, line, said, wrong, instead, severity)

    def find(self, sentence: str) -> int:
        """Return where a sentence begins, however its line is broken and its words marked."""
        begins = r"[\W_]+".join(map(re.escape, re.findall(r"\w+", sentence)[:4]))
        found = re.search(begins, self.plain)
        return found.start() if found else 0


def lint(rows: Sequence[RowData], exempt: Collection[str] = ()) -> list[Finding]:
    """Return what is worth a look in the rows of a unit, in the order of the rows.

    Words that are `exempt` (lower case) do not count for the grade.
    """
    texts = [text for group in _groups(rows) for text in group]
    found = [
        *(finding for graded in _graded(rows) for finding in _too_hard(graded, exempt)),
        *(finding for text in texts for finding in _of_text(text)),
        *islice(_redness(texts), MOST_TOLD),
        *_drawings(rows),
    ]
    return sorted(found, key=lambda finding: finding.row)


def graded_texts(rows: Sequence[RowData]) -> list[str]:
    """Return each text that has a grade, as it is read in one go."""
    return [_together(texts) for texts in _graded(rows)]


def _groups(rows: Sequence[RowData], *, graded: bool = False) -> Iterator[list[_Text]]:
    """Yield the texts of each group of fields; with `graded`, of those that have a grade."""
    for number, row in enumerate(rows):
        model = row["model"].removeprefix("guide.")
        for group in PROSE.get(model, ()):
            texts = [
                _Text(number, model, field, row["fields"][field])
                for field in group.fields
                if row["fields"].get(field)
            ]
            if texts and (group.graded or not graded):
                yield texts


def _graded(rows: Sequence[RowData]) -> Iterator[list[_Text]]:
    yield from _groups(rows, graded=True)
    steps = [text for group in _groups(rows) for text in group if text.model == STEPS]
    if steps:
        yield steps


def _together(texts: Sequence[_Text]) -> str:
    return "\n\n".join(text.spoken for text in texts)


def _too_hard(texts: Sequence[_Text], exempt: Collection[str]) -> Iterator[Finding]:
    """A text that is too hard is mended where it is hardest: that sentence is named.

    One sentence alone has no grade worth the name.
    """
    together = _together(texts)
    grade = read(together, exempt).grade
    if grade <= MAX_GRADE or len(sentences(together)) == 1:
        return
    text, sentence = max(
        ((text, sentence) for text in texts for sentence in sentences(text.spoken)),
        key=lambda pair: read(pair[1], exempt).grade,
    )
    yield text.finding(
        text.find(sentence),
        sentence,
        f"The text reads at grade {grade:g}, and {MAX_GRADE:g} is the most.",
        "Begin with this sentence: use shorter words, or make two of it.",
    )


def _of_text(text: _Text) -> Iterator[Finding]:
    sorts = [
        _too_long(text),
        *(_phrase(text, phrase) for phrase in _phrases(text)),
        _items(text),
        _headings(text),
        _links(text),
    ]
    for found in sorts:
        yield from islice(found, MOST_TOLD)


def _too_long(text: _Text) -> Iterator[Finding]:
    for sentence in long_sentences(text.spoken):
        yield text.finding(
            text.find(sentence),
            sentence,
            f"The sentence has {word_count(sentence)} words.",
            f"Make two of it: {MAX_SENTENCE_WORDS} words are the most.",
        )


def _items(text: _Text) -> Iterator[Finding]:
    if text.field not in LISTS:
        for item in _ITEM.finditer(text.plain):
            yield from _phrase(text, SHORT_NOT, item.start(), item.end())


def _phrases(text: _Text) -> Iterator[Phrase]:
    """Yield what must not stand in a text. A reader's own question may say what it likes."""
    if text.field not in MAY_DOSE:
        yield DOSE
    if (text.model, text.field) not in ASKED:
        yield from PHRASES
    yield SHORT_NOT if text.field in LISTS else YOU_HAVE


def _phrase(
    text: _Text, phrase: Phrase, start: int = 0, end: int = sys.maxsize
) -> Iterator[Finding]:
    for match in phrase.pattern.finditer(text.plain, start, end):
        yield text.finding(
            match.start(), match.group(), phrase.wrong, phrase.instead, phrase.severity
        )


def _headings(text: _Text) -> Iterator[Finding]:
    wrong, instead = "A heading asks.", "Say what the reader finds below it."
    if (text.model, text.field) in HEADINGS and text.typed.rstrip().endswith("?"):
        yield text.finding(0, text.typed, wrong, instead)
    for heading in _HEADING.finditer(text.plain):
        yield text.finding(heading.start(), heading[1], wrong, instead)


def _links(text: _Text) -> Iterator[Finding]:
    left_out = 0  # by now, of the addresses that are not read
    for link in LINK.finditer(text.typed):
        is_picture, words = link["picture"], link["words"]
        start = link.start() - left_out
        left_out += len(link.group()) - len(words)
        if is_picture:
            yield text.finding(
                start,
                link.group(),
                "It is a picture in prose, which readers do not get."
                if words.strip()
                else "The picture has no text for readers who do not see it.",
                "Say in words what it shows.",
            )
        elif EMPTY_LINK.fullmatch(words.strip()):
            yield text.finding(
                start,
                words,
                "The link does not say where it leads.",
                "Use the name of the page, or what the reader does there.",
            )


def _redness(texts: Sequence[_Text]) -> Iterator[Finding]:
    """Yield signs of redness in a unit that nowhere says what to look for on dark skin."""
    if any(SKIN_TONE.search(text.plain) for text in texts):
        return
    for text in texts:
        for sentence in sentences(text.spoken):
            red = REDNESS.search(sentence)
            if red and not NOT_ONLY_RED.search(sentence):
                yield text.finding(
                    text.find(sentence),
                    red.group(),
                    "Redness is hard to see on brown or black skin.",
                    "Say what else to look and feel for there, such as heat or darker skin.",
                )


def _drawings(rows: Sequence[RowData]) -> Iterator[Finding]:
    for number, row in enumerate(rows):
        figure = row["fields"].get("figure")
        if isinstance(figure, dict) and figure and not str(figure.get("title", "")).strip():
            yield Finding(
                number,
                "figure",
                1,
                "",
                "The drawing has no text for readers who do not see it.",
                "Give it a title: position, action, and where it is felt.",
            )
