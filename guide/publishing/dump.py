"""The desk as files: the fixtures, in an order of their own, so that a dump never shuffles."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

from guide.models import (
    FAQ,
    Article,
    Caution,
    Claim,
    Country,
    ExemptWord,
    Questionnaire,
    Routine,
    Row,
    Section,
    Source,
    Stretch,
    Synonym,
    Unit,
    WarningWord,
)
from guide.pages.panels import in_order
from guide.pages.rows import RowData
from guide.publishing import block_yaml
from guide.publishing.moves import moved_rows
from guide.publishing.rows import instances_of, serialized


def dump(folder: Path) -> list[Path]:
    """Write the desk to a folder, one file a family of units. Return the files written."""
    files = guide_files()
    for name, text in files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8", newline="\n")
    return [folder / name for name in files]


def guide_files() -> dict[str, str]:
    """Return the whole desk as the text of its files, by their names."""
    return dict(_files())


def article_file(article: Article) -> str:
    """Return an article with its sections as the text of its file."""
    sections = Section.objects.filter(article=article)
    return block_yaml.dump(row for unit in (article, *sections) for row in _brief_rows(unit))


def _files() -> Iterator[tuple[str, str]]:
    singles: list[tuple[str, type[Row]]] = [
        ("countries.yaml", Country),
        ("sources.yaml", Source),
        ("cautions.yaml", Caution),
        ("claims.yaml", Claim),
        ("exempt_words.yaml", ExemptWord),
        ("stretches.yaml", Stretch),
        ("routines.yaml", Routine),
        ("faqs.yaml", FAQ),
        ("synonyms.yaml", Synonym),
        ("warning_words.yaml", WarningWord),
    ]
    for name, model in singles:
        rows = (row for found in model.objects.all() for row in _brief_rows(found))
        yield name, block_yaml.dump(rows)
    for article in Article.objects.all():
        yield f"articles/{article.slug}.yaml", article_file(article)
    for questionnaire in Questionnaire.objects.all():
        text = block_yaml.dump(_brief_rows(questionnaire))
        yield f"questionnaires/{questionnaire.slug}.yaml", text
    if moved := moved_rows():
        yield "moved.yaml", block_yaml.dump(moved)


def _brief_rows(row: Row) -> Iterator[RowData]:
    """Yield a unit's rows without the fields that hold their default.

    Only a figure is made of mappings, whose order no database has to keep.
    """
    instances = list(instances_of(row) if isinstance(row, Unit) else [row])
    for instance, full in zip(instances, serialized(instances), strict=True):
        meta = instance._meta
        fields = {
            name: in_order(value)
            for name, value in full["fields"].items()
            if value != _default(meta.get_field(name))
        }
        yield {"model": full["model"], "fields": fields}


def _default(model_field: Any) -> Any:
    return [] if model_field.many_to_many else model_field.get_default()
