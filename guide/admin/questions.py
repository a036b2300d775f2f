"""Questions and their answers, and how other parts choose among these answers."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django import forms
from django.contrib import admin
from django.http import HttpRequest, HttpResponse
from django.urls import URLPattern

from guide.admin import preview
from guide.admin.desk import TabularParts
from guide.admin.forms import DeskForm
from guide.admin.parts import PartAdmin
from guide.models import Option, Question, Unit

if TYPE_CHECKING:
    Form = forms.ModelForm[Any]
else:
    Form = forms.ModelForm


def offer_own_answers(form: Form, questionnaire: Unit) -> None:
    """Let a form choose among the answers of its own questionnaire only."""
    for field in form.fields.values():
        if getattr(getattr(field, "queryset", None), "model", None) is Option:
            field.queryset = (  # type: ignore[attr-defined]
                Option.objects.filter(question__questionnaire=questionnaire)
                .select_related("question")
                .order_by("question__order", "question__slug", "order", "slug")
            )


class AnswersForm(DeskForm):
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if self.instance.pk:
            offer_own_answers(self, self.instance.unit)  # type: ignore[attr-defined]


class OptionInline(TabularParts):
    model = Option
    fields = ("order", "slug", "code", "text", "said", "other_text", "other_said", "exclusive")


@admin.register(Question)
class QuestionAdmin(PartAdmin):
    form = AnswersForm
    parent = "questionnaire"
    starts_with = ("text", "label")
    fields = (
        "questionnaire",
        "slug",
        "text",
        "label",
        "hint",
        "why",
        "help",
        ("many", "warning"),
        "picture",
        "other_text",
        "other_hint",
        "other_help",
        "asked_when",
        "order",
    )
    filter_horizontal = ("asked_when",)
    inlines = (OptionInline,)

    def get_urls(self) -> list[URLPattern]:
        return [*preview.urls(self), *super().get_urls()]

    def render_change_form(
        self, request: HttpRequest, context: dict[str, Any], *args: Any, **kwargs: Any
    ) -> HttpResponse:
        if question := kwargs.get("obj"):
            context["preview_url"] = preview.address(self, request, question)
        return super().render_change_form(request, context, *args, **kwargs)
