from __future__ import annotations

from django.http import HttpRequest, HttpResponse

from guide.reading import articles, places
from guide.reading.live import NotLive, live
from guide.views.page import gone, page, read_only


@read_only
def home(request: HttpRequest) -> HttpResponse:
    now = live()
    context = {"page": articles.home(now), "places": places.PLACES}
    return page(request, "guide/articles/home.html", now, context)


@read_only
def index(request: HttpRequest) -> HttpResponse:
    """Show every article, or all there is for the part of the leg that was tapped."""
    now = live()
    wanted = places.named(request.GET.get("part", ""))
    context = {
        "places": places.PLACES,
        "place": places.place(now, wanted) if wanted else None,
        "entries": [] if wanted else articles.index(now),
    }
    return page(request, "guide/articles/index.html", now, context)


@read_only
def article(request: HttpRequest, slug: str) -> HttpResponse:
    now = live()
    try:
        found = articles.article(now, slug)
    except NotLive:
        return gone(request, now, "article", slug)
    return page(request, "guide/articles/article.html", now, {"page": found})
