"""What the pages about one unit share: who may open them, and their frame."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.utils import timezone

from guide.models import Edition, Unit
from guide.publishing.press import newest_pressed

if TYPE_CHECKING:
    from guide.admin.units import UnitAdmin


def may_publish(request: HttpRequest) -> bool:
    """Tell whether who asks publishes and withdraws at all."""
    return request.user.has_perm("guide.publish")


def desk_page(
    desk: UnitAdmin, request: HttpRequest, name: str, title: str, context: dict[str, Any]
) -> HttpResponse:
    """Render a page about the unit that `context` calls original."""
    shared = {
        **desk.admin_site.each_context(request),
        "title": title,
        "subtitle": str(context["original"]),
        "opts": desk.opts,
        "tools": desk.tools(context["original"]),
    }
    return TemplateResponse(request, f"admin/guide/{name}.html", {**shared, **context})


def unit_or_404(desk: UnitAdmin, request: HttpRequest, pk: int) -> Any:
    """Return a unit that who asks may see."""
    unit = desk.get_object(request, str(pk))
    if not desk.has_view_permission(request, unit):
        raise PermissionDenied
    if unit is None:
        raise Http404
    return unit


def posted(request: HttpRequest) -> Any:
    """Return what was posted; None for a page that is only opened."""
    return request.POST if request.method == "POST" else None


def planned(unit: Unit) -> list[Edition]:
    """Return what is to go live on a day to come, the next one first."""
    editions = Edition.objects.of(unit.kind, unit.slug).planned(timezone.now())
    return list(editions.defer("rows", "card").order_by("live_from"))


def seen(unit: Unit, number: int) -> str:
    """Return what a page shows in one word: a version of the desk or a proof, and the print."""
    return f"{number}.{newest_pressed(unit.kind, unit.slug)}"


def newest_of(shown: str) -> int:
    """Return the newest edition of such a word."""
    return int(shown.rpartition(".")[2])
