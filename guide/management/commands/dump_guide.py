from __future__ import annotations

from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandParser

from guide.publishing.dump import dump


class Command(BaseCommand):
    help = "Write the desk to the fixtures, in their own order: load, then dump, changes no byte."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("folder", nargs="?", type=Path, default=settings.BASE_DIR / "fixtures")

    def handle(self, *args: Any, **options: Any) -> None:
        files = dump(options["folder"])
        self.stdout.write(f"wrote {len(files)} files")
