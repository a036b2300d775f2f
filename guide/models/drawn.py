"""Public pages as they were drawn ahead of the readers who ask for them."""

from __future__ import annotations

from django.db import models


class DrawnPage(models.Model):
    """A public page, for a state of the guide: good until something that it is made of changes.

    Nothing but a copy: what is missing here is drawn when it is asked for.
    """

    path = models.CharField(max_length=300)
    release = models.CharField(max_length=64, help_text="The code and settings that drew it.")
    newest = models.PositiveBigIntegerField()
    since = models.CharField(max_length=40)
    moved = models.PositiveBigIntegerField()
    at = models.CharField(max_length=40)
    asked = models.TextField(help_text="What of the guide it is made of, as JSON.")
    any_query = models.BooleanField(help_text="The same whatever follows a ? in the address.")
    html = models.BinaryField(help_text="Compressed, as brotli.")
    digest = models.CharField(max_length=20, default="", help_text="Of the page as it is read.")
    site = models.CharField(max_length=300, default="", help_text="The site that it names.")

    class Meta:
        default_permissions = ()
        constraints = [models.UniqueConstraint(fields=["path", "release"], name="drawn_page")]

    def __str__(self) -> str:
        return self.path
