"""The guide without a network, and on the home screen of a phone."""

from __future__ import annotations

import hashlib
from functools import cache

from django.conf import settings
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.templatetags.static import static
from django.urls import reverse
from django.views.decorators.cache import cache_control

from guide.reading.live import live
from guide.views.page import page, read_only

NIGHT = "#17120e"
#: What decides the bytes of a page, next to the editions that are live.
RELEASED = ("guide", "static", "templates")


@read_only
def offline(request: HttpRequest) -> HttpResponse:
    """What a device shows in place of a page that it has not saved."""
    return page(request, "guide/offline/offline.html", live(), {})


@read_only
@cache_control(no_cache=True)
def service_worker(request: HttpRequest) -> HttpResponse:
    """The script that saves pages on a device: another one as soon as a page may be another."""
    now = live()
    version = hashlib.sha256(f"{release()} {now.newest} {now.since}".encode()).hexdigest()
    context = {"version": version[:12], "static": settings.STATIC_URL}
    return render(request, "guide/offline/sw.js", context, content_type="text/javascript")


@cache
def release() -> str:
    """Say in a word what is deployed: the same on every host that serves the same files."""
    digest = hashlib.sha256()
    for folder in RELEASED:
        for path in sorted((settings.BASE_DIR / folder).rglob("*.*")):
            if path.is_file() and path.suffix != ".pyc":
                digest.update(f"{path.relative_to(settings.BASE_DIR)} ".encode())
                digest.update(path.read_bytes())
    return digest.hexdigest()


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
