"""The questionnaire: its questions in short on its page, each rule and safety case on its own.

Django's inlines do not nest, and eighty rules with their answers would not be usable if
they did: the questionnaire's page lists its parts in words, and each links to its form.
"""

from __future__ import annotations

from typing import Any

from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest
from django.urls import URLPattern, reverse

from guide.admin import draft_effect, rule_grid, rule_map, try_out
from guide.admin.desk import CHECKED, TabularParts
from guide.admin.forms import PartFormSet
from guide.admin.listing import Listing, Tool, page_of
from guide.admin.parts import PartAdmin
from guide.admin.questions import AnswersForm, offer_own_answers
from guide.admin.routes import routes
from guide.admin.units import StatusFilter, UnitAdmin
from guide.models import (
    Edition,
    Question,
    Questionnaire,
    Rule,
    RuleGroup,
    RulePointer,
    SafetyCase,
)

#: The pages about the rules: name and address, words, view.
TOOLS = (
    ("grid", "Rule grid", rule_grid.grid_page),
    ("try", "Try the rules", try_out.try_page),
    ("effect", "Effect of the draft", draft_effect.effect_page),
    ("map", "Map", rule_map.map_page),
)


class QuestionInline(TabularParts):
    model = Question
    fields = ("order", "slug", "text", "label", "many", "warning")
    show_change_link = True


@admin.register(Questionnaire)
class QuestionnaireAdmin(UnitAdmin):
    list_display = ("title", "state", "order", "edited")
    list_filter = (StatusFilter,)
    search_fields = ("title", "questions__text")
    prepopulated_fields = {"slug": ("title",)}
    fieldsets = (
        (None, {"fields": ("title", "slug", "summary", "intro", "order")}),
        (
            "For somebody who answers for the person",
            {"fields": ("other_title", "other_slug", "other_summary", "other_intro")},
        ),
        CHECKED,
    )
    inlines = (QuestionInline,)

    def get_urls(self) -> list[URLPattern]:
        views = ((name, f"{name}/", view) for name, _, view in TOOLS)
        return [*routes(self, self._prefix, "<int:pk>/", views), *super().get_urls()]

    def tools(self, unit: Any) -> list[Tool]:
        return [Tool(name, words, self.page(name, unit)) for name, words, _ in TOOLS]

    def fixed_fields(self, unit: Any) -> tuple[str, ...]:
        """The address for a helper is fixed as well once anything was published under it."""
        used = self.editions(unit).filter(card__other_slug=unit.other_slug)
        more = ("other_slug",) if unit.other_slug and used.exists() else ()
        return (*super().fixed_fields(unit), *more)

    def address(self, live: Edition) -> str:
        return reverse("check", args=[live.slug])

    def listings(self, request: HttpRequest, unit: Any) -> list[Listing]:
        return [
            Listing(
                "Rules",
                ("Rule", "Order", "At least", "Fires when one was chosen of", "Because"),
                [(page_of(rule), _rule_cells(rule)) for rule in _rules(unit)],
                *_adding(request, Rule, unit),
            ),
            Listing(
                "Safety cases",
                ("Case", "Order", "Must come out as", "Story"),
                [
                    (page_of(case), (case.slug, case.order, case.get_level_display(), case.story))
                    for case in unit.safety_cases.all()
                ],
                *_adding(request, SafetyCase, unit),
            ),
        ]


def _rules(unit: Any) -> QuerySet[Rule]:
    rules: QuerySet[Rule] = unit.rules.prefetch_related("groups__options__question")
    return rules


def _rule_cells(rule: Any) -> tuple[object, ...]:
    groups = (", or ".join(map(str, group.options.all())) for group in rule.groups.all())
    return (
        rule.slug,
        rule.order,
        rule.get_level_display(),
        "\nand one of\n".join(groups),
        rule.because,
    )


def _adding(request: HttpRequest, model: type[Rule | SafetyCase], unit: Any) -> tuple[str, str]:
    """Return the words and address to add a part of a unit; empty for who may not."""
    name = model._meta.model_name
    if not request.user.has_perm(f"guide.add_{name}"):
        return "", ""
    url = reverse(f"admin:guide_{name}_add", query={"questionnaire": unit.pk})
    return f"Add a {model._meta.verbose_name}", url


class GroupFormSet(PartFormSet):
    def add_fields(self, form: Any, index: int | None) -> None:
        super().add_fields(form, index)
        offer_own_answers(form, self.instance.unit)


class GroupInline(TabularParts):
    model = RuleGroup
    formset = GroupFormSet
    fields = ("slug", "options")
    filter_horizontal = ("options",)


class PointerInline(TabularParts):
    model = RulePointer
    fields = ("section", "weight")
    autocomplete_fields = ("section",)


@admin.register(Rule)
class RuleAdmin(PartAdmin):
    parent = "questionnaire"
    starts_with = ("level", "because")
    fields = (
        "questionnaire",
        "slug",
        ("level", "soon"),
        "because",
        "cautions",
        "implements",
        "sources",
        "order",
    )
    autocomplete_fields = ("cautions", "sources")
    inlines = (GroupInline, PointerInline)

    def tools(self, part: Any) -> list[Tool]:
        grid = reverse("admin:guide_questionnaire_grid", args=[part.questionnaire_id])
        return [Tool("grid", "In the rule grid", f"{grid}#rule-{part.slug}")]


@admin.register(SafetyCase)
class SafetyCaseAdmin(PartAdmin):
    form = AnswersForm
    parent = "questionnaire"
    starts_with = ("story", "level")
    fields = (
        "questionnaire",
        "slug",
        "story",
        "answers",
        "level",
        "must_show",
        "must_not_show",
        "order",
    )
    autocomplete_fields = ("must_show", "must_not_show")
    filter_horizontal = ("answers",)

    def tools(self, part: Any) -> list[Tool]:
        tried = reverse(
            "admin:guide_questionnaire_try",
            args=[part.questionnaire_id],
            query={"case": part.slug},
        )
        return [Tool("try", "Try this case", tried)]
