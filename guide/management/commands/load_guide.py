from __future__ import annotations

from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import connection

from guide.drawing import BY_THE_WAY, can_draw, draw
from guide.models import Edition
from guide.publishing.files import FixtureError
from guide.publishing.fixtures import load
from guide.publishing.press import Refused


class Command(BaseCommand):
    help = "Load the fixtures: add what is new, keep what staff made, publish what that changes."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("folder", nargs="?", type=Path, default=settings.BASE_DIR / "fixtures")
        parser.add_argument(
            "--if-empty", action="store_true", help="do nothing if anything was ever published"
        )
        parser.add_argument(
            "--no-publish", action="store_true", help="load the rows, publish nothing"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        if Edition._meta.db_table not in connection.introspection.table_names():
            raise CommandError("The database has no tables yet: run manage.py migrate first.")
        if options["if_empty"] and Edition.objects.exists():
            return
        try:
            report = load(options["folder"], press=not options["no_publish"])
        except FixtureError as error:
            raise CommandError(f"Nothing was loaded.\n{error}") from error
        except Refused as error:
            reasons = "\n".join(error.reasons)
            raise CommandError(f"Nothing was loaded: the press refused.\n{reasons}") from error
        for word in ("added", "updated", "deleted", "published"):
            names = getattr(report, word)
            self.stdout.write(f"{word}: {len(names)}")
        for name in report.kept:
            self.stdout.write(f"kept: {name}")
        if report.published and can_draw():
            self.stdout.write(f"drawn: {draw(BY_THE_WAY)}")
