from __future__ import annotations

from typing import Any

from django.contrib.auth.models import User
from django.core.management.base import BaseCommand, CommandError, CommandParser

from guide.signing.tries import unlock
from guide.signing.two_factor import forget


class Command(BaseCommand):
    help = "Let somebody who failed to sign in too often try again at once."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("name", help="the name that this person signs in with")
        parser.add_argument(
            "--forget-phone",
            action="store_true",
            help="also forget their phone and recovery codes: they set up new ones",
        )

    def handle(self, *args: Any, **options: Any) -> None:
        user = User.objects.filter(username__iexact=options["name"]).first()
        if user is None:
            raise CommandError(f"Nobody signs in as {options['name']}.")
        unlock(user.get_username())
        self.stdout.write(f"{user} can try again at once.")
        if options["forget_phone"]:
            forget(user)
            self.stdout.write(f"{user} sets up a phone at the next sign-in.")
        if not user.is_active or not user.is_staff:
            self.stdout.write(f"But {user} may not use the desk: see “active” and “staff”.")
