"""What every public page shares: it is only read, it has the words of all countries, and it
carries the help for a cramp."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.conf import settings
from django.http import (
    Http404,
    HttpRequest,
    HttpResponse,
    HttpResponsePermanentRedirect,
    HttpResponseRedirect,
)
from django.template.loader import render_to_string
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.cache import patch_cache_control
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_safe

from guide.reading import cards, cramp
from guide.reading.addresses import site
from guide.reading.keeping import kept
from guide.reading.live import Live, current, why_withdrawn
from legrelief.reports import is_private

View = Callable[..., HttpResponse]

#: The pages of the menu, which says on which of them a reader is.
MENU = {"cramp", "checks", "index", "library", "my_routine", "faq", "help", "search"}
#: How long a browser may keep an answer that a page has moved, in seconds.
MOVED_IS_KEPT = 24 * 60 * 60


class SeeOther(HttpResponseRedirect):
    """After a POST: fetch the next page with GET, so that Reload never sends twice."""

    status_code = 303


def read_only(view: View) -> View:
    """Answer 405 to anything but reading, before CSRF protection speaks of cookies."""
    return csrf_exempt(require_safe(view))


def page(
    request: HttpRequest, template: str, live: Live, context: dict[str, Any], status: int = 200
) -> TemplateResponse:
    """Render a public page. It must be the same bytes for everyone: no user, no session.

    It says which state of the guide it was made from, so that its bytes can be kept.
    """
    here = _here(request)
    shared = {
        **_words(live),
        "here": here,
        "top_html": _top_html(live, here),
        "foot_html": _foot_html(live),
        "cramp_html": _cramp_html(live),
        "feedback": settings.FEEDBACK,
        "site": described_at(request),
    }
    response = TemplateResponse(request, template, {**shared, **context}, status=status)
    response.live = live  # type: ignore[attr-defined]
    return response


def moved(kind: str, slug: str) -> HttpResponse:
    """Lead on from a former address. Raises Http404 for what never was one.

    Browsers keep such an answer for as long as they are let, and a unit may be named back.
    """
    now = current(kind, slug)
    if now == slug:
        raise Http404(slug)
    response = HttpResponsePermanentRedirect(reverse(kind, args=[now]))
    patch_cache_control(response, max_age=MOVED_IS_KEPT)
    return response


def moved_or_gone(request: HttpRequest, live: Live, kind: str, slug: str) -> HttpResponse:
    """Lead on from a former address, or tell why what was there was taken down.

    Raises Http404 for what never was there.
    """
    why = why_withdrawn(live, kind, slug)
    if why is None or current(kind, slug) != slug:
        return moved(kind, slug)
    return page(request, "guide/errors/withdrawn.html", live, {"why": why}, 410)


def described_at(request: HttpRequest) -> str:
    """Return the address of the site for what machines are told of a page.

    Nothing for pages about a reader's answers: of those machines are told nothing.
    """
    return "" if is_private(request) else site(request)


def _words(live: Live) -> dict[str, Any]:
    return {"countries": cards.countries(live), "words": cards.words(live)}


def _here(request: HttpRequest) -> str:
    """Name the page if it is one of the menu."""
    name = request.resolver_match and request.resolver_match.url_name
    return name if name in MENU else ""


@kept
def _top_html(_: Live, here: str) -> str:
    """The top of every page, as it is on the page of the menu that is named, or on any other."""
    return render_to_string("components/_top.html", {"here": here})


@kept
def _foot_html(live: Live) -> str:
    return render_to_string("components/_foot.html", _words(live))


@kept
def _cramp_html(live: Live) -> str:
    """The help for a cramp as every page carries it: rendered once for a state of the guide."""
    context = {**_words(live), "muscles": cramp.muscles(live)}
    return render_to_string("components/_cramp_now.html", context)
