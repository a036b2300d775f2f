"""The live questionnaire as a flow."""

from __future__ import annotations

from typing import TypedDict

from django.db.models import Q

from guide.models import Edition
from guide.pages.checks import Standing, checked
from guide.pages.markup import to_html
from guide.pages.rows import fields_of
from guide.reading.cards import columns, of_kind
from guide.reading.keeping import kept, kept_few
from guide.reading.live import Live, edition_of, rows_now, since
from guide.triage import Answers, Flow, carry, flow_from_rows
from guide.triage.reach import longest_path

KIND = "questionnaire"
_LISTED = ("slug", "title", "summary")


class Start(TypedDict):
    slug: str
    title: str
    summary: str
    for_other: bool


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
    return edition.number, flow_from_rows(rows_now(edition), for_other=for_other)


@kept
def _unit(live: Live, slug: str) -> tuple[str, bool]:
    """Return the questionnaire at an address, and whether in a helper's voice."""
    for row in of_kind(columns(live, KIND), KIND):
        if row["card"].get("other_slug") == slug:
            return row["slug"], True
    return slug, False


@kept
def voice_key(live: Live, slug: str) -> str:
    """Name the questionnaire and the voice at an address, whatever address they move to."""
    unit, for_other = _unit(live, slug)
    return f"{unit} for another" if for_other else unit


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
def standing(live: Live, slug: str) -> Standing:
    """Return when the live questions at an address were checked and last changed."""
    unit, _ = _unit(live, slug)
    return stands(edition_of(live, KIND, unit))


def stands(edition: Edition) -> Standing:
    """Return when the questions of a live edition were checked and last changed."""
    (fields,) = fields_of(edition.rows, "guide.questionnaire")
    return Standing(checked=checked(fields, KIND), updated=since(edition))


@kept
def intro_html(live: Live, slug: str) -> str:
    _, current = flow(live, slug)
    return to_html(current.intro)


def carried(live: Live, slug: str, number: int, answers: Answers) -> Answers:
    """Return answers given to edition `number` as far as the live questions are the same."""
    current, now = flow(live, slug)
    if number == current:
        return answers
    old = earlier_flow(live, slug, number)
    return carry(old, now, answers) if old else frozenset()


@kept_few
def earlier_flow(live: Live, slug: str, number: int) -> Flow | None:
    """Return the flow of an edition that was published at a live address; None for any other."""
    unit, for_other = _unit(live, slug)
    published = Edition.objects.of(KIND, unit).filter(live_from__isnull=False)
    old = published.filter(number=number).first()
    return flow_from_rows(rows_now(old), for_other=for_other) if old else None


def why_withdrawn(live: Live, slug: str) -> str | None:
    """Return the message with which a questionnaire was withdrawn; None if it never was there."""
    known = live.due.filter(kind=KIND)
    at_address = known.filter(Q(slug=slug) | Q(card__other_slug=slug))
    last = at_address.order_by("-live_from", "-number").first()
    if last is None:
        return None
    return last.note if last.withdrawn else ""
