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
    labels = {value: _label(value) for value in Evidence}
    texts = checked = 0
    for edition in reachable(live, *_READ):
        texts += 1
        checked += _is_checked(edition)
        for tip in fields_of(edition.rows, "guide.tip"):
            _count(labels[Evidence(tip["evidence"])], tip["action"], edition)
    return HowWeWrite(
        labels=list(labels.values()),
        intervals=[_interval(HALF_YEARLY), _interval(YEARLY)],
        texts=texts,
        checked=checked,
    )


def _label(value: Evidence) -> Label:
    means = MEANS[value]
    return Label(value=value, label=value.label, means=means, count=0, example="", address="")


def _count(label: Label, tip: str, edition: Edition) -> None:
    """Count a tip that carries a label; the first is its example."""
    if not label["count"]:
        label["example"], label["address"] = tip, address(edition)
    label["count"] += 1


def _interval(months: int) -> Interval:
    kinds = [kind for kind, every in MONTHS.items() if every == months]
    return Interval(
        months=months, kinds=[str(UNIT_BY_KIND[kind]._meta.verbose_name_plural) for kind in kinds]
    )


def _is_checked(edition: Edition) -> bool:
    (fields,) = fields_of(edition.rows, f"guide.{edition.kind}")
    return bool(fields["checked_on"])
