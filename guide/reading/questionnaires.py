"""The live questionnaire as a flow, and what its result points to."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TypedDict

from guide.models import Edition, Moment
from guide.pages.markup import to_html
from guide.reading.articles import SectionPage, TipPage, section
from guide.reading.cards import (
    CautionCard,
    SectionCard,
    StretchCard,
    cautions,
    columns,
    of_kind,
)
from guide.reading.live import Live, NotLive, edition_of, kept
from guide.reading.stretches import stretch
from guide.triage import Answers, Assessment, Flow, Pointer, carry, flow_from_rows
from guide.triage.reach import longest_path

KIND = "questionnaire"
TIPS_TONIGHT = 2
#: What this article says is about getting help: nothing to do tonight.
GETTING_HELP = "when-to-get-help"


_LISTED = ("slug", "title", "summary")


class Start(TypedDict):
    slug: str
    title: str
    summary: str
    for_other: bool


class ReadNext(TypedDict):
    """A section to read, why, and how well it fits."""

    section: SectionCard
    because: list[str]
    fit: str


class Tonight(TypedDict):
    """What a reader may do tonight: nothing that a raised caution hides."""

    tips: list[tuple[SectionCard, TipPage]]
    stretch: StretchCard | None


@kept
def starts(live: Live) -> list[Start]:
    """Return the questionnaires to choose from, in order: each, then in a helper's voice."""
    found: list[Start] = []
    for row in of_kind(columns(live, KIND), KIND):
        found.append(
            Start(slug=row["slug"], title=row["title"], summary=row["summary"], for_other=False)
        )
        if row["card"].get("other_slug"):
            slug, title, summary = (row["card"][f"other_{name}"] for name in _LISTED)
            found.append(Start(slug=slug, title=title, summary=summary, for_other=True))
    return found


@kept
def flow(live: Live, slug: str) -> tuple[int, Flow]:
    """Return the live flow at an address and the number of its edition. Raises NotLive."""
    unit, for_other = _unit(live, slug)
    edition = edition_of(live, KIND, unit)
    return edition.number, flow_from_rows(edition.rows, for_other=for_other)


def _unit(live: Live, slug: str) -> tuple[str, bool]:
    """Return the questionnaire at an address, and whether in a helper's voice."""
    for row in of_kind(columns(live, KIND), KIND):
        if row["card"].get("other_slug") == slug:
            return row["slug"], True
    return slug, False


@kept
def most_questions(live: Live, slug: str) -> int:
    """Return how many questions a reader is asked at most, "Check together" not counted."""
    _, current = flow(live, slug)
    return len(longest_path(current, besides=current.follow_ups))


@kept
def help_html(live: Live, slug: str, question: str) -> str:
    """Return how to check, for one question, as HTML."""
    _, current = flow(live, slug)
    return to_html(next(found.help for found in current.questions if found.slug == question))


@kept
def intro_html(live: Live, slug: str) -> str:
    _, current = flow(live, slug)
    return to_html(current.intro)


def carried(live: Live, slug: str, number: int, answers: Answers) -> Answers:
    """Return answers given to edition `number` as far as the live questions are the same."""
    current, now = flow(live, slug)
    if number == current:
        return answers
    unit, for_other = _unit(live, slug)
    published = Edition.objects.of(KIND, unit).filter(live_from__isnull=False)
    old = published.filter(number=number).first()
    if old is None:
        return frozenset()
    return carry(flow_from_rows(old.rows, for_other=for_other), now, answers)


@kept
def raised(live: Live, slugs: tuple[str, ...]) -> list[CautionCard]:
    """Return the sentences of the cautions that answers raised."""
    return cautions(slugs, columns(live, units=[("caution", slug) for slug in slugs]))


def read_next(live: Live, found: Assessment) -> list[ReadNext]:
    """Return the sections that the answers point to, leaving out what a caution hides."""
    shown = []
    for pointer in found.pointers:
        page = _section(live, pointer)
        if page and _not_hidden(page, found.cautions):
            card = SectionCard(
                slug=page["slug"],
                article=page["article"],
                title=page["title"],
                in_short=page["in_short"],
            )
            shown.append(
                ReadNext(section=card, because=list(pointer.because), fit=pointer.fit.value)
            )
    return shown


def tonight(live: Live, found: Assessment, entries: Iterable[ReadNext]) -> Tonight:
    """Return a few things to do tonight, out of the sections to read."""
    tips: list[tuple[SectionCard, TipPage]] = []
    stretches: list[StretchCard] = []
    for entry in entries:
        if entry["section"]["article"] == GETTING_HELP:
            continue
        page = section(live, entry["section"]["slug"])
        allowed = [tip for tip in page["tips"] if not hidden(tip["cautions"], found.cautions)]
        helpful = [tip for tip in allowed if tip["evidence"] != "no-help"]
        tips += [(entry["section"], tip) for tip in helpful[:1]]
        stretches += [card for card in page["stretches"] if _fits_tonight(live, card, found)]
    return Tonight(tips=tips[:TIPS_TONIGHT], stretch=stretches[0] if stretches else None)


def hidden(carried_by: Iterable[CautionCard], raised_slugs: Iterable[str]) -> bool:
    """Tell whether an advice with these cautions is hidden by those that were raised."""
    raised_now = set(raised_slugs)
    return any(card["effect"] == "hide" and card["slug"] in raised_now for card in carried_by)


def _section(live: Live, pointer: Pointer) -> SectionPage | None:
    try:
        return section(live, pointer.section)
    except NotLive:
        return None


def _not_hidden(page: SectionPage, raised_slugs: Iterable[str]) -> bool:
    """A section is left out when its first tip, which it is about, is hidden."""
    return not any(hidden(tip["cautions"], raised_slugs) for tip in page["tips"][:1])


def _fits_tonight(live: Live, card: StretchCard, found: Assessment) -> bool:
    if Moment.BEDTIME not in card["moments"]:
        return False
    return not hidden(stretch(live, card["slug"])["cautions"], found.cautions)
