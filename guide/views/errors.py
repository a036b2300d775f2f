"""Pages for when something went wrong. They need no database, so they work without one."""

from __future__ import annotations

import sys

from django.db import InterfaceError, InternalError, OperationalError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from guide.signing import unsent

#: What a database says that is gone, full or only to be read, and not that a query is wrong.
AWAY = (InterfaceError, InternalError, OperationalError)
#: Seconds after which it is worth to ask again.
SOON = "30"


def bad_request(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    return render(request, "guide/errors/400.html", status=400)


def permission_denied(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    return render(request, "guide/errors/403.html", status=403)


def not_found(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    return render(request, "guide/errors/404.html", status=404)


def server_error(request: HttpRequest) -> HttpResponse:
    """Tell a fault of ours from a database that is away: that one is worth another try."""
    if isinstance(sys.exception(), AWAY):
        response = render(request, "guide/errors/503.html", status=503)
        response.headers["Retry-After"] = SOON
        return response
    return render(request, "guide/errors/500.html", status=500)


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    """Most readers who land here have cookies blocked: say so, and keep help in sight."""
    if waiting := unsent.from_an_old_tab(request, reason):
        return waiting
    return render(request, "guide/errors/cookies.html", status=403)
