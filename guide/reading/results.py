"""What a result points to: sections to read, things to do tonight, sentences of care."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import product
from typing import TypedDict

from guide.models import GETTING_HELP, Moment, Position
from guide.pages.doses import Dose, minutes
from guide.pages.routine_link import Steps, written
from guide.pages.tonight import fill, spent
from guide.reading.articles import SectionPage, TipPage, section
from guide.reading.cards import CautionCard, SectionCard, StretchCard, cautions, columns
from guide.reading.keeping import kept
from guide.reading.live import Live, NotLive
from guide.reading.positions import Shown, first_of_each, shown
from guide.reading.stretches import library, stretch
from guide.triage import Assessment, Level, Pointer

TIPS_TONIGHT = 2
#: How long a routine for tonight may take.
MINUTES = (3, 5, 10)
#: Lying down comes first: it is night, and nobody falls.
POSITIONS = (Position.BED, Position.CHAIR, Position.STANDING, Position.FLOOR)
#: How many signs of each level are told openly; the others on demand.
SIGNS_TOLD = 2


class ReadNext(TypedDict):
    """A section to read, why, and how well it fits."""

    section: SectionCard
    because: list[str]
    fit: str


class Tonight(TypedDict):
    """What a reader may do tonight: nothing that a raised caution hides.

    A stretch alone stands beside its cautions. A routine is made for the reader, who may follow
    it half asleep: no stretch is in it that asks for any care that was raised.
    """

    tips: list[tuple[SectionCard, TipPage]]
    #: The first for each position.
    stretches: list[StretchCard]
    shown: list[Shown]
    routines: list[Routines]


class Routines(TypedDict):
    """Routines for one position: how long each takes, and its link."""

    position: str
    choices: list[tuple[str, str]]


class Signs(TypedDict):
    """Signs that would lead to a level; `told` openly, `others` on demand."""

    level: str
    soon: bool
    told: list[str]
    others: list[str]


@kept
def raised(live: Live, slugs: tuple[str, ...]) -> list[CautionCard]:
    """Return the sentences of the cautions that answers raised."""
    return cautions(slugs, columns(live, units=[("caution", slug) for slug in slugs]))


def read_next(live: Live, found: Assessment) -> list[ReadNext]:
    """Return the sections that the answers point to, leaving out what a caution hides."""
    entries = []
    for pointer in found.pointers:
        page = _section(live, pointer)
        if page and _not_hidden(page, found.cautions):
            card = SectionCard(
                slug=page["slug"],
                article=page["article"],
                title=page["title"],
                in_short=page["in_short"],
            )
            entries.append(
                ReadNext(section=card, because=list(pointer.because), fit=pointer.fit.value)
            )
    return entries


def tonight(live: Live, found: Assessment, entries: Iterable[ReadNext]) -> Tonight:
    """Return a few things to do tonight, out of the sections to read: no stretch twice."""
    tips: list[tuple[SectionCard, TipPage]] = []
    stretches: list[StretchCard] = []
    told = set[str]()
    for entry in entries:
        if entry["section"]["article"] == GETTING_HELP:
            continue
        page = section(live, entry["section"]["slug"])
        fitting = [tip for tip in page["tips"] if _tip_fits_tonight(tip, found, told)]
        if fitting and len(tips) < TIPS_TONIGHT:
            tips.append((entry["section"], fitting[0]))
            told |= _stretches_of(fitting[0])
        stretches += [card for card in page["stretches"] if _fits_tonight(live, card, found)]
    left = first_of_each([card for card in stretches if card["slug"] not in told])
    return Tonight(
        tips=tips,
        stretches=left,
        shown=shown(left),
        routines=_routines(
            [
                card
                for card in [*stretches, *_alike(live, stretches, found)]
                if not _cautions_of(live, card) & set(found.cautions)
            ]
        ),
    )


def out_of_scope(found: Assessment, entries: Iterable[ReadNext]) -> bool:
    """Tell whether all was asked, nothing needs help, and no page is about what was said."""
    nothing = all(entry["section"]["article"] == GETTING_HELP for entry in entries)
    return found.level is Level.SELF_CARE and not found.not_asked and nothing


def would_change(found: Assessment) -> list[Signs]:
    """Return the signs that would change the result, the nearest level first."""
    found_at = []
    for level, soon in product(Level, (False, True)):
        signs = [
            change.option.quoted
            for change in found.would_change
            if (change.level, change.soon) == (level, soon)
        ]
        if signs:
            told, others = signs[:SIGNS_TOLD], signs[SIGNS_TOLD:]
            found_at.append(Signs(level=level.slug, soon=soon, told=told, others=others))
    return found_at


def hidden(carried_by: Iterable[CautionCard], raised_slugs: Iterable[str]) -> bool:
    """Tell whether an advice with these cautions is hidden by those that were raised."""
    raised_now = set(raised_slugs)
    return any(card["effect"] == "hide" and card["slug"] in raised_now for card in carried_by)


def _alike(live: Live, cards: Iterable[StretchCard], found: Assessment) -> list[StretchCard]:
    """Return what works the same muscles, so that there is something in each position."""
    muscles = {muscle for card in cards for muscle in card["muscles"]}
    same = [card for card in library(live) if muscles & set(card["muscles"])]
    return [card for card in same if _fits_tonight(live, card, found)]


def _routines(stretches: Iterable[StretchCard]) -> list[Routines]:
    """Return routines in each position; on the floor only where there is no other."""
    found: list[Routines] = []
    for position in POSITIONS:
        doses = {
            card["slug"]: card["dose"] for card in stretches if card["positions"][0] == position
        }
        fitting = dict.fromkeys(fill(doses.items(), most) for most in MINUTES)
        choices = [(_time(steps, doses), written(steps)) for steps in fitting if steps]
        if choices and (position != Position.FLOOR or not found):
            found.append(Routines(position=position.label, choices=choices))
    return found


def _time(steps: Steps, doses: dict[str, Dose]) -> str:
    seconds = sum(spent(step, doses[step.slug]) for step in steps)
    return minutes(seconds, seconds)


def _section(live: Live, pointer: Pointer) -> SectionPage | None:
    try:
        return section(live, pointer.section)
    except NotLive:
        return None


def _not_hidden(page: SectionPage, raised_slugs: Iterable[str]) -> bool:
    """A section is left out when most of its tips, or the first, which it is about, are hidden."""
    tips = [hidden(tip["cautions"], raised_slugs) for tip in page["tips"]]
    return not any(tips[:1]) and sum(tips) * 2 <= len(tips)


def _tip_fits_tonight(tip: TipPage, found: Assessment, told: set[str]) -> bool:
    if not tip["tonight"] or tip["evidence"] == "no-help" or _stretches_of(tip) & told:
        return False
    return not hidden(tip["cautions"], found.cautions)


def _stretches_of(tip: TipPage) -> set[str]:
    return {tip["stretch"]["slug"]} if tip["stretch"] else set()


def _cautions_of(live: Live, card: StretchCard) -> set[str]:
    return {caution["slug"] for caution in stretch(live, card["slug"])["cautions"]}


def _fits_tonight(live: Live, card: StretchCard, found: Assessment) -> bool:
    if Moment.BEDTIME not in card["moments"]:
        return False
    return not hidden(stretch(live, card["slug"])["cautions"], found.cautions)
