from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand

from guide.drawing import BY_THE_WAY, can_draw, draw
from guide.publishing.loaded import publish_loaded


class Command(BaseCommand):
    help = "Publish every unit that is as it was loaded and not live. Drafts of staff stay drafts."

    def handle(self, *args: Any, **options: Any) -> None:
        published, drafts = publish_loaded()
        self.stdout.write(f"published: {len(published)}")
        for name in drafts:
            self.stdout.write(f"left alone: {name} was changed or withdrawn by staff")
        if published and can_draw():
            self.stdout.write(f"drawn: {draw(BY_THE_WAY)}")
