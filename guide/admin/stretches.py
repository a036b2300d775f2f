from __future__ import annotations

from json import JSONDecodeError
from typing import Any

from django import forms
from django.contrib import admin
from django.core.exceptions import ValidationError
from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe

from guide.admin.desk import CHECKED, RESTS_ON, TabularParts
from guide.admin.forms import DeskForm, PartForm
from guide.admin.units import StatusFilter, UnitAdmin
from guide.models import Edition, Routine, RoutineStep, Stretch, StretchStep
from guide.pages import doses
from guide.pages.panels import figure_problems, in_order, panels
from guide.pages.stretches import dose_of

FIGURE_HELP = mark_safe("""
The pose of the drawing. Copy the figure of a stretch that looks like yours. Change a number, save,
and look. Good:
<pre>{"title": "Standing, knee up. Felt in the thigh.",
 "description": "Start standing tall.",
 "start": {"near_leg": {"ankle": [150, 199.5]}},
 "pose": {
  "hip": [150, 102], "torso": 90,
  "near_leg": {"ankle": [190, 120]},
  "far_leg": {"ankle": [150, 199.5]},
  "near_arm": {"wrist": [190, 80]},
  "muscles": [["thigh", "back", 0.2, 0.9]],
  "props": [{"kind": "wall", "x": 196, "y": 0, "w": 60}],
  "arrows": [{"start": [170, 180], "end": [170, 150]}]}}</pre>
The title says position, action and where it is felt; the description says how it starts.
The start names only what differs from the pose: muscles and arrows are left out of it anyway.
The person faces right, on a canvas 320 wide and 240 high. A point is [across, down], and the floor
is at 208; the ankle of a flat foot is at 199.5. Angles are in degrees: 0 is right, 90 is up.
The near leg is the one that is stretched. Say where hip, ankles and wrists are: knees and elbows
follow. An arm that you leave out is not drawn.
""")


class FigureField(forms.JSONField):
    """JSON that says where it cannot be read."""

    def to_python(self, value: Any) -> Any:
        try:
            return super().to_python(value)
        except ValidationError as error:
            why = error.__context__
            assert isinstance(why, JSONDecodeError)
            raise ValidationError(
                f"This cannot be read from line {why.lineno}, column {why.colno} on. Is a comma, "
                "a quote or a bracket missing there, or one too many?"
            ) from error


class StretchForm(DeskForm):
    class Meta:
        help_texts = {"figure": FIGURE_HELP}
        field_classes = {"figure": FigureField}

    def get_initial_for_field(self, field: forms.Field, field_name: str) -> Any:
        value = super().get_initial_for_field(field, field_name)
        return in_order(value) if field_name == "figure" else value

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
    readonly_fields = ("drawing",)
    autocomplete_fields = ("easier", "harder", "cautions", "sources", "claims")
    fieldsets = (
        (None, {"fields": ("name", "slug", "summary", "muscles", "moments", "order")}),
        ("Position", {"fields": ("position", "also", "family")}),
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
        ("Drawing", {"fields": ("drawing", "figure"), "classes": ("collapse",)}),
        RESTS_ON,
        CHECKED,
    )
    inlines = (StepInline,)

    @admin.display(description="dose")
    def dose(self, stretch: Any) -> str:
        return doses.line(dose_of(vars(stretch)))

    @admin.display(description="as it was last saved")
    def drawing(self, stretch: Any) -> SafeString | str:
        if not stretch.figure:
            return "None yet."
        if wrong := figure_problems(stretch.figure):
            return " ".join(wrong)
        drawn = panels(stretch.figure)
        both = mark_safe(drawn["start_html"] + drawn["figure_html"])  # noqa: S308
        return format_html('<span class="desk-figure">{}</span>', both)

    def address(self, live: Edition) -> str:
        return reverse("stretch", args=[live.slug])


class RoutineStepForm(PartForm):
    """A step is called as its stretch is, unless somebody chooses another short name."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if "slug" in self.fields:
            self.fields["slug"].required = False

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        if not cleaned.get("slug") and (stretch := cleaned.get("stretch")):
            cleaned["slug"] = stretch.slug
        return cleaned


class RoutineStepInline(TabularParts):
    model = RoutineStep
    form = RoutineStepForm
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
