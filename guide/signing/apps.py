from __future__ import annotations

from django.contrib.admin.apps import AdminConfig


class DeskConfig(AdminConfig):
    """Django's admin, on the site of the desk."""

    default_site = "guide.signing.site.DeskSite"
