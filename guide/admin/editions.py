"""The history of everything, to read only."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.contrib import admin
from django.http import HttpRequest
from django.template.loader import render_to_string

from guide.admin.read_only import ReadOnlyAdmin
from guide.models import Edition
from guide.publishing.changes import changes

if TYPE_CHECKING:
    from django.db.models import QuerySet


@admin.register(Edition)
class EditionAdmin(ReadOnlyAdmin):
    list_display = ("title", "kind", "number", "at", "who", "note", "live_from", "withdrawn")
    list_filter = ("kind", "withdrawn", "at")
    search_fields = ("title", "slug", "note", "who")
    ordering = ("-pk",)
    fields = ("kind", "slug", "number", "at", "who", "note", "live_from", "withdrawn", "contents")

    @admin.display(description="what it says")
    def contents(self, edition: Edition) -> str:
        return render_to_string("admin/guide/_changes.html", {"changes": changes([], edition.rows)})

    def get_queryset(self, request: HttpRequest) -> QuerySet[Edition]:
        return super().get_queryset(request).defer("rows", "card")
