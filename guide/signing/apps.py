from __future__ import annotations

from django.contrib.admin.apps import AdminConfig
from django.contrib.auth.signals import user_logged_in

from guide.signing.idle import begin


class DeskConfig(AdminConfig):
    """Django's admin, on the site of the desk."""

    default_site = "guide.signing.site.DeskSite"

    def ready(self) -> None:
        super().ready()
        user_logged_in.connect(begin)
