"""Who signed in to the desk, and who was refused: kept for a while, without any password."""

from __future__ import annotations

from datetime import timedelta

from django.db import models
from django.utils import timezone

#: How long a line is kept.
KEPT = timedelta(days=90)


class SignIn(models.Model):
    """One try to sign in, or one time that a command let somebody try again.

    A name that nobody has is not kept, as it may be a password typed into the wrong box.
    """

    class Outcome(models.TextChoices):
        REFUSED = "refused", "Refused"
        PASSWORD = "password", "Password right, code not given yet"
        SIGNED_IN = "signed_in", "Signed in"
        UNLOCKED = "unlocked", "Unlocked by a command"

    at = models.DateTimeField(default=timezone.now, db_index=True)
    name = models.CharField(max_length=150, blank=True)
    name_key = models.CharField(max_length=32, help_text="The name, as a keyed hash.")
    address = models.GenericIPAddressField(null=True)
    place = models.CharField(max_length=50, help_text="Addresses that count as one.")
    outcome = models.CharField(max_length=16, choices=Outcome.choices, default=Outcome.REFUSED)

    class Meta:
        verbose_name = "sign-in"
        ordering = ["-at", "-pk"]
        default_permissions = ()
        indexes = [
            models.Index(fields=["name_key", "at"], name="sign_in_name"),
            models.Index(fields=["place", "at"], name="sign_in_place"),
        ]

    def __str__(self) -> str:
        return f"{self.name or 'Unknown name'}, {self.get_outcome_display()}"
