from __future__ import annotations

from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from guide.backups.folders import restore
from guide.backups.refusal import CannotDo


class Command(BaseCommand):
    help = "Fill an empty database from a folder of a backup, all or nothing. Then run migrate."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("folder", type=Path)
        parser.add_argument(
            "--replace", action="store_true", help="throw away what is in the database now"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            editions = restore(options["folder"], replace=options["replace"])
        except (CannotDo, OSError) as error:
            raise CommandError(str(error)) from error
        self.stdout.write(f"editions: {editions}")
