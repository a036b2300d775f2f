"""What the admin pages of all units share: status, fixed addresses, and the way to press."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, ClassVar

from django.contrib import admin
from django.contrib.admin.options import IS_POPUP_VAR
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import URLPattern, reverse
from django.utils import timezone
from django.utils.formats import date_format

from guide.admin import checks, history, preview, publishing, renaming, reviewing
from guide.admin.desk import DeskAdmin
from guide.admin.listing import Listing, Tool
from guide.admin.proofs import has_proof
from guide.admin.routes import routes
from guide.admin.standing import standing
from guide.admin.unit_pages import may_publish
from guide.admin.where_used import UsedAdmin
from guide.models import Edition
from guide.publishing import rename
from guide.publishing.checks import Check, due, with_check
from guide.publishing.rows import rows_of
from guide.publishing.status import Status, with_status
from guide.publishing.submissions import TOLD_BY_ROWS, why_not_unchecked

if TYPE_CHECKING:
    from django.db.models import QuerySet


class StatusFilter(admin.SimpleListFilter):
    title = "status"
    parameter_name = "status"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, str]]:
        return [(value, str(label)) for value, label in Status.choices]

    def queryset(self, request: HttpRequest, queryset: QuerySet[Any]) -> QuerySet[Any]:
        value = self.value()
        return queryset.filter(status=value) if value else queryset


class UnitAdmin(UsedAdmin, DeskAdmin):
    """One admin page = one unit = one edition."""

    list_filter: ClassVar[tuple[Any, ...]] = (StatusFilter,)
    list_select_related: ClassVar[tuple[Any, ...]] = ("edited_by",)
    list_per_page = 50
    search_fields: ClassVar[tuple[Any, ...]] = ("slug",)

    def get_queryset(self, request: HttpRequest) -> QuerySet[Any]:
        units = with_status(super().get_queryset(request), self.model, timezone.now())
        return with_check(units, self.model, timezone.localdate())

    def get_search_results(
        self, request: HttpRequest, queryset: QuerySet[Any], search_term: str
    ) -> tuple[QuerySet[Any], bool]:
        """Search bare rows, so that how a unit stands is asked only for those on the page."""
        if not search_term:
            return queryset, False
        bare: QuerySet[Any] = self.model.objects.order_by()
        found, _ = super().get_search_results(request, bare, search_term)
        return queryset.filter(pk__in=found.values("pk")), False

    def get_list_display(self, request: HttpRequest) -> tuple[Any, ...]:
        return (*super().get_list_display(request), "next_check")

    def get_list_filter(self, request: HttpRequest) -> tuple[Any, ...]:
        return (*super().get_list_filter(request), checks.CheckFilter)

    @admin.display(description="status", ordering="status")
    def state(self, unit: Any) -> str:
        return str(Status(unit.status).label)

    @admin.display(description="edited", ordering="edited_at")
    def edited(self, unit: Any) -> str:
        day = date_format(timezone.localtime(unit.edited_at), "j M Y")
        return f"{day} by {unit.edited_by}" if unit.edited_by else day

    @admin.display(description="next check", ordering="checked_on")
    def next_check(self, unit: Any) -> str:
        label = str(Check(unit.check).label)
        day = due(unit)
        return f"{label} ({date_format(day, 'j M Y')})" if day else label

    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> Any:
        fixed = self.fixed_fields(obj) if obj else ()
        # Only those who may say so: a check is more than a field to type in.
        check = () if checks.may_check(request) else ("checked_on", "checked_by")
        return (*super().get_readonly_fields(request, obj), *fixed, *check)

    def fixed_fields(self, unit: Any) -> tuple[str, ...]:
        """The address is fixed once anything was published under it."""
        return ("slug",) if self.editions(unit).exists() else ()

    def get_prepopulated_fields(self, request: HttpRequest, obj: Any = None) -> Any:
        """Suggest an address for a new unit only: an old one may be fixed."""
        return {} if obj else super().get_prepopulated_fields(request, obj)

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """What was ever published is withdrawn, not deleted: its history stays."""
        if obj and self.editions(obj).exists():
            return False
        return super().has_delete_permission(request, obj)

    def editions(self, unit: Any) -> QuerySet[Edition]:
        return rename.history(unit)

    def live_edition(self, unit: Any) -> Edition | None:
        return Edition.objects.live(timezone.now()).of(unit.kind, unit.slug).first()

    def address(self, live: Edition) -> str:
        """Return where readers find a live edition; empty if they do not see it by itself."""
        return ""

    def listings(self, request: HttpRequest, unit: Any) -> list[Listing]:
        """Return the rows to list on the page of a unit, besides its inlines."""
        return []

    def tools(self, unit: Any) -> list[Tool]:
        """Return the pages of a unit that only its kind has."""
        return []

    def page(self, name: str, unit: Any, *more: object) -> str:
        """Return the address of one of this unit's pages: change, publish, editions..."""
        return reverse(f"admin:{self._prefix}_{name}", args=[unit.pk, *more])

    @property
    def _prefix(self) -> str:
        return f"{self.opts.app_label}_{self.opts.model_name}"

    def get_urls(self) -> list[URLPattern]:
        views = (
            ("publish", "publish/", publishing.publish_page),
            ("withdraw", "withdraw/", publishing.withdraw_page),
            ("plans", "take-back-plans/", publishing.plans_page),
            ("submit", "submit/", reviewing.submit_page),
            ("review", "review/", reviewing.review_page),
            ("send_back", "send-back/", reviewing.send_back_page),
            ("check", "check/", checks.check_page),
            ("editions", "editions/", history.editions_page),
            ("compare", "compare/", history.compare_page),
            ("restore", "restore/<int:number>/", history.restore_page),
            ("edition", "edition/<int:number>/preview/", preview.edition_page),
            ("edition_frame", "edition/<int:number>/frame/", preview.edition_frame),
            ("rename", "rename/", renaming.rename_page),
        )
        own = routes(self, self._prefix, "<int:pk>/", views)
        return [*own, *preview.urls(self), *super().get_urls()]

    def response_add(
        self, request: HttpRequest, obj: Any, post_url_continue: str | None = None
    ) -> HttpResponse:
        return self._on_to_press(request, obj) or super().response_add(
            request, obj, post_url_continue
        )

    def response_change(self, request: HttpRequest, obj: Any) -> HttpResponse:
        return self._on_to_press(request, obj) or super().response_change(request, obj)

    def _on_to_press(self, request: HttpRequest, unit: Any) -> HttpResponse | None:
        """After a save, go on to the page that was asked for: to publish, or to submit."""
        if IS_POPUP_VAR in request.POST:
            return None
        if "_submit" in request.POST:
            return HttpResponseRedirect(self.page("submit", unit))
        if "_publish" in request.POST and self.may_press(request, unit):
            return HttpResponseRedirect(self.page("publish", unit))
        return None

    def may_press(self, request: HttpRequest, unit: Any = None) -> bool:
        """Tell whether who asks may publish the desk of a unit, even a new one, unchecked."""
        unit = unit or self.model()
        rows = rows_of(unit) if unit.pk and unit.kind in TOLD_BY_ROWS else ()
        return not why_not_unchecked(request.user, unit, rows)

    def render_change_form(
        self, request: HttpRequest, context: dict[str, Any], *args: Any, **kwargs: Any
    ) -> HttpResponse:
        unit = kwargs.get("obj")
        context["may_press"] = self.may_press(request, unit)
        context["may_publish"] = may_publish(request)
        if has_proof(self.model.kind):
            context["preview_url"] = preview.address(self, request, unit)
        if unit:
            context |= standing(self, unit)
            context |= {
                "rename_url": self.page("rename", unit)
                if renaming.may_rename(request, self, unit)
                else "",
                "check_url": self.page("check", unit) if checks.may_check(request) else "",
                "next_check": self.next_check(unit),
                "listings": self.listings(request, unit),
                "tools": self.tools(unit),
            }
        return super().render_change_form(request, context, *args, **kwargs)
