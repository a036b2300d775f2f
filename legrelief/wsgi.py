"""The application that gunicorn runs."""

from __future__ import annotations

import os
from collections.abc import Callable
from typing import Any

from django import setup
from django.core.handlers.wsgi import WSGIHandler, WSGIRequest
from django.http import HttpResponseBase

from legrelief import request_ids

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "legrelief.settings")


class Request(WSGIRequest):
    def _set_content_type_params(self, meta: dict[str, Any]) -> None:
        """Read the content type. One that names an unknown charset in the long way, as in
        `charset*=x''y`, is an error here, before any middleware could answer it.

        It then counts as written in a charset that is refused.
        """
        try:
            super()._set_content_type_params(meta)  # type: ignore[misc]
        except ValueError:
            self.content_type, self.content_params = "", {"charset": "unknown"}


class Application(WSGIHandler):
    """Django's own, which names each request. The name is sent back with the answer.

    Here and not in a middleware, as the headers of a kept page are the same for every reader.
    """

    request_class = Request

    def __call__(self, environ: dict[str, Any], start_response: Callable[..., Any]) -> Any:
        name = request_ids.begin(environ)

        def start(status: str, headers: list[tuple[str, str]], *more: Any) -> Any:
            return start_response(status, [*headers, ("X-Request-ID", name)], *more)

        response: HttpResponseBase = super().__call__(environ, start)
        return response


setup(set_prefix=False)
application = Application()
