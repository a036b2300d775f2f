"""Every address of the site, and the pages for what goes wrong."""

from __future__ import annotations

from django.contrib import admin
from django.urls import include, path

urlpatterns = [
    path("admin/", admin.site.urls),
    path("", include("guide.urls")),
]

handler400 = "guide.views.errors.bad_request"
handler403 = "guide.views.errors.permission_denied"
handler404 = "guide.views.errors.not_found"
handler500 = "guide.views.errors.server_error"
