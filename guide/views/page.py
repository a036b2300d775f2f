"""What every public page shares: it is only read, and it has the words of all countries."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_safe

from guide.reading import cards
from guide.reading.live import Live

View = Callable[..., HttpResponse]


def read_only(view: View) -> View:
    """Answer 405 to anything but reading, before CSRF protection speaks of cookies."""
    return csrf_exempt(require_safe(view))


def page(
    request: HttpRequest, template: str, live: Live, context: dict[str, Any], status: int = 200
) -> TemplateResponse:
    """Render a public page. It must be the same bytes for everyone: no user, no session."""
    shared = {"countries": cards.countries(live), "words": cards.words(live)}
    return TemplateResponse(request, template, {**shared, **context}, status=status)
