from __future__ import annotations

from typing import TYPE_CHECKING

from django.contrib import admin
from django.urls import reverse

from guide.admin.desk import CHECKED
from guide.admin.listing import SearchedAdmin
from guide.admin.units import StatusFilter, UnitAdmin
from guide.models import Caution, Claim, Country, Edition, ExemptWord, Source

if TYPE_CHECKING:
    ModelAdmin = admin.ModelAdmin[ExemptWord]
else:
    ModelAdmin = admin.ModelAdmin


@admin.register(Caution)
class CautionAdmin(UnitAdmin):
    list_display = ("name", "sentence", "effect", "state", "edited")
    list_filter = (StatusFilter, "effect")
    search_fields = ("name", "sentence")
    prepopulated_fields = {"slug": ("name",)}
    fieldsets = ((None, {"fields": ("name", "slug", "sentence", "effect")}), CHECKED)


@admin.register(Source)
class SourceAdmin(UnitAdmin):
    list_display = ("slug", "title", "publisher", "year", "confirmed", "state")
    list_filter = (StatusFilter, "confirmed")
    search_fields = ("slug", "title", "publisher", "address")
    fieldsets = (
        (None, {"fields": ("slug", "title", "publisher", "year", "address", "confirmed")}),
        CHECKED,
    )

    def address(self, live: Edition) -> str:
        """A source that nobody has read yet is not shown."""
        unseen = live.card.get("confirmed") == Source.Confirmed.UNSEEN
        return "" if unseen else reverse("source", args=[live.slug])


@admin.register(Claim)
class ClaimAdmin(UnitAdmin):
    list_display = ("slug", "text", "verdict", "left_out", "state")
    list_filter = (StatusFilter, "verdict")
    search_fields = ("slug", "text")
    autocomplete_fields = ("sources",)
    fieldsets = (
        (None, {"fields": ("slug", "text", "verdict", "sources", "left_out")}),
        CHECKED,
    )

    def address(self, live: Edition) -> str:
        return reverse("claim", args=[live.slug])


@admin.register(Country)
class CountryAdmin(UnitAdmin):
    list_display = ("name", "emergency", "urgent", "doctor", "is_default", "state", "order")
    search_fields = ("name",)
    prepopulated_fields = {"slug": ("name",)}
    fieldsets = (
        (None, {"fields": ("name", "slug", "is_default", "order")}),
        (
            "Words and numbers",
            {
                "fields": (
                    "emergency",
                    "urgent",
                    "urgent_number",
                    "doctor",
                    "emergency_room",
                    "text_relay",
                )
            },
        ),
        CHECKED,
    )

    def address(self, live: Edition) -> str:
        return reverse("help")


@admin.register(ExemptWord)
class ExemptWordAdmin(SearchedAdmin, ModelAdmin):
    list_display = ("slug", "why")
    search_fields = ("slug",)
