"""Ask everything of the application, wrongly: `make fuzz` sends 100,000 requests made by a seed.

Each goes through the real application as gunicorn would hand it over, so raw bytes, odd methods,
odd headers and damaged cookies reach it. Request n of a seed is always the same one: a failing
one is sent again with `make fuzz SEED=<seed> FIRST=<n> COUNT=1`.
"""

from __future__ import annotations

import io
import logging
import os
import random
import re
import resource
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any, NamedTuple
from urllib.parse import unquote_to_bytes

COUNT = 100_000
#: A worker may grow by this much after its first tenth: caches fill, and then stop.
GROWTH = 48 * 1024 * 1024

METHODS = ("GET", "GET", "GET", "HEAD", "POST", "POST", "PUT", "DELETE", "OPTIONS", "get", "X" * 99)
SLUGS = ("legs", "child", "now", "signs", "ease-a-cramp", "wall-calf", "article", "section", "1")
ODD = (
    "",
    "%00",
    "%ff%fe",
    "%",
    "%zz",
    "..%2f..%2f",
    "%0d%0aX:1",
    "-1",
    "9" * 30,
    "0x1",
    "1e9",
    "NaN",
    "\u00b2",
    "\u0661",
    "a" * 5000,
    "<script>",
    "'\"",
    "{{x}}",
    "\x80\xff",
    "[]",
    "null",
    "\x7f",
    "+",
    "%F0%9F%A6%B5",
    "\\",
)
FIELDS = """
    q answer edition s part muscle group page p o e all next _popup _to_field to token look old new
    slug title note version message live_from opened_version term app_label model_name field_name
    _changelist_filters edit save kind show country useful date_hierarchy status__exact id__in
    username password csrfmiddlewaretoken tips-TOTAL_FORMS tips-INITIAL_FORMS steps-TOTAL_FORMS
""".split()  # noqa: SIM905
COOKIES = (
    "check_token_legs",
    "check_token_child",
    "check_token_",
    "csrftoken",
    "messages",
    "country",
    "sessionid",
)
HEADERS = (
    "HTTP_ACCEPT",
    "HTTP_ACCEPT_ENCODING",
    "HTTP_ACCEPT_LANGUAGE",
    "HTTP_IF_NONE_MATCH",
    "HTTP_IF_MODIFIED_SINCE",
    "HTTP_RANGE",
    "HTTP_REFERER",
    "HTTP_ORIGIN",
    "HTTP_USER_AGENT",
    "HTTP_HX_REQUEST",
    "HTTP_HX_CURRENT_URL",
    "HTTP_HX_TARGET_URI_AUTOENCODED",
    "HTTP_X_FORWARDED_FOR",
    "HTTP_X_FORWARDED_PROTO",
    "HTTP_X_REQUEST_ID",
    "HTTP_X_CSRFTOKEN",
    "HTTP_SEC_FETCH_SITE",
    "HTTP_HOST",
    "HTTP_EXPECT",
)
TYPES = (
    "application/x-www-form-urlencoded",
    "multipart/form-data; boundary=x",
    "multipart/form-data",
    "application/json",
    "text/plain; charset*=bogus''x",
    "",
)


class Wrong(NamedTuple):
    """A request that was not answered calmly."""

    number: int
    environ: dict[str, Any]
    said: str


def patterns() -> list[str]:
    """Every address of the site, `<...>` where a part of it is free."""
    from django.urls import URLPattern, URLResolver, get_resolver

    def walk(found: list[Any], start: str) -> Iterator[str]:
        for one in found:
            if isinstance(one, URLResolver):
                yield from walk(one.url_patterns, start + str(one.pattern))
            elif isinstance(one, URLPattern):
                yield start + str(one.pattern)

    return list(walk(get_resolver().url_patterns, "/"))


def request(seed: int, number: int, routes: list[str], session: str) -> dict[str, Any]:
    """Return request `number` of a seed, as gunicorn would hand it over."""
    chance = random.Random(f"{seed}.{number}")
    return _Maker(chance, session).environ(chance.choice(routes))


