"""What needs somebody's hand: on the first page of the desk, and a list of each sort."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import URLPattern, path, reverse
from django.utils import timezone

from guide.admin.kinds import KindFilter, kind_words, kinds_seen
from guide.admin.read_only import ReadOnlyAdmin
from guide.models import UNIT_BY_KIND, Edition, Fault, Moved
from guide.publishing import upkeep
from guide.publishing.upkeep import Duty

if TYPE_CHECKING:
    from django.db.models import QuerySet

#: With more than this to read, looking takes longer than a page may: it is for the night.
LOOK_AT_MOST = 1500
JOBS_PER_PAGE = 50
#: The sorts of work that have a list already: its address and query, and who may read it.
_LISTS = {
    "links": ("fault_changelist", {"sort__exact": "links"}, "view_fault"),
    "words": ("fault_changelist", {"sort__exact": "words"}, "view_fault"),
    "waiting": ("submission_changelist", {}, "view_submission"),
    "searches": ("searchterm_changelist", {"found__exact": "0"}, "view_searchterm"),
    "useful": ("pagecount_least_useful", {"show": "no"}, "view_pagecount"),
}


class Tile(NamedTuple):
    """One sort of work on the first page."""

    duty: Duty
    address: str


def board(request: HttpRequest) -> dict[str, Any]:
    """Return what there is to do for who asks, and when somebody last looked for faults."""
    found = upkeep.duties(kinds_seen(request), timezone.localdate())
    tiles = [Tile(duty, _address(duty.name)) for duty in found if _may_read(request, duty.name)]
    sees_faults = request.user.has_perm("guide.view_fault")
    return {
        "tiles": tiles,
        "sees_faults": sees_faults,
        "last_look": upkeep.last_look() if sees_faults else None,
        "may_look": sees_faults and _few_enough(),
    }


def _may_read(request: HttpRequest, name: str) -> bool:
    if name in _LISTS:
        return request.user.has_perm(f"guide.{_LISTS[name][2]}")
    return bool(kinds_seen(request))


def _address(name: str) -> str:
    if name in _LISTS:
        page, query, _ = _LISTS[name]
        return reverse(f"admin:guide_{page}", query=query)
    return reverse("admin:guide_fault_jobs", args=[name])


def _few_enough() -> bool:
    # No more are counted than matter.
    return Edition.objects.live(timezone.now())[: LOOK_AT_MOST + 1].count() <= LOOK_AT_MOST


@admin.register(Fault)
class FaultAdmin(ReadOnlyAdmin):
    """Broken links and wording, as the last look found them on live pages."""

    list_display = ("title", "kind_of", "place", "said", "sort")
    list_filter = ("sort", KindFilter)
    search_fields = ("title", "slug", "said")
    list_per_page = 50

    def get_queryset(self, request: HttpRequest) -> QuerySet[Fault]:
        return super().get_queryset(request).filter(kind__in=kinds_seen(request))

    @admin.display(description="kind", ordering="kind")
    def kind_of(self, fault: Fault) -> str:
        return kind_words(fault.kind)

    def get_urls(self) -> list[URLPattern]:
        view = self.admin_site.admin_view
        own = [
            path("look/", view(self.look), name="guide_fault_look"),
            path("jobs/<slug:name>/", view(self.jobs), name="guide_fault_jobs"),
        ]
        return [*own, *super().get_urls()]

    def change_view(
        self, request: HttpRequest, object_id: str, form_url: str = "", extra_context: Any = None
    ) -> HttpResponse:
        """A fault is mended on the page of its unit."""
        fault = self.get_object(request, object_id)
        if fault is None or not self.has_view_permission(request, fault):
            return super().change_view(request, object_id, form_url, extra_context)
        slug = Moved.objects.names().get((fault.kind, fault.slug), fault.slug)
        model = UNIT_BY_KIND[fault.kind]
        unit = model.objects.filter(slug=slug).first()
        if unit is None:
            messages.warning(request, "Its page is not on the desk any more.")
            return HttpResponseRedirect(reverse("admin:guide_fault_changelist"))
        name = f"admin:guide_{model._meta.model_name}_change"
        return HttpResponseRedirect(reverse(name, args=[unit.pk]))

    def look(self, request: HttpRequest) -> HttpResponse:
        """Look for faults now, on POST, and go back to the first page."""
        if not self.has_view_permission(request):
            raise PermissionDenied
        if request.method == "POST" and _few_enough():
            count = upkeep.look()
            messages.success(request, f"Looked at all live pages: {count} to mend.")
        return HttpResponseRedirect(reverse("admin:index"))

    def jobs(self, request: HttpRequest, name: str) -> HttpResponse:
        """List the units of one sort of work, the oldest first."""
        kinds, today = kinds_seen(request), timezone.localdate()
        duty = next((one for one in upkeep.duties(kinds, today) if one.name == name), None)
        if duty is None or name in _LISTS:
            raise Http404(name)
        if not kinds:
            raise PermissionDenied
        chosen = request.GET.get("kind")
        wanted = [chosen] if chosen in kinds else kinds
        found = Paginator(upkeep.jobs(name, wanted, today, timezone.now()), JOBS_PER_PAGE)
        page = found.get_page(request.GET.get("p"))
        context = {
            **self.admin_site.each_context(request),
            "title": duty.title,
            "opts": self.opts,
            "page": page,
            "kinds": [(kind, kind_words(kind)) for kind in kinds],
            "chosen": chosen if chosen in kinds else "",
            "jobs": [
                (job, kind_words(job.kind), _desk(job))
                for job in upkeep.described(list(page), today)
            ],
        }
        return TemplateResponse(request, "admin/guide/jobs.html", context)


def _desk(job: upkeep.Job) -> str:
    name = UNIT_BY_KIND[job.kind]._meta.model_name
    return reverse(f"admin:guide_{name}_change", args=[job.pk])
