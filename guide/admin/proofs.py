"""Any edition as readers would see it: one not saved yet, kept, or long replaced.

What it points to is what is live now, so a proof shows no other unit's unpublished words.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any, NamedTuple, TypedDict

from guide.models import Edition
from guide.pages.countries import spoken
from guide.pages.markup import to_html
from guide.pages.rows import fields_of
from guide.reading import articles, cards, faqs, routines, stretches
from guide.reading.live import Live
from guide.triage import Flow, Question, flow_from_rows


class Proof(NamedTuple):
    """A template, and what to render it with."""

    template: str
    context: dict[str, Any]


class AskedQuestion(NamedTuple):
    """A question as it is asked. `suffix` keeps its ids apart from those of the others."""

    question: Question
    follow_up: bool
    help_html: str
    suffix: str


class Voice(TypedDict):
    """A questionnaire as it speaks to the person, or to somebody who answers for them."""

    flow: Flow
    intro_html: str
    questions: list[AskedQuestion]


class NotShown(Exception):
    """An edition that makes no page. It says why, for an editor."""


def proof(live: Live, edition: Edition, only: str = "") -> Proof:
    """Return an edition as readers would see it if it was live.

    `only` names the one question of a questionnaire to show. Raises NotShown.
    """
    if not has_proof(edition.kind):
        raise NotShown(f"Readers do not see a {edition.kind} by itself.")
    found = _PROOFS[edition.kind](live, edition)
    if only:
        for voice in found.context["voices"]:
            voice["questions"] = [one for one in voice["questions"] if one.question.slug == only]
    words = {"countries": cards.countries(live), "words": cards.words(live)}
    return Proof(found.template, {**words, **found.context, "only": only})


def has_proof(kind: str) -> bool:
    """Tell whether readers see a unit of this kind by itself."""
    return kind in _PROOFS


def _article(live: Live, edition: Edition) -> Proof:
    return Proof("guide/articles/article.html", {"page": articles.article_as(live, edition)})


def _section(live: Live, edition: Edition) -> Proof:
    section = articles.section_as(live, edition)
    context = {"section": section, "page": {"slug": section["article"]}}
    return Proof("admin/guide/preview/section.html", context)


def _stretch(live: Live, edition: Edition) -> Proof:
    return Proof("guide/stretches/stretch.html", {"page": stretches.stretch_as(live, edition)})


def _routine(live: Live, edition: Edition) -> Proof:
    return Proof("guide/routines/routine.html", {"page": routines.routine_as(live, edition)})


def _faq(live: Live, edition: Edition) -> Proof:
    return Proof("admin/guide/preview/faq.html", {"faq": faqs.faq_as(live, edition)})


def _caution(live: Live, edition: Edition) -> Proof:
    found = cards.with_own({}, edition)
    context = {"cautions": cards.cautions([slug for _, slug in found], found)}
    return Proof("admin/guide/preview/caution.html", context)


def _source(live: Live, edition: Edition) -> Proof:
    found = cards.with_own({}, edition)
    context = {"sources": cards.sources([slug for _, slug in found], found)}
    return Proof("admin/guide/preview/source.html", context)


def _country(live: Live, edition: Edition) -> Proof:
    """Show the help page as it speaks in that country."""
    country = cards.country(cards.column_of(edition))
    country["is_default"] = True
    context = {
        "section": articles.warning_signs(live),
        "countries": [country],
        "words": spoken([country]),
    }
    return Proof("guide/help/help.html", context)


def _questionnaire(live: Live, edition: Edition) -> Proof:
    return Proof("admin/guide/preview/questionnaire.html", {"voices": list(_voices(edition))})


def _voices(edition: Edition) -> Iterator[Voice]:
    (unit,) = fields_of(edition.rows, "guide.questionnaire")
    for for_other in (False, True) if unit["other_slug"] else (False,):
        try:
            flow = flow_from_rows(edition.rows, for_other=for_other)
        except ValueError as error:
            raise NotShown(str(error)) from error
        yield Voice(
            flow=flow,
            intro_html=to_html(flow.intro),
            questions=[
                AskedQuestion(
                    question,
                    follow_up=question in flow.follow_ups,
                    help_html=to_html(question.help),
                    suffix=f"-{question.slug}-{'theirs' if for_other else 'own'}",
                )
                for question in flow.questions
            ],
        )


_PROOFS: dict[str, Callable[[Live, Edition], Proof]] = {
    "article": _article,
    "caution": _caution,
    "country": _country,
    "faq": _faq,
    "questionnaire": _questionnaire,
    "routine": _routine,
    "section": _section,
    "source": _source,
    "stretch": _stretch,
}
