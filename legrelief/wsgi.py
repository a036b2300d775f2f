"""The application that gunicorn runs."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING, Any
from urllib.parse import quote

from django import setup
from django.core.exceptions import BadRequest
from django.core.handlers.wsgi import WSGIHandler, WSGIRequest
from django.db import connections
from django.http import UnreadablePostError
from django.utils.module_loading import import_string

from legrelief.request_ids import named

if TYPE_CHECKING:
    from _typeshed.wsgi import StartResponse, WSGIEnvironment

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "legrelief.settings")


class Request(WSGIRequest):
    def _set_content_type_params(self, meta: dict[str, Any]) -> None:
        """Read the content type. One that names an unknown charset in the long way, as in
        `charset*=x''y`, is an error here, before any middleware could answer it. So is one that
        Python knows and that no text is in, such as hex.

        It then counts as written in a charset that is refused.
        """
        try:
            super()._set_content_type_params(meta)  # type: ignore[misc]
        except (LookupError, ValueError):
            self.content_type, self.content_params = "", {"charset": "unknown"}

    def _load_post_and_files(self) -> None:
        """Read the form. Who hangs up before it is all here has made no error of ours."""
        try:
            super()._load_post_and_files()
        except UnreadablePostError as error:
            raise BadRequest("The form ended too early") from error


class Head:
    """An answer without its body, which is closed all the same: with that Django ends a request."""

    def __init__(self, answer: Iterable[bytes]) -> None:
        self.close = getattr(answer, "close", lambda: None)

    def __iter__(self) -> Iterator[bytes]:
        return iter(())


class Application(WSGIHandler):
    request_class = Request

    def __call__(self, environ: WSGIEnvironment, start_response: StartResponse) -> Any:
        """Answer. To HEAD, Django leaves it to servers to drop the body, and gunicorn complains."""
        answer = super().__call__(environ, start_response)
        return Head(answer) if environ["REQUEST_METHOD"] == "HEAD" else answer


def outlive_the_database() -> None:
    """Let a server wait for the database that there was, and not for ever for its answer.

    SQLite makes an empty file where it finds none. While a disk is away that file would stand in
    for the guide, and a process that has opened it would not see the guide come back.
    """
    database = connections.settings["default"]
    if database["ENGINE"] == "django.db.backends.sqlite3":
        database["NAME"] = f"file:{quote(str(database['NAME']))}?mode=rw"
    else:
        database["ENGINE"] = "legrelief.postgresql"


outlive_the_database()  # before anything opens it
setup(set_prefix=False)
application = named(import_string("guide.kept_pages.handed_out")(Application()))
