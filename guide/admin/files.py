"""In and out: the guide as files to take away, and where files are loaded."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.urls import URLPattern, reverse
from django.utils import timezone

from guide.admin import loading
from guide.admin.kinds import kinds_seen
from guide.admin.routes import routes
from guide.admin.unit_pages import unit_or_404
from guide.models import UNIT_BY_KIND
from guide.publishing import tables
from guide.publishing.dump import article_file, guide_files
from guide.publishing.packed import pack

if TYPE_CHECKING:
    from guide.admin.units import UnitAdmin


class Offer(NamedTuple):
    """A link of the first page."""

    words: str
    url: str


def offers(request: HttpRequest) -> list[Offer]:
    """Return what of all this is for who asks."""
    kinds = kinds_seen(request)
    allowed = (
        ("Load a file", "load", loading.may_load(request)),
        ("The whole guide (ZIP of YAML files)", "zip", len(kinds) == len(UNIT_BY_KIND)),
        ("Sources (CSV)", "sources", "source" in kinds),
        ("Clinical checks of all pages (CSV)", "reviews", bool(kinds)),
    )
    return [Offer(words, address(name)) for words, name, may in allowed if may]


def address(name: str, *more: object) -> str:
    return reverse(f"admin:guide_files_{name}", args=more)


def urls(desk: UnitAdmin) -> list[URLPattern]:
    """Return the addresses of all that goes in and out. They hang on the desk of articles."""
    views = (
        ("load", "load/", loading.load_page),
        ("hand_in", "load/confirm/", loading.hand_in_page),
        ("zip", "guide.zip", guide_zip),
        ("sources", "sources.csv", sources_csv),
        ("reviews", "reviews.csv", reviews_csv),
        ("article", "<int:pk>/article.yaml", article_yaml),
    )
    return routes(desk, "guide_files", "files/", views)


def article_yaml(desk: UnitAdmin, request: HttpRequest, pk: int) -> HttpResponse:
    """Answer with an article and its sections, as the desk has them, in the fixture's format."""
    article = unit_or_404(desk, request, pk)
    if "section" not in kinds_seen(request):
        raise PermissionDenied
    return _file(f"{article.slug}.yaml", "application/yaml", article_file(article))


def guide_zip(desk: UnitAdmin, request: HttpRequest) -> HttpResponse:
    """Answer with the whole desk as a zip of its fixtures."""
    if len(kinds_seen(request)) < len(UNIT_BY_KIND):
        raise PermissionDenied
    return _file(f"legrelief-{timezone.localdate()}.zip", "application/zip", pack(guide_files()))


def sources_csv(desk: UnitAdmin, request: HttpRequest) -> HttpResponse:
    """Answer with a line for each source."""
    if "source" not in kinds_seen(request):
        raise PermissionDenied
    return _csv("sources.csv", tables.as_csv(tables.sources(timezone.now())))


def reviews_csv(desk: UnitAdmin, request: HttpRequest) -> HttpResponse:
    """Answer with a line for each unit that who asks may see: how its clinical check stands."""
    kinds = kinds_seen(request)
    if not kinds:
        raise PermissionDenied
    return _csv("reviews.csv", tables.as_csv(tables.reviews(kinds, timezone.now())))


def _csv(name: str, text: str) -> HttpResponse:
    return _file(name, "text/csv; charset=utf-8", text)


def _file(name: str, content_type: str, content: str | bytes) -> HttpResponse:
    disposition = f'attachment; filename="{name}"'
    return HttpResponse(
        content, content_type=content_type, headers={"Content-Disposition": disposition}
    )
