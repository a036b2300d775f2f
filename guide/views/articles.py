from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from guide.reading import articles
from guide.reading.live import NotLive, live
from guide.views.page import page


@require_safe
def home(request: HttpRequest) -> HttpResponse:
    now = live()
    return page(request, "guide/articles/home.html", now, {"page": articles.home(now)})


@require_safe
def index(request: HttpRequest) -> HttpResponse:
    now = live()
    return page(request, "guide/articles/index.html", now, {"entries": articles.index(now)})


@require_safe
def article(request: HttpRequest, slug: str) -> HttpResponse:
    now = live()
    try:
        found = articles.article(now, slug)
    except NotLive as error:
        raise Http404 from error
    return page(request, "guide/articles/article.html", now, {"page": found})
