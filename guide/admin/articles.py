from __future__ import annotations

from typing import Any

from django.contrib import admin
from django.http import HttpRequest, HttpResponse
from django.urls import URLPattern, reverse
from django.utils import timezone

from guide.admin import files
from guide.admin.desk import CHECKED, RESTS_ON, StackedParts
from guide.admin.listing import Listing, page_of
from guide.admin.units import StatusFilter, UnitAdmin
from guide.models import Article, CareCard, Edition, Moved, Section, Tip
from guide.publishing.status import Status, with_status

#: With more articles than this a list is searched for one, not cut down to it.
MOST_TO_FILTER = 50


@admin.register(Article)
class ArticleAdmin(UnitAdmin):
    list_display = ("title", "state", "order", "on_home", "edited")
    list_filter = (StatusFilter, "on_home")
    search_fields = ("title", "summary", "sections__title")
    prepopulated_fields = {"slug": ("title",)}
    autocomplete_fields = ("related", "sources", "claims")
    fieldsets = (
        (
            None,
            {
                "fields": (
                    "title",
                    "slug",
                    "summary",
                    "intro",
                    "takeaway",
                    "on_home",
                    "related",
                    "order",
                )
            },
        ),
        RESTS_ON,
        CHECKED,
    )

    def address(self, live: Edition) -> str:
        return reverse("article", args=[live.slug])

    def get_urls(self) -> list[URLPattern]:
        return [*files.urls(self), *super().get_urls()]

    def render_change_form(
        self, request: HttpRequest, context: dict[str, Any], *args: Any, **kwargs: Any
    ) -> HttpResponse:
        if (unit := kwargs.get("obj")) and request.user.has_perm("guide.view_section"):
            context["file_url"] = files.address("article", unit.pk)
        return super().render_change_form(request, context, *args, **kwargs)

    def listings(self, request: HttpRequest, unit: Any) -> list[Listing]:
        may_add = request.user.has_perm("guide.add_section")
        add_url = reverse("admin:guide_section_add", query={"article": unit.pk})
        return [
            Listing(
                "Sections",
                ("Section", "Order", "Status"),
                [
                    (page_of(section), (section.title, section.order, Status(section.status).label))
                    for section in with_status(unit.sections.all(), Section, timezone.now())
                ],
                "Add a section" if may_add else "",
                add_url,
            )
        ]


class ArticleFilter(admin.RelatedFieldListFilter):
    """Offers the articles, as long as these are few enough to choose among by eye."""

    def field_choices(
        self, field: Any, request: HttpRequest, model_admin: Any
    ) -> list[tuple[str, Any]]:
        found = Article.objects.all()[: MOST_TO_FILTER + 1]
        choices = [(str(article.pk), article.title) for article in found]
        return choices if len(choices) <= MOST_TO_FILTER else []


class CareCardInline(StackedParts):
    model = CareCard
    autocomplete_fields = ("sources",)
    fields = (("level", "order"), "heading", "lines", "after", "sources", "slug")
    prepopulated_fields = {"slug": ("level",)}


class TipInline(StackedParts):
    model = Tip
    autocomplete_fields = ("stretch", "sources", "cautions", "claims")
    fields = (
        "action",
        "detail",
        ("evidence", "tonight", "order"),
        "studied",
        "stretch",
        "cautions",
        "sources",
        "claims",
        "slug",
    )
    prepopulated_fields = {"slug": ("action",)}


@admin.register(Section)
class SectionAdmin(UnitAdmin):
    list_display = ("title", "article", "state", "order", "edited")
    list_filter = (StatusFilter, ("article", ArticleFilter))
    list_select_related = ("article", "edited_by")
    search_fields = ("title", "body", "tips__action", "search_words", "article__title")
    prepopulated_fields = {"slug": ("title",)}
    autocomplete_fields = ("article", "stretches", "sources", "claims")
    fieldsets = (
        (
            None,
            {
                "fields": (
                    "article",
                    "title",
                    "slug",
                    "in_short",
                    "body",
                    "picture",
                    "stretches",
                    "places",
                    "search_words",
                    "order",
                )
            },
        ),
        RESTS_ON,
        CHECKED,
    )
    inlines = (TipInline, CareCardInline)

    def address(self, live: Edition) -> str:
        """A section is read on its article's page, once that is live too."""
        editions = Edition.objects.live(timezone.now())
        parent = Moved.objects.names().get(("article", live.parent), live.parent)
        if not editions.filter(kind="article", slug=parent).exists():
            return ""
        return f"{reverse('article', args=[parent])}#{live.slug}"
