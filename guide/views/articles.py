from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse

from guide.reading import articles
from guide.reading.live import NotLive, live
from guide.views.page import page, read_only


@read_only
def home(request: HttpRequest) -> HttpResponse:
    now = live()
    return page(request, "guide/articles/home.html", now, {"page": articles.home(now)})


@read_only
def index(request: HttpRequest) -> HttpResponse:
    now = live()
    return page(request, "guide/articles/index.html", now, {"entries": articles.index(now)})


@read_only
def article(request: HttpRequest, slug: str) -> HttpResponse:
    now = live()
    try:
        found = articles.article(now, slug)
    except NotLive as error:
        raise Http404 from error
    return page(request, "guide/articles/article.html", now, {"page": found})
