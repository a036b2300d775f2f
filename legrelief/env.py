"""The only reader of the environment: every variable, its default and how it is read.

A value that makes no sense stops the start with its name and what was expected. Secrets and
addresses that may hold a password are never repeated in a message.
"""

from __future__ import annotations

import os
import re
from collections.abc import Mapping
from dataclasses import dataclass
from difflib import get_close_matches
from importlib.util import find_spec
from pathlib import Path
from typing import Any
from urllib.parse import SplitResult, parse_qsl, unquote, urlsplit

from django.core.exceptions import ImproperlyConfigured

PREFIX = "LEGRELIEF_"
_HOST = r"([a-z0-9-]+(\.[a-z0-9-]+)*|\[[0-9a-f:.]+\])"


@dataclass(frozen=True)
class Variable:
    """One row of the settings table. `default` is written as it would be in the environment."""

    name: str
    default: str
    meaning: str


VARIABLES = (
    Variable("LEGRELIEF_ENV", "development", "`development` or `production`."),
    Variable("LEGRELIEF_DEBUG", "false", "`true` shows developers' error pages. Never public."),
    Variable("LEGRELIEF_SECRET_KEY", "", "Signs cookies. 50 characters or more in production."),
    Variable("LEGRELIEF_ALLOWED_HOSTS", "", "Host names served, with commas between."),
    Variable(
        "LEGRELIEF_CSRF_TRUSTED_ORIGINS", "", "Other origins that may post, with commas between."
    ),
    Variable(
        "LEGRELIEF_SITE",
        "",
        "Public address, as in `https://legs.example.org`. Empty: as each page was asked for.",
    ),
    Variable(
        "LEGRELIEF_SECURITY_CONTACT",
        "",
        "Where to report a hole, as in `mailto:security@example.org`. Empty: no security.txt.",
    ),
    Variable("LEGRELIEF_SECURITY_DAYS", "180", "How long security.txt says it holds, in days."),
    Variable(
        "LEGRELIEF_BEHIND_PROXY",
        "false",
        "`true` behind a proxy that ends TLS, sets `X-Forwarded-Proto`, adds to `X-Forwarded-For`.",
    ),
    Variable("LEGRELIEF_HSTS_SECONDS", "31536000", "How long browsers keep to HTTPS, in seconds."),
    Variable("LEGRELIEF_TIME_ZONE", "UTC", "Time zone that staff see."),
    Variable(
        "LEGRELIEF_FOUR_EYES",
        "",
        "`true`: nobody publishes what they edited. Empty: `true` in production only.",
    ),
    Variable(
        "LEGRELIEF_TWO_FACTOR", "false", "`true`: staff also sign in with a code from their phone."
    ),
    Variable("LEGRELIEF_IDLE_MINUTES", "60", "Staff who do nothing for so long are signed out."),
    Variable(
        "LEGRELIEF_FEEDBACK",
        "true",
        "`false` counts no views and does not ask whether a page was useful.",
    ),
    Variable(
        "LEGRELIEF_METRICS",
        "false",
        "`true`: numbers for Prometheus at `/metrics`, for the proxy to keep from the public.",
    ),
    Variable("LEGRELIEF_LOG_LEVEL", "info", "`debug`, `info`, `warning` or `error`."),
    Variable(
        "DATABASE_URL",
        "sqlite:///var/legrelief.sqlite3",
        "`sqlite:///file` or `postgres://user:password@host:port/name`.",
    ),
    Variable("CACHE_URL", "", "`redis://host:port/0`. Empty: the memory of each process."),
    Variable("HOST", "127.0.0.1", "Address that `make serve` listens on."),
    Variable("PORT", "8000", "Port that `make serve` listens on."),
)
_DEFAULTS = {variable.name: variable.default for variable in VARIABLES}


def refuse_unknown(names: Mapping[str, str] = os.environ) -> None:
    """Refuse a misspelt variable, which would otherwise be silently ignored."""
    for name in names:
        if name.startswith(PREFIX) and name not in _DEFAULTS:
            close = get_close_matches(name, _DEFAULTS, 1)
            hint = f"; did you mean {close[0]}?" if close else ""
            raise ImproperlyConfigured(f"{name} is not a setting{hint}")


def text(name: str) -> str:
    """The value without surrounding blanks; a blank value counts as not set."""
    return os.environ.get(name, "").strip() or _DEFAULTS[name]


def choice(name: str, *allowed: str) -> str:
    """One of the allowed words, in lower case."""
    value = text(name).lower()
    if value not in allowed:
        raise ImproperlyConfigured(f"{name} must be {' or '.join(allowed)}, not '{text(name)}'")
    return value


def flag(name: str) -> bool:
    """True or false, and no other spelling: a typo must not switch protection off."""
    return choice(name, "true", "false") == "true"


def number(name: str, low: int, high: int) -> int:
    """A whole number from low to high."""
    value = text(name)
    if not (value.isascii() and value.isdigit() and low <= int(value) <= high):
        raise ImproperlyConfigured(
            f"{name} must be a whole number from {low} to {high}, not '{value}'"
        )
    return int(value)


def host() -> str:
    """HOST as it is written before a port: an IPv6 address in brackets."""
    value = text("HOST")
    return f"[{value}]" if ":" in value else value


