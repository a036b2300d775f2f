from __future__ import annotations

from django.apps import AppConfig


class GuideConfig(AppConfig):
    name = "guide"
    verbose_name = "The guide"
    default_auto_field = "django.db.models.BigAutoField"
