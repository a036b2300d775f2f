"""Which fields of which rows hold prose, and how each of them is read."""

from __future__ import annotations

from typing import NamedTuple


class Group(NamedTuple):
    """Fields of a row that are read in one go, so graded as one text.

    One sentence alone has no grade worth the name: two hard words tip it. Where a group is
    no more than that, only its length and its words are held.
    """

    fields: tuple[str, ...]
    graded: bool = True


def _one_line(*fields: str) -> tuple[Group, ...]:
    return tuple(Group((field,), graded=False) for field in fields)


#: By the model of a row, without guide.
PROSE: dict[str, tuple[Group, ...]] = {
    "article": (
        Group(("intro",)),
        *_one_line("title"),
        Group(("summary", "takeaway"), graded=False),
    ),
    "section": (Group(("body",)), *_one_line("title", "in_short")),
    "carecard": (Group(("heading", "lines", "after")),),
    "tip": (Group(("action", "detail")), *_one_line("studied")),
    "stretch": (
        Group(("summary", "feel", "make_easier")),
        Group(("care",)),
        Group(("helper",)),
        *_one_line("name", "equipment", "dose_from"),
    ),
    "stretchstep": _one_line("text"),
    "routine": (Group(("summary", "note")), *_one_line("title")),
    "faq": (Group(("answer", "more")), *_one_line("question")),
    "caution": _one_line("sentence"),
    "questionnaire": (
        Group(("summary", "intro")),
        Group(("other_summary", "other_intro")),
        *_one_line("title", "other_title"),
    ),
    "question": (
        Group(("help",)),
        Group(("other_help",)),
        Group(("text", "hint", "why"), graded=False),
        *_one_line("label", "other_text", "other_hint"),
    ),
    "option": _one_line("text", "said", "other_text", "other_said"),
    "rule": _one_line("because"),
}
#: The steps of a stretch are graded as one text: each alone is too short.
STEPS = "stretchstep"

#: Fields that are a list, one item a line.
LISTS = frozenset({"lines", "care"})
#: Fields that are a heading on a page, where a question leaves the reader without an answer.
HEADINGS = frozenset({("article", "title"), ("section", "title")})
#: Fields that hold a question in the reader's own words.
ASKED = frozenset({("faq", "question")})
#: Fields that may speak of a dose: the stretch's own, and what a trial did.
MAY_DOSE = frozenset({"make_easier", "dose_from", "studied"})


def prose_fields(model: str) -> tuple[str, ...]:
    """Return the fields of a model, without guide, that hold prose."""
    return tuple(field for group in PROSE.get(model, ()) for field in group.fields)