def items(name: str) -> list[str]:
    """The parts between commas, without blanks."""
    return [part.strip() for part in text(name).split(",") if part.strip()]


def hosts(name: str) -> list[str]:
    """Host names; `.example.org` also means all names under it, and `*` any name."""
    return _each(name, rf"\*|\.?{_HOST}", "name hosts as in example.org: no scheme, port or path")


def origins(name: str) -> list[str]:
    """Origins: a scheme, a host and, if it is an unusual one, a port."""
    return _each(
        name,
        rf"https?://(\*\.)?{_HOST}(:[0-9]+)?",
        "hold origins as in https://example.org: a scheme, and no path",
    )


def site(name: str) -> str:
    """One origin that links are made of, or nothing."""
    found = _each(
        name,
        rf"https?://{_HOST}(:[0-9]+)?",
        "be as in https://example.org: no path, no / after it",
    )
    if len(found) > 1:
        raise ImproperlyConfigured(f"{name} must be one address, not {len(found)}")
    return found[0] if found else ""


def contact(name: str) -> str:
    """The address that a person writes to, calls or opens, or nothing."""
    value = text(name)
    if value and not re.fullmatch(r"(mailto:[^\s@]+@[^\s@]+|tel:[0-9+-]+|https://\S+)", value):
        raise ImproperlyConfigured(
            f"{name} must be as in mailto:security@example.org, https://example.org/report "
            "or tel:+1-201-555-0123"
        )
    return value


def database(name: str, root: Path) -> dict[str, Any]:
    """Django's settings for one database. A relative SQLite path starts at `root`."""
    url = _url(name)
    match url.scheme:
        case "sqlite":
            return _sqlite(name, url, root)
        case "postgres" | "postgresql":
            return _postgres(name, url)
    raise ImproperlyConfigured(f"{name} must start with sqlite:/// or postgres://")


def cache(name: str) -> dict[str, Any]:
    """Django's settings for one cache: Redis when an address is given, else process memory."""
    if not text(name):
        backend = "django.core.cache.backends.locmem.LocMemCache"
        return {"BACKEND": backend, "OPTIONS": {"MAX_ENTRIES": 10_000}}
    url = _url(name)
    if url.scheme not in {"redis", "rediss"} or not url.hostname:
        raise ImproperlyConfigured(f"{name} must be empty or look like redis://host:port/0")
    _need(name, "redis")
    return {
        "BACKEND": "django.core.cache.backends.redis.RedisCache",
        "LOCATION": text(name),
        # A cache that does not answer must not make readers wait.
        "OPTIONS": {"socket_connect_timeout": 0.5, "socket_timeout": 0.5},
    }


def _each(name: str, pattern: str, expected: str) -> list[str]:
    parts = [part.lower() for part in items(name)]
    if not all(re.fullmatch(pattern, part) for part in parts):
        raise ImproperlyConfigured(f"{name} must {expected}")
    return parts


def _sqlite(name: str, url: SplitResult, root: Path) -> dict[str, Any]:
    path = unquote(url.path.removeprefix("/"))
    if url.netloc or not path or path == ":memory:":
        raise ImproperlyConfigured(
            f"{name} must name a file, as in sqlite:///var/legrelief.sqlite3"
        )
    file = root / path
    try:
        file.parent.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise ImproperlyConfigured(f"{name}: cannot make {file.parent}: {error.strerror}") from None
    return {
        "ENGINE": "django.db.backends.sqlite3",
        "NAME": file,
        # Opening a file costs more than a query, so connections stay open.
        "CONN_MAX_AGE": None,
        "OPTIONS": {
            # Take the write lock when a transaction starts: two publishers then wait in line,
            # where SQLite's own default would let both read and then fail one of them.
            "transaction_mode": "IMMEDIATE",
            "timeout": 10,
            # FULL: what was answered as saved outlives a power cut too. Writes are few.
            "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL;",
        },
    }


def _postgres(name: str, url: SplitResult) -> dict[str, Any]:
    database_name = unquote(url.path.removeprefix("/"))
    if not database_name or "/" in database_name:
        raise ImproperlyConfigured(f"{name} must look like postgres://user:password@host:port/name")
    _need(name, "psycopg")
    return {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": database_name,
        "USER": unquote(url.username or ""),
        "PASSWORD": unquote(url.password or ""),
        "HOST": unquote(url.hostname or ""),
        "PORT": str(url.port or ""),
        "CONN_MAX_AGE": None,
        "CONN_HEALTH_CHECKS": True,
        # A network that swallows packets is noticed. A server is still less patient
        # (legrelief/postgresql).
        "OPTIONS": {
            "connect_timeout": "3",
            "tcp_user_timeout": "10000",
            "keepalives_idle": "10",
            "keepalives_interval": "5",
            **dict(parse_qsl(url.query)),
        },
    }


def _url(name: str) -> SplitResult:
    try:
        url = urlsplit(text(name))
        _ = url.port
    except ValueError as error:
        raise ImproperlyConfigured(f"{name} is not a usable address: {error}") from None
    return url


def _need(name: str, package: str) -> None:
    if find_spec(package) is None:
        raise ImproperlyConfigured(
            f"{name} needs the package {package}: install requirements-scale.txt"
        )
