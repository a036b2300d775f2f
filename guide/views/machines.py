"""Addresses for machines."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from django.conf import settings
from django.contrib.sitemaps import Sitemap
from django.contrib.sitemaps.views import SitemapIndexItem, sitemap
from django.http import Http404, HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.cache import never_cache

from guide.metrics import exposed
from guide.reading.addresses import site
from guide.ready import ready
from guide.views.page import read_only

#: What search engines leave alone: the desk, a reader's own pages, and lists without an end.
NOT_CRAWLED = (
    "/admin/",
    "/check/clear/",
    "/check/*/q/",
    "/check/*/answers/",
    "/check/*/result/",
    "/check/*/summary/",
    "/routine/*?",
    "/search/*?",
)


@read_only
@never_cache
def healthz(request: HttpRequest) -> HttpResponse:
    """Tell that the process answers. Reads nothing, so it is true whatever else is down."""
    return HttpResponse("ok\n", content_type="text/plain")


@read_only
@never_cache
def readyz(request: HttpRequest) -> HttpResponse:
    """Tell whether this process can do its work, and if not, what it misses."""
    found = ready()
    lines = [f"{name}: {'ok' if good else 'failed'}\n" for name, good in found.items()]
    status = 200 if all(found.values()) else 503
    return HttpResponse("".join(lines), content_type="text/plain", status=status)


@read_only
@never_cache
def metrics(request: HttpRequest) -> HttpResponse:
    """Tell Prometheus what this process counted. It is the operator who asks for it."""
    if not settings.METRICS:
        raise Http404
    kind = "text/plain; version=0.0.4; charset=utf-8"
    return HttpResponse("\n".join([*exposed(), ""]), content_type=kind)


@read_only
def robots(request: HttpRequest) -> HttpResponse:
    lines = [
        "User-agent: *",
        *(f"Disallow: {path}" for path in NOT_CRAWLED),
        "",
        f"Sitemap: {site(request)}{reverse('sitemap')}",
        "",
    ]
    return HttpResponse("\n".join(lines), content_type="text/plain; charset=utf-8")


@read_only
def security(request: HttpRequest) -> HttpResponse:
    """Tell whom to write to about a hole in the site (RFC 9116).

    Where no contact is set there is no such file: a wrong one would be worse than none.
    """
    if not settings.SECURITY_CONTACT:
        raise Http404
    midnight = timezone.now().replace(hour=0, minute=0, second=0, microsecond=0)
    expires = midnight + timedelta(days=settings.SECURITY_DAYS)
    lines = [
        f"Contact: {settings.SECURITY_CONTACT}",
        f"Expires: {expires:%Y-%m-%dT%H:%M:%SZ}",
        "Preferred-Languages: en",
        f"Canonical: {site(request)}{request.path}",
        "",
    ]
    return HttpResponse("\n".join(lines), content_type="text/plain; charset=utf-8")


@read_only
def site_map(request: HttpRequest, sitemaps: dict[str, type[Sitemap[Any]]]) -> HttpResponse:
    """Answer with the map; of a long one, with the list of its parts or the part asked for."""
    count = max(one().paginator.num_pages for one in sitemaps.values())
    if count == 1 or "p" in request.GET:
        return sitemap(request, sitemaps=dict(sitemaps))
    address = site(request) + reverse("sitemap")
    parts = [SitemapIndexItem(f"{address}?p={number}") for number in range(1, count + 1)]
    context = {"sitemaps": parts}
    return TemplateResponse(request, "sitemap_index.xml", context, content_type="application/xml")
