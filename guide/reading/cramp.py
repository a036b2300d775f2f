"""The help for the middle of a cramp: what every page carries, and what its own page adds."""

from __future__ import annotations

from typing import TypedDict

from guide.models import Edition, Muscle
from guide.pages import doses, stretches
from guide.pages.articles import CareCard
from guide.pages.panels import figure_html
from guide.reading.articles import care_cards
from guide.reading.cards import CautionCard, Columns, cautions, columns
from guide.reading.everywhere import everywhere
from guide.reading.keeping import kept
from guide.reading.live import Live, built

#: The section whose care cards stand on the page for the middle of a cramp.
CRAMP_SECTION = "cramp-stretch-now"


class CrampStretch(TypedDict):
    """A stretch that eases a cramp. Its figure has no name, so that it may stand on any page."""

    text: stretches.Stretch
    dose_line: str
    figure_html: str
    cautions: list[CautionCard]


class CrampMuscle(TypedDict):
    """What eases a cramp in one muscle; its first stretch is the one to try first."""

    slug: str
    label: str
    stretches: list[CrampStretch]


class CrampPage(TypedDict):
    muscles: list[CrampMuscle]
    care_cards: list[CareCard]


@kept
def muscles(live: Live) -> list[CrampMuscle]:
    """Return the help that every page carries, without the cautions."""
    return _muscles(live, {})


@kept
def cramp(live: Live) -> CrampPage:
    """Return the same help with its cautions, and when to get help."""
    return CrampPage(
        muscles=_muscles(live, columns(live, "caution")),
        care_cards=care_cards(live, CRAMP_SECTION),
    )


def _muscles(live: Live, found: Columns) -> list[CrampMuscle]:
    """Return the stretches for a cramp by the first muscle of each, both in their order."""
    in_cramp = [edition for edition in everywhere(live) if edition.kind == "stretch"]
    by_muscle: dict[str, list[CrampStretch]] = {}
    for edition in in_cramp:
        shown = by_muscle.setdefault(edition.card["muscles"][0], [])
        shown.append(_stretch(edition, found))
    return [
        CrampMuscle(slug=slug, label=Muscle(slug).label, stretches=shown)
        for slug, shown in by_muscle.items()
    ]


def _stretch(edition: Edition, found: Columns) -> CrampStretch:
    text: stretches.Stretch = built(edition)
    return CrampStretch(
        text=text,
        dose_line=doses.line(text["dose"]),
        figure_html=figure_html(edition.card["figure"]),
        cautions=cautions(text["cautions"], found),
    )
