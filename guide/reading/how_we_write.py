"""What stands behind the words, told from the live guide itself."""

from __future__ import annotations

from operator import attrgetter
from typing import TypedDict, cast

from django.db.models import Count, Q, QuerySet, TextField
from django.db.models.functions import Cast
from django.db.models.lookups import Contains

from guide.models import UNIT_BY_KIND, Edition, Evidence
from guide.pages.checks import HALF_YEARLY, MONTHS, YEARLY
from guide.pages.rows import fields_of
from guide.reading.asked import every
from guide.reading.cards import columns
from guide.reading.keeping import kept
from guide.reading.live import Live
from guide.reading.questionnaires import KIND
from guide.reading.reachable import address, as_today

MEANS = {
    Evidence.GOOD: "Health services or good studies back this.",
    Evidence.SOME: "There are studies or expert advice. They are small, or do not all agree.",
    Evidence.LITTLE: "Few people have studied this. It is cheap, and safe for most people.",
    Evidence.NONE: "We looked and found no study of this. It may feel nice; that is all we know.",
    Evidence.NO_HELP: "Studies looked at this and found no clear use, or found harm.",
}
_READ = ("article", "section", "stretch", "routine", "faq", KIND)


#: Sections looked at for an example: the article of the first may not be live.
_LOOKED_AT = 3


class Label(TypedDict):
    """One answer to “How sure are we?”, and a tip that carries it, if there is one."""

    value: str
    label: str
    means: str
    example: str
    address: str


class Interval(TypedDict):
    months: int
    kinds: list[str]


class Texts(TypedDict):
    """How many texts are live, and how many of these a clinician has checked."""

    texts: int
    checked: int


class HowWeWrite(TypedDict):
    labels: list[Label]
    intervals: list[Interval]


@kept
def texts(live: Live) -> Texts:
    """Count the texts. The database does it: reading all rows takes seconds when there are many."""
    # The row of the unit itself is its first. Rows from before there were checks have no such key.
    day = "rows__0__fields__checked_on"
    has_day = Q(**{f"{day}__isnull": False}) & ~Q(**{day: None})
    counted = live.of(*map(every, _READ)).aggregate(
        texts=Count("pk"), checked=Count("pk", filter=has_day)
    )
    return cast("Texts", counted)


@kept
def how_we_write(live: Live) -> HowWeWrite:
    sections = _with_examples(live)
    return HowWeWrite(
        labels=[_label(value, sections) for value in Evidence],
        intervals=[_interval(HALF_YEARLY), _interval(YEARLY)],
    )


def _with_examples(live: Live) -> list[Edition]:
    """Return a few sections whose tips carry each label, in their order, in two queries."""
    first, *others = (_carrying(live, value) for value in Evidence)
    by_key = {section.pk: section for section in first.union(*others, all=True)}
    found = [*map(as_today, sorted(by_key.values(), key=attrgetter("parent", "order", "slug")))]
    above = columns(live, units=[("article", section.parent) for section in found])
    return [section for section in found if ("article", section.parent) in above]


def _carrying(live: Live, value: Evidence) -> QuerySet[Edition]:
    said = Contains(Cast("rows", TextField()), f'"evidence": "{value}"')
    there = live.of(every("section")).filter(said).order_by("kind", "parent", "order", "slug")
    return Edition.objects.filter(pk__in=there.values("pk")[:_LOOKED_AT]).order_by()


def _label(value: Evidence, sections: list[Edition]) -> Label:
    tips = (
        (tip["action"], section)
        for section in sections
        for tip in fields_of(section.rows, "guide.tip")
        if tip["evidence"] == value
    )
    example, where = next(tips, ("", None))
    return Label(
        value=value,
        label=value.label,
        means=MEANS[value],
        example=example,
        address=address(where) if where else "",
    )


def _interval(months: int) -> Interval:
    kinds = [kind for kind, every in MONTHS.items() if every == months]
    return Interval(
        months=months, kinds=[str(UNIT_BY_KIND[kind]._meta.verbose_name_plural) for kind in kinds]
    )
