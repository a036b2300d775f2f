from __future__ import annotations

from django.contrib import admin
from django.urls import reverse

from guide.admin.desk import CHECKED, RESTS_ON
from guide.admin.units import StatusFilter, UnitAdmin
from guide.models import FAQ, Edition


@admin.register(FAQ)
class FAQAdmin(UnitAdmin):
    list_display = ("question", "group", "section", "state", "order", "edited")
    list_filter = (StatusFilter, "group")
    list_select_related = ("section", "edited_by")
    search_fields = ("question", "answer", "more")
    prepopulated_fields = {"slug": ("question",)}
    autocomplete_fields = ("section", "sources", "claims")
    fieldsets = (
        (
            None,
            {
                "fields": (
                    "question",
                    "slug",
                    "answer",
                    "more",
                    "group",
                    "section",
                    "places",
                    "order",
                )
            },
        ),
        RESTS_ON,
        CHECKED,
    )

    def address(self, live: Edition) -> str:
        return f"{reverse('faq')}#{live.slug}"
