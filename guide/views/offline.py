"""The guide without a network, and on the home screen of a phone."""

from __future__ import annotations

import hashlib

from django.conf import settings
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.templatetags.static import static
from django.urls import reverse
from django.views.decorators.cache import cache_control

from guide.reading.live import stamp
from guide.release import release
from guide.views.page import page, read_only

NIGHT = "#17120e"


@read_only
def offline(request: HttpRequest) -> HttpResponse:
    """What a device shows in place of a page that it has not saved."""
    return page(request, "guide/offline/offline.html", stamp(), {})


@read_only
@cache_control(no_cache=True)
def service_worker(request: HttpRequest) -> HttpResponse:
    """The script that saves pages on a device: another one as soon as a page may be another."""
    now = stamp()
    version = hashlib.sha256(f"{release()} {now.newest} {now.since}".encode()).hexdigest()
    context = {"version": version[:12], "static": settings.STATIC_URL}
    return render(request, "guide/offline/sw.js", context, content_type="text/javascript")


@read_only
def manifest(request: HttpRequest) -> HttpResponse:
    """What a phone asks before it puts the guide on its home screen."""
    described = {
        "id": "/",
        "name": "LegRelief",
        "short_name": "LegRelief",
        "description": "A plain guide to leg aches and cramps at night.",
        "lang": "en-US",
        "start_url": reverse("home"),
        "scope": "/",
        "display": "standalone",
        "background_color": NIGHT,
        "theme_color": NIGHT,
        "icons": [
            icon("icon-192.png", "192x192", "any"),
            icon("icon-512.png", "512x512", "any"),
            icon("maskable-512.png", "512x512", "maskable"),
        ],
        "shortcuts": [
            {"name": "Cramp now", "url": reverse("cramp")},
            {"name": "My routine", "url": reverse("my_routine")},
            {"name": "Get help", "url": reverse("help")},
        ],
    }
    return JsonResponse(described, content_type="application/manifest+json")


def icon(name: str, sizes: str, purpose: str) -> dict[str, str]:
    src = static(f"icons/{name}")
    return {"src": src, "sizes": sizes, "type": "image/png", "purpose": purpose}
