"""What must hold before a press. Each refusal is a sentence for the editor."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from django.apps import apps
from django.utils import timezone

from guide.models import WARNING_SIGNS, Caution, Edition, Moved, Unit, renamed
from guide.pages.panels import figure_problems
from guide.pages.rows import RowData, fields_of
from guide.publishing.questionnaires import questionnaire_refusals, rules_that_raise


def refusals(kind: str, slug: str, rows: Sequence[RowData]) -> list[str]:
    """Return why these rows of a unit must not be published; nothing if they may."""
    figures = [fields["figure"] for fields in fields_of(rows, "guide.stretch")]
    return [
        *_cautions_not_public(rows),
        *(problem for figure in figures for problem in figure_problems(figure)),
        *(_would_hide_no_more(slug, rows) if kind == "caution" else ()),
        *(questionnaire_refusals(slug, rows) if kind == "questionnaire" else ()),
    ]


def _cautions_not_public(rows: Sequence[RowData]) -> list[str]:
    """An advice must never be public without the caution that it carries."""
    carried = {name for row in rows for kind, name in _references(row) if kind == "caution"}
    live = Edition.objects.live(timezone.now()).filter(kind="caution", slug__in=carried)
    missing = carried - set(live.values_list("slug", flat=True))
    return [f"The caution “{name}” is not public. Publish it first." for name in sorted(missing)]


def _would_hide_no_more(slug: str, rows: Sequence[RowData]) -> Iterator[str]:
    """A rule that raises a caution counts on it: it must not stop hiding advice unnoticed."""
    (caution,) = fields_of(rows, "guide.caution")
    live = Edition.objects.live(timezone.now()).of("caution", slug)
    hides = live.filter(card__effect=Caution.Effect.HIDE).exists()
    if hides and caution["effect"] != Caution.Effect.HIDE:
        for title, rules in rules_that_raise(slug):
            names = ", ".join(f"“{rule}”" for rule in rules)
            yield (
                f"It must go on hiding advice: rules of “{title}” raise it ({names}). "
                "Take it from them first, and publish that."
            )


def still_used(kind: str, slug: str) -> list[str]:
    """Return which live units and pages are made of this one: they would lose it."""
    if (kind, slug) == ("section", WARNING_SIGNS):
        return ["The page at /help/ is made of it."]
    live = Edition.objects.live(timezone.now())
    if kind == "country" and live.of(kind, slug).filter(card__is_default=True).exists():
        return ["It is the country of every reader who has not chosen one."]
    return [
        f"The {edition.kind} “{edition.title}” still uses it." for edition in users_of(kind, slug)
    ]


def users_of(kind: str, slug: str) -> Iterator[Edition]:
    """Yield the live editions of other units that point to a unit."""
    names = Moved.objects.names()
    live = Edition.objects.live(timezone.now())
    for edition in live.exclude(kind=kind, slug=slug).iterator():
        if any((kind, slug) in _references(row) for row in renamed(edition.rows, names)):
            yield edition


def _references(row: RowData) -> set[tuple[str, str]]:
    """Return the units, by kind and slug, that a row points to."""
    found: set[tuple[str, str]] = set()
    for field in apps.get_model(row["model"])._meta.get_fields():
        target: Any = field.related_model
        value = row["fields"].get(field.name)
        if value and isinstance(target, type) and issubclass(target, Unit):
            keys = value if field.many_to_many else [value]
            found |= {(target.kind, key[-1]) for key in keys}
    return found
