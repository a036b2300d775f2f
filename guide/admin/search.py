"""The words of people, words that warn, and what was searched for."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.contrib import admin
from django.http import HttpRequest
from django.urls import reverse
from django.utils.html import format_html
from django.utils.text import slugify

from guide.admin.desk import CHECKED
from guide.admin.read_only import ReadOnlyAdmin
from guide.admin.units import StatusFilter, UnitAdmin
from guide.models import Edition, SearchTerm, Synonym, WarningWord

if TYPE_CHECKING:
    from django.db.models import QuerySet


@admin.register(Synonym)
class SynonymAdmin(UnitAdmin):
    list_display = ("words", "means", "state", "edited")
    search_fields = ("words", "means")
    prepopulated_fields = {"slug": ("words",)}
    fieldsets = ((None, {"fields": ("words", "slug", "means")}), CHECKED)

    def address(self, live: Edition) -> str:
        first, _, _ = live.title.partition(",")
        return reverse("search", query={"q": first})


@admin.register(WarningWord)
class WarningWordAdmin(SynonymAdmin):
    list_display = ("words", "level", "state", "edited")
    list_filter = (StatusFilter, "level")
    search_fields = ("words", "slug")
    fieldsets = ((None, {"fields": ("words", "slug", "level")}), CHECKED)


@admin.register(SearchTerm)
class SearchTermAdmin(ReadOnlyAdmin):
    """Only terms that were searched for on three different days; nobody can read the others."""

    list_display = ("term", "times", "days", "last_day", "found", "synonym")
    list_display_links = None
    list_filter = ("found",)
    search_fields = ("term",)
    list_per_page = 50

    @admin.display(description="help it find something")
    def synonym(self, row: SearchTerm) -> str:
        query = {"words": row.term, "slug": slugify(row.term)}
        address = reverse("admin:guide_synonym_add", query=query)
        return "" if row.found else format_html('<a href="{}">Make a synonym</a>', address)

    def get_queryset(self, request: HttpRequest) -> QuerySet[SearchTerm]:
        return super().get_queryset(request).exclude(term="")
