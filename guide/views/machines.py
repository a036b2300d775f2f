"""Addresses for machines."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.views.decorators.cache import never_cache

from guide.views.page import read_only


@read_only
@never_cache
def healthz(request: HttpRequest) -> HttpResponse:
    """Tell that the process answers. Reads nothing, so it is true whatever else is down."""
    return HttpResponse("ok\n", content_type="text/plain")
