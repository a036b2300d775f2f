from __future__ import annotations

from typing import Any

from django.contrib import admin
from django.core.exceptions import ValidationError
from django.urls import reverse

from guide.admin.desk import CHECKED, RESTS_ON, TabularParts
from guide.admin.forms import DeskForm
from guide.admin.units import StatusFilter, UnitAdmin
from guide.models import Edition, Routine, RoutineStep, Stretch, StretchStep
from guide.pages import doses
from guide.pages.stretches import dose_of, figure_problems


class StretchForm(DeskForm):
    def clean_figure(self) -> dict[str, Any]:
        figure: dict[str, Any] = self.cleaned_data["figure"] or {}
        if wrong := figure_problems(figure):
            raise ValidationError(wrong)
        return figure


class StepInline(TabularParts):
    model = StretchStep
    fields = ("order", "text", "slug")
    prepopulated_fields = {"slug": ("text",)}


@admin.register(Stretch)
class StretchAdmin(UnitAdmin):
    form = StretchForm
    list_display = ("name", "position", "dose", "state", "order", "edited")
    list_filter = (StatusFilter, "position")
    search_fields = ("name", "summary", "steps__text")
    prepopulated_fields = {"slug": ("name",)}
    autocomplete_fields = ("easier", "harder", "cautions", "sources", "claims")
    fieldsets = (
        (None, {"fields": ("name", "slug", "summary", "muscles", "position", "moments", "order")}),
        (
            "Dose",
            {
                "fields": (
                    ("hold_seconds", "hold_seconds_max", "until_eased"),
                    ("repeats", "repeats_max", "rest_seconds"),
                    "sides",
                    "dose_from",
                )
            },
        ),
        (
            "Doing it",
            {"fields": ("equipment", "feel", "care", "cautions", "helper")},
        ),
        ("Easier and harder", {"fields": ("make_easier", ("easier", "harder"))}),
        ("Drawing", {"fields": ("figure",), "classes": ("collapse",)}),
        RESTS_ON,
        CHECKED,
    )
    inlines = (StepInline,)

    @admin.display(description="dose")
    def dose(self, stretch: Any) -> str:
        return doses.line(dose_of(vars(stretch)))

    def address(self, live: Edition) -> str:
        return reverse("stretch", args=[live.slug])


class RoutineStepInline(TabularParts):
    model = RoutineStep
    fields = ("order", "stretch", "hold_seconds", "repeats", "rest_seconds", "slug")
    autocomplete_fields = ("stretch",)


@admin.register(Routine)
class RoutineAdmin(UnitAdmin):
    list_display = ("title", "position", "state", "order", "edited")
    list_filter = (StatusFilter, "position")
    search_fields = ("title", "summary")
    prepopulated_fields = {"slug": ("title",)}
    autocomplete_fields = ("claims",)
    fieldsets = (
        (None, {"fields": ("title", "slug", "summary", "position", "note", "order")}),
        ("What it rests on", {"fields": ("claims",), "classes": ("collapse",)}),
        CHECKED,
    )
    inlines = (RoutineStepInline,)

    def address(self, live: Edition) -> str:
        return reverse("routine", args=[live.slug])
