"""Addresses of the desk beside those that Django gives to a model."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from functools import partial
from typing import Any

from django.contrib.admin import ModelAdmin
from django.http import HttpResponse
from django.urls import URLPattern, path

#: What is given the desk that it hangs on, and a request.
View = Callable[..., HttpResponse]


def routes(
    desk: ModelAdmin[Any], prefix: str, start: str, views: Iterable[tuple[str, str, View]]
) -> list[URLPattern]:
    """Return a route for each name, address and view: only for staff, `prefix` before its name and
    `start` before its address."""
    return [
        path(
            start + address,
            desk.admin_site.admin_view(partial(view, desk)),
            name=f"{prefix}_{name}",
        )
        for name, address, view in views
    ]
