from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand, CommandError

from guide.drawing import can_draw, draw


class Command(BaseCommand):
    help = (
        "Draw the public pages that read differently by now, so that nobody waits for one. Run it "
        "after a deploy, and often: nothing else notices that a planned day has come."
    )

    def handle(self, *args: Any, **options: Any) -> None:
        if not can_draw():
            raise CommandError("Pages name static files: run manage.py collectstatic first.")
        count = draw()
        if options["verbosity"]:
            self.stdout.write(f"drawn: {count}")
