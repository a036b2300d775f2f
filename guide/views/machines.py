"""Addresses for machines."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe


@require_safe
@never_cache
def healthz(request: HttpRequest) -> HttpResponse:
    """Tell that the process answers. Reads nothing, so it is true whatever else is down."""
    return HttpResponse("ok\n", content_type="text/plain")
