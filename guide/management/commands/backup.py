from __future__ import annotations

from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from guide.backups.folders import back_up
from guide.backups.refusal import CannotDo


class Command(BaseCommand):
    help = (
        "Copy the database and the readable fixtures to a new folder, while others go on writing."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("folder", type=Path, help="a folder that is not there yet")

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            editions = back_up(options["folder"])
        except (CannotDo, OSError) as error:
            raise CommandError(str(error)) from error
        self.stdout.write(f"editions: {editions}")
