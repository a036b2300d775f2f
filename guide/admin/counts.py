"""How pages do: numbers to read, which nobody changes."""

from __future__ import annotations

from django.contrib import admin
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.urls import URLPattern, path

from guide.admin.read_only import ReadOnlyAdmin
from guide.models import PageCount
from guide.models.counts import ENOUGH_ANSWERS

LISTED = 50


@admin.register(PageCount)
class PageCountAdmin(ReadOnlyAdmin):
    list_display = ("page", "day", "views", "yes", "no")
    list_display_links = None
    search_fields = ("page",)
    date_hierarchy = "day"
    list_per_page = 50

    def get_urls(self) -> list[URLPattern]:
        view = self.admin_site.admin_view(self.least_useful)
        own = path("least-useful/", view, name="guide_pagecount_least_useful")
        return [own, *super().get_urls()]

    def least_useful(self, request: HttpRequest) -> HttpResponse:
        """List the pages that readers find least useful, the first to work on first.

        With `show=no` only those that half of who answered, or more, did not find useful.
        """
        if not self.has_view_permission(request):
            raise PermissionDenied
        pages, only_no = PageCount.objects, request.GET.get("show") == "no"
        found = pages.not_useful() if only_no else pages.least_useful()
        context = {
            **self.admin_site.each_context(request),
            "title": "Pages least useful",
            "opts": self.opts,
            "page": Paginator(found, LISTED).get_page(request.GET.get("p")),
            "only_no": only_no,
            "enough": ENOUGH_ANSWERS,
        }
        return TemplateResponse(request, "admin/guide/least_useful.html", context)
