"""What every public page shares: it is only read, it has the words of all countries, and it
carries the help for a cramp."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.loader import render_to_string
from django.template.response import TemplateResponse
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_safe

from guide.reading import cards, cramp
from guide.reading.live import Live, kept, why_withdrawn

View = Callable[..., HttpResponse]


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
    shared = {**_words(live), "cramp_html": _cramp_html(live), "feedback": settings.FEEDBACK}
    response = TemplateResponse(request, template, {**shared, **context}, status=status)
    response.live = live  # type: ignore[attr-defined]
    return response


def gone(request: HttpRequest, live: Live, kind: str, slug: str) -> HttpResponse:
    """Tell who comes back to what was withdrawn why it was. Raises Http404 for all else."""
    why = why_withdrawn(live, kind, slug)
    if why is None:
        raise Http404(slug)
    return page(request, "guide/errors/withdrawn.html", live, {"why": why}, 410)


def _words(live: Live) -> dict[str, Any]:
    return {"countries": cards.countries(live), "words": cards.words(live)}


@kept
def _cramp_html(live: Live) -> str:
    """The help for a cramp as every page carries it: rendered once for a state of the guide."""
    context = {**_words(live), "muscles": cramp.muscles(live)}
    return render_to_string("components/_cramp_now.html", context)
