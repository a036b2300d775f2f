"""What stands behind the words, told from the live guide itself."""

from __future__ import annotations

from typing import TypedDict

from guide.models import UNIT_BY_KIND, Edition, Evidence
from guide.pages.checks import HALF_YEARLY, MONTHS, YEARLY
from guide.pages.rows import fields_of
from guide.reading.keeping import kept
from guide.reading.live import Live
from guide.reading.questionnaires import KIND
from guide.reading.reachable import address, reachable

MEANS = {
    Evidence.GOOD: "Health services or good studies back this.",
    Evidence.SOME: "There are studies or expert advice. They are small, or do not all agree.",
    Evidence.LITTLE: "Few people have studied this. It is cheap, and safe for most people.",
    Evidence.NONE: "We looked and found no study of this. It may feel nice; that is all we know.",
    Evidence.NO_HELP: "Studies looked at this and found no clear use, or found harm.",
}
_READ = ("article", "section", "stretch", "routine", "faq", KIND)


class Label(TypedDict):
    """One answer to “How sure are we?”, and a tip that carries it."""

    value: str
    label: str
    means: str
    count: int
    example: str
    address: str


class Interval(TypedDict):
    months: int
    kinds: list[str]


class HowWeWrite(TypedDict):
    labels: list[Label]
    intervals: list[Interval]
    texts: int
    checked: int


@kept
def how_we_write(live: Live) -> HowWeWrite:
    editions = reachable(live, *_READ)
    return HowWeWrite(
        labels=[_label(value, editions) for value in Evidence],
        intervals=[_interval(HALF_YEARLY), _interval(YEARLY)],
        texts=len(editions),
        checked=sum(_is_checked(edition) for edition in editions),
    )


def _label(value: Evidence, editions: list[Edition]) -> Label:
    tips = [
        (tip["action"], edition)
        for edition in editions
        for tip in fields_of(edition.rows, "guide.tip")
        if tip["evidence"] == value
    ]
    example, where = tips[0] if tips else ("", None)
    return Label(
        value=value,
        label=value.label,
        means=MEANS[value],
        count=len(tips),
        example=example,
        address=address(where) if where else "",
    )


def _interval(months: int) -> Interval:
    kinds = [kind for kind, every in MONTHS.items() if every == months]
    return Interval(
        months=months, kinds=[str(UNIT_BY_KIND[kind]._meta.verbose_name_plural) for kind in kinds]
    )


def _is_checked(edition: Edition) -> bool:
    (fields,) = fields_of(edition.rows, f"guide.{edition.kind}")
    return bool(fields["checked_on"])