class _Maker:
    def __init__(self, chance: random.Random, session: str) -> None:
        self.chance, self.session = chance, session

    def word(self) -> str:
        if self.chance.random() < 0.5:
            return self.chance.choice(SLUGS)
        if self.chance.random() < 0.8:
            return self.chance.choice(ODD)
        size = self.chance.randrange(40)
        return "".join(chr(self.chance.randrange(1, 256)) for _ in range(size))

    def pairs(self) -> str:
        count = self.chance.choice((0, 1, 2, 3, 8))
        return "&".join(f"{self.chance.choice(FIELDS)}={self.word()}" for _ in range(count))

    def path(self, route: str) -> str:
        route = re.sub(r"<[^>]*>|\(.*\)\$?|[\^$]", lambda _: self.word(), route)
        if self.chance.random() < 0.1:
            route += self.word()
        return unquote_to_bytes(route.encode("latin-1", "replace")).decode("latin-1")

    def cookies(self) -> str:
        from django.core import signing

        kept = []
        for name in self.chance.sample(COOKIES, self.chance.randrange(3)):
            value = self.word()
            if name.startswith("check") and self.chance.random() < 0.5:
                value = signing.get_cookie_signer(salt=name + "legs").sign(value)
            kept.append(f"{name}={value}")
        if self.chance.random() < 0.5:
            kept.append(f"sessionid={self.session}")
        return "; ".join(kept)

    def environ(self, route: str) -> dict[str, Any]:
        body = self.pairs().encode("latin-1", "replace")
        made: dict[str, Any] = {
            "REQUEST_METHOD": self.chance.choice(METHODS),
            "PATH_INFO": self.path(route),
            "QUERY_STRING": self.pairs().encode("latin-1", "replace").decode("latin-1"),
            "SERVER_NAME": "localhost",
            "SERVER_PORT": "80",
            "SERVER_PROTOCOL": "HTTP/1.1",
            "REMOTE_ADDR": f"192.0.2.{self.chance.randrange(256)}",
            "HTTP_HOST": "localhost",
            "HTTP_SEC_FETCH_SITE": "same-origin",
            "HTTP_COOKIE": self.cookies().encode("latin-1", "replace").decode("latin-1"),
            "CONTENT_TYPE": self.chance.choice(TYPES),
            "CONTENT_LENGTH": self.chance.choice((str(len(body)),) * 5 + ("", "0", "9")),
            "wsgi.url_scheme": "http",
            "wsgi.input": io.BytesIO(body),
        }
        for name in self.chance.sample(HEADERS, self.chance.choice((0, 0, 1, 4))):
            made[name] = self.word().encode("latin-1", "replace").decode("latin-1")
        return made


class Listener(logging.Handler):
    """Keeps what was logged as an error: a traceback that no reader sees."""

    def __init__(self) -> None:
        super().__init__(logging.ERROR)
        self.said: list[str] = []

    def emit(self, record: logging.LogRecord) -> None:
        if not record.name.startswith("django.security"):  # a request that was refused with 400
            self.said.append(self.format(record))


def ask(seed: int, numbers: range, session: str) -> Iterator[Wrong | None]:
    """Send requests, and yield for each what was wrong with its answer."""
    from legrelief.wsgi import Request, application

    routes, listener = patterns(), Listener()
    logging.getLogger().addHandler(listener)
    logging.getLogger("django").addHandler(listener)
    Request._dont_enforce_csrf_checks = True  # type: ignore[attr-defined]
    for number in numbers:
        environ = request(seed, number, routes, session)
        status, body = _answered(application, environ)
        calm = status < "500" and b"Traceback (most" not in body and not listener.said
        said = "\n".join([status, *listener.said])
        listener.said.clear()
        yield None if calm else Wrong(number, environ, said)


def _answered(application: Any, environ: dict[str, Any]) -> tuple[str, bytes]:
    statuses: list[str] = []
    try:
        answer = application(environ, lambda status, *_: statuses.append(status))
        body = b"".join(answer)
        if hasattr(answer, "close"):
            answer.close()
    except Exception as error:
        return f"500 {error!r}", b""
    return statuses[0], body


def main() -> None:
    seed = int(os.environ.get("SEED") or random.SystemRandom().randrange(10**6))
    first, count = int(os.environ.get("FIRST") or 0), int(os.environ.get("COUNT") or COUNT)
    print(f"Seed {seed}, requests {first} to {first + count - 1}")
    with tempfile.TemporaryDirectory() as folder:
        os.environ["DATABASE_URL"] = f"sqlite:///{Path(folder) / 'fuzz.sqlite3'}"
        os.environ["DJANGO_SETTINGS_MODULE"] = "legrelief.settings"
        session = _prepared()
        failed, settled = 0, 0
        for number, wrong in enumerate(ask(seed, range(first, first + count), session)):
            if wrong:
                failed += 1
                print(f"Request {wrong.number}: {wrong.environ}\n{wrong.said}\n")
            if number == count // 10:
                settled = _memory()
    grown = _memory() - settled
    print(f"{failed} of {count} answered with an error; memory grew by {grown >> 20} MiB")
    sys.exit(1 if failed or grown > GROWTH else 0)


def _prepared() -> str:
    """Load the guide into an empty database; return the session of a superuser."""
    import django

    django.setup()
    from django.conf import settings
    from django.contrib.auth.models import User
    from django.core.management import call_command

    call_command("migrate", verbosity=0)
    call_command("load_guide", verbosity=0)
    settings.ALLOWED_HOSTS = ["localhost"]
    static = "django.contrib.staticfiles.storage.StaticFilesStorage"  # none are collected here
    settings.STORAGES = {**settings.STORAGES, "staticfiles": {"BACKEND": static}}
    return signed_in(User.objects.create_superuser("sue"))


def signed_in(user: Any) -> str:
    """Return a session in which a person is signed in."""
    from django.test import Client

    client = Client()
    client.force_login(user)
    return str(client.cookies["sessionid"].value)


def _memory() -> int:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024


if __name__ == "__main__":
    main()
