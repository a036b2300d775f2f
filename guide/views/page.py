"""What every public page shares: the numbers and words of all countries."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest
from django.template.response import TemplateResponse

from guide.reading import cards
from guide.reading.live import Live


def page(
    request: HttpRequest, template: str, live: Live, context: dict[str, Any], status: int = 200
) -> TemplateResponse:
    """Render a public page. It must be the same bytes for everyone: no user, no session."""
    shared = {"countries": cards.countries(live), "words": cards.words(live)}
    return TemplateResponse(request, template, {**shared, **context}, status=status)
