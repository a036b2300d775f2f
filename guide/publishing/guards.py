"""What must hold before a press. Each refusal is a sentence for the editor."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence

from django.utils import timezone

from guide.models import WARNING_SIGNS, Caution, Claim, Edition, Evidence, Moved
from guide.pages.lint import lint
from guide.pages.panels import figure_problems
from guide.pages.rows import RowData, fields_of
from guide.pages.wording import Severity
from guide.publishing.links import broken_links
from guide.publishing.questionnaires import questionnaire_refusals, rules_that_raise
from guide.publishing.references import Name, Reference, called, ever_public, public, references
from guide.publishing.refusal import Refusal
from guide.publishing.uses import LiveUse, live_uses

#: Verdicts, and evidence of a tip, that say that something was found: where was it found?
_FOUND: dict[str, tuple[str, frozenset[Claim.Verdict | Evidence]]] = {
    "guide.claim": ("verdict", frozenset({Claim.Verdict.SUPPORTED, Claim.Verdict.CONTRADICTED})),
    "guide.tip": ("evidence", frozenset({Evidence.GOOD, Evidence.SOME, Evidence.NO_HELP})),
}


#: Units that are nothing without their steps.
_STEPS = {"stretch": "guide.stretchstep", "routine": "guide.routinestep"}


def refusals(
    kind: str, slug: str, rows: Sequence[RowData], beside: Collection[Name] = ()
) -> list[Refusal]:
    """Return why these rows of a unit must not be published; nothing if they may.

    Units that are pressed `beside` it, all or none, count as public.
    """
    beside = {*beside, (kind, slug)}
    return [
        *_not_public(kind, rows, beside),
        *broken_links(rows, beside),
        *_would_mislead(rows),
        *_without_source(rows),
        *_not_drawn(rows),
        *_without_steps(kind, rows),
        *(_would_hide_no_more(slug, rows) if kind == "caution" else ()),
        *(questionnaire_refusals(slug, rows) if kind == "questionnaire" else ()),
    ]


def _not_public(kind: str, rows: Sequence[RowData], beside: Collection[Name]) -> Iterator[Refusal]:
    """Yield what readers would miss: above all, no advice goes without its caution."""
    pointed = [found for found in references(rows) if found.name not in beside]
    missing = {found.name for found in pointed}
    missing -= public(missing, Moved.objects.names()).keys()
    gone = ever_public(missing)
    for found in pointed:
        if found.name in gone:
            said = f"The {called(found.name)} was withdrawn. Take it out, or publish it again."
            yield Refusal(said, found.row, found.field)
        elif found.name in missing and not _may_come_first(kind, found):
            said = f"The {called(found.name)} is not public. Publish it first, or take it out."
            yield Refusal(said, found.row, found.field)


def _may_come_first(kind: str, found: Reference) -> bool:
    """Tell whether a unit may be published before the one that it points to.

    Of two that point to each other one has to be first, and a section may wait for its
    article. Until both are public, readers see no trace of the other.
    """
    return found.name[0] == kind or (kind, found.name[0]) == ("section", "article")


def _would_mislead(rows: Sequence[RowData]) -> Iterator[Refusal]:
    for finding in lint(rows):
        if finding.severity is Severity.REFUSE:
            yield Refusal(str(finding), finding.row, finding.field)


def _without_source(rows: Sequence[RowData]) -> Iterator[Refusal]:
    for number, row in enumerate(rows):
        field, needing = _FOUND.get(row["model"], ("", frozenset()))
        for found in needing:
            if row["fields"].get(field) == found and not row["fields"]["sources"]:
                said = f"It says “{found.label}” but names no source for that."
                yield Refusal(said, number, "sources")


def _not_drawn(rows: Sequence[RowData]) -> Iterator[Refusal]:
    for figure in fields_of(rows, "guide.stretch"):
        for problem in figure_problems(figure["figure"]):
            yield Refusal(problem, field="figure")


def _without_steps(kind: str, rows: Sequence[RowData]) -> Iterator[Refusal]:
    if kind in _STEPS and not any(row["model"] == _STEPS[kind] for row in rows):
        yield Refusal("It has no steps yet. Add one.")


def _would_hide_no_more(slug: str, rows: Sequence[RowData]) -> Iterator[Refusal]:
    """A rule that raises a caution counts on it: it must not stop hiding advice unnoticed."""
    (caution,) = fields_of(rows, "guide.caution")
    live = Edition.objects.live(timezone.now()).of("caution", slug)
    hides = live.filter(card__effect=Caution.Effect.HIDE).exists()
    if hides and caution["effect"] != Caution.Effect.HIDE:
        for title, rules in rules_that_raise(slug):
            names = ", ".join(f"“{rule}”" for rule in rules)
            yield Refusal(
                f"It must go on hiding advice: rules of “{title}” raise it ({names}). "
                "Take it from them first, and publish that.",
                field="effect",
            )


def still_used(kind: str, slug: str) -> list[Refusal]:
    """Return which live units and pages are made of this one: they would lose it."""
    return held_by(kind, slug, live_uses(kind, slug))


def held_by(kind: str, slug: str, uses: Sequence[LiveUse]) -> list[Refusal]:
    """Return the same, where the uses of the unit in live editions are known."""
    if (kind, slug) == ("section", WARNING_SIGNS):
        return [Refusal("The page at /help/ is made of it.")]
    live = Edition.objects.live(timezone.now())
    if kind == "country" and live.of(kind, slug).filter(card__is_default=True).exists():
        return [Refusal("It is the country of every reader who has not chosen one.")]
    return [Refusal(f"The {use.called} still {use.how} it.") for use in uses]
