from __future__ import annotations

from functools import partial

from django.http import HttpRequest, HttpResponse
from django.templatetags.static import static

from guide.pages import structured
from guide.reading import articles, places
from guide.reading.live import NotLive, stamp
from guide.views.page import moved_or_gone, page, read_only
from guide.views.paging import asked_page

#: Where the guide is searched.
SEARCH = "/search/"


@read_only
def home(request: HttpRequest) -> HttpResponse:
    now = stamp()
    context = {
        "page": articles.home(now),
        "places": places.PLACES,
        "described_more": [
            structured.web_site(SEARCH),
            structured.maker(static("icons/icon-512.png")),
        ],
    }
    return page(request, "guide/articles/home.html", now, context)


@read_only
def index(request: HttpRequest) -> HttpResponse:
    """Show the articles, or all there is for the part of the leg that was tapped."""
    now = stamp()
    wanted = places.named(request.GET.get("part", ""))
    context = {
        "places": places.PLACES,
        "place": asked_page(request, partial(places.place, now, wanted)) if wanted else None,
        "listed": None if wanted else asked_page(request, partial(articles.index, now)),
    }
    return page(request, "guide/articles/index.html", now, context)


@read_only
def article(request: HttpRequest, slug: str) -> HttpResponse:
    now = stamp()
    try:
        found = articles.article(now, slug)
    except NotLive:
        return moved_or_gone(request, now, "article", slug)
    described = structured.medical_page(found["checked"], found["updated"])
    context = {"page": found, "described_as": described}
    return page(request, "guide/articles/article.html", now, context)
