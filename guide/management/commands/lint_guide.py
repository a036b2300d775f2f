from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import timezone

from guide.models import UNITS, Edition, ExemptWord
from guide.pages.lint import Finding, lint
from guide.pages.rows import RowData
from guide.pages.wording import Severity
from guide.publishing.rows import key_of, rows_of


class Command(BaseCommand):
    help = "Read every published text as a strict editor would: page, field, line, words."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "--desk", action="store_true", help="read the desk instead of what readers see"
        )
        parser.add_argument(
            "--level",
            choices=list(Severity),
            default=Severity.WARN,
            help="refuse: only what would be refused at publish",
        )

    def handle(self, *args: Any, **options: Any) -> None:
        exempt = set(ExemptWord.objects.values_list("slug", flat=True))
        count = 0
        for kind, rows in _desk() if options["desk"] else _print():
            for finding in lint(rows, exempt):
                if options["level"] in {Severity.WARN, finding.severity}:
                    self.stdout.write(_line(kind, rows[finding.row], finding))
                    count += 1
        if count:
            raise CommandError(f"{count} found.")
        self.stdout.write("Nothing found.")


def _print() -> Iterator[tuple[str, Sequence[RowData]]]:
    editions = Edition.objects.live(timezone.now()).order_by("kind", "slug")
    yield from editions.values_list("kind", "rows").iterator()


def _desk() -> Iterator[tuple[str, Sequence[RowData]]]:
    for model in UNITS:
        for unit in model.objects.order_by("slug"):
            yield model.kind, rows_of(unit)


def _line(kind: str, row: RowData, finding: Finding) -> str:
    """Say where, such as section heat-cold, tip warm-it, detail, line 2, and what."""
    unit, *part = key_of(row).split("/")
    model = row["model"].removeprefix("guide.")
    where = [f"{kind} {unit}", *([f"{model} {'/'.join(part)}"] if part else [])]
    return f"{', '.join(where)}, {finding.field}, line {finding.line}: {finding}"
