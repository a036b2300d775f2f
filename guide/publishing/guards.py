"""What must hold before a press. Each refusal is a sentence for the editor."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from django.apps import apps
from django.utils import timezone

from guide.models import WARNING_SIGNS, Edition, Unit
from guide.pages.panels import figure_problems
from guide.pages.rows import RowData, fields_of
from guide.triage import failing_cases, flow_from_rows, problems


def refusals(kind: str, slug: str, rows: Sequence[RowData]) -> list[str]:
    """Return why these rows of a unit must not be published; nothing if they may."""
    figures = [fields["figure"] for fields in fields_of(rows, "guide.stretch")]
    return [
        *_cautions_not_public(rows),
        *(problem for figure in figures for problem in figure_problems(figure)),
        *(questionnaire_refusals(slug, rows) if kind == "questionnaire" else ()),
    ]


def _cautions_not_public(rows: Sequence[RowData]) -> list[str]:
    """An advice must never be public without the caution that it carries."""
    carried = {name for row in rows for kind, name in _references(row) if kind == "caution"}
    live = Edition.objects.live(timezone.now()).filter(kind="caution", slug__in=carried)
    missing = carried - set(live.values_list("slug", flat=True))
    return [f"The caution “{name}” is not public. Publish it first." for name in sorted(missing)]


def questionnaire_refusals(slug: str, rows: Sequence[RowData]) -> list[str]:
    """Return the problems of a flow, its failing safety cases, and codes used again."""
    try:
        flow = flow_from_rows(rows)
    except ValueError as error:
        return [str(error)]
    return [*problems(flow), *failing_cases(flow), *_codes_used_again(slug, rows)]


def _codes_used_again(slug: str, rows: Sequence[RowData]) -> Iterator[str]:
    """A code in a reader's cookie must mean the same answer in every edition."""
    meant = dict(_codes(rows))
    earlier = Edition.objects.of("questionnaire", slug).filter(live_from__isnull=False)
    for edition in earlier.only("rows", "number").iterator():
        for code, option in _codes(edition.rows):
            if meant.get(code, option) != option:
                yield (
                    f"The code {code} of {meant[code]} meant {option} in edition "
                    f"{edition.number}. Give it a new code."
                )
                meant.pop(code)


def _codes(rows: Sequence[RowData]) -> Iterator[tuple[str, str]]:
    for row in rows:
        if row["model"] == "guide.option":
            fields = row["fields"]
            yield fields["code"], f"{fields['question'][-1]}/{fields['slug']}"


def still_used(kind: str, slug: str) -> list[str]:
    """Return which live units and pages are made of this one: they would lose it."""
    if (kind, slug) == ("section", WARNING_SIGNS):
        return ["The page at /help/ is made of it."]
    live = Edition.objects.live(timezone.now())
    if kind == "country" and live.of(kind, slug).filter(card__is_default=True).exists():
        return ["It is the country of every reader who has not chosen one."]
    return [
        f"The {edition.kind} “{edition.title}” still uses it."
        for edition in live.exclude(kind=kind, slug=slug).iterator()
        if any((kind, slug) in _references(row) for row in edition.rows)
    ]


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
