"""A slice of `make fuzz`: requests that no browser sends are answered calmly."""

from __future__ import annotations

import logging
from collections.abc import Iterator
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.db import connection

from guide.models import Edition
from legrelief.wsgi import Request
from tests import fuzz

SEED = 7
SLICE = 150


@pytest.fixture
def _as_before(monkeypatch: pytest.MonkeyPatch, settings: Any) -> Iterator[None]:
    monkeypatch.setattr(Request, "_dont_enforce_csrf_checks", True, raising=False)
    monkeypatch.setattr(connection, "close_if_unusable_or_obsolete", lambda: None)
    settings.ALLOWED_HOSTS = ["localhost"]
    kept = {name: [*logging.getLogger(name).handlers] for name in ("", "django")}
    yield
    for name, handlers in kept.items():
        logging.getLogger(name).handlers = handlers


@pytest.mark.usefixtures("_as_before")
def test_no_request_ends_in_an_error(guide: list[Edition]) -> None:
    session = fuzz.signed_in(User.objects.create_superuser("sue"))
    wrong = [found for found in fuzz.ask(SEED, range(SLICE), session) if found]
    assert wrong == []


def test_a_request_is_made_again_from_its_seed_and_number() -> None:
    routes = fuzz.patterns()

    def made(seed: int, number: int) -> dict[str, Any]:
        return {**fuzz.request(seed, number, routes, "s"), "wsgi.input": None}

    assert len(routes) > 350
    for number in range(20):
        assert made(SEED, number) == made(SEED, number)
    assert made(SEED, 1) != made(SEED + 1, 1)
