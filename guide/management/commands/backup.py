from __future__ import annotations

from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from guide.publishing.backup import BackupError, back_up


class Command(BaseCommand):
    help = "Copy the database, checked, and the guide's files into a new folder, while it serves."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("folder", type=Path)

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            database, *files = back_up(options["folder"])
        except BackupError as error:
            raise CommandError(str(error)) from error
        self.stdout.write(f"wrote {database} and {len(files)} files beside it")
