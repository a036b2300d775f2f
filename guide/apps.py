from __future__ import annotations

from django.apps import AppConfig
from django.core.checks import register

from guide.checks import full_text_search


class GuideConfig(AppConfig):
    name = "guide"
    verbose_name = "The guide"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        register(full_text_search)
