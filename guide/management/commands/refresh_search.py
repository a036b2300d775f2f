from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand, CommandParser

from guide.models import SearchDocument
from guide.publishing.search import refresh


class Command(BaseCommand):
    help = (
        "Make the search index anew from what is live. Run it daily if editions are scheduled: "
        "nothing else notices that the day of one has come."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "--if-empty", action="store_true", help="do nothing if there is an index already"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        if options["if_empty"] and SearchDocument.objects.exists():
            return
        count = refresh()
        if not options["if_empty"]:
            self.stdout.write(f"documents: {count}")
