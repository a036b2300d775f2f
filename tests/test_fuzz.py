"""A slice of `make fuzz`: requests that no browser sends are answered calmly. And what is in it."""

from __future__ import annotations

import random
import re
from collections import Counter
from collections.abc import Iterator
from typing import Any

import pytest
import time_machine
from django.conf import settings
from django.core import signing
from django.test import override_settings
from django.urls import Resolver404, resolve

from guide.models import Edition
from tests import fuzz, fuzz_requests
from tests.fuzz_known import Known, _Forms, known, patterns

pytestmark = pytest.mark.django_db

SEED = 7
SLICE = 150
CODE = [
    path.read_text()
    for folder in ("guide", "legrelief")
    for path in sorted((settings.BASE_DIR / folder).rglob("*.py"))
]


@pytest.fixture
def known_here(guide: list[Edition]) -> Known:
    return known(pages=False)


@pytest.fixture
def _settings_of_the_run() -> Iterator[None]:
    """What a run changes from request to request is as before after it."""
    with override_settings(ALLOWED_HOSTS=["localhost"]):
        yield


@pytest.mark.usefixtures("_settings_of_the_run")
def test_no_request_ends_in_an_error(known_here: Known) -> None:
    answers = list(fuzz.ask(SEED, range(SLICE), known_here))
    assert [answer for answer in answers if answer.wrong] == []
    fine = sum(answer.status < 400 for answer in answers)
    assert fine > SLICE * fuzz.LEAST_FINE


@pytest.mark.usefixtures("_settings_of_the_run")
def test_an_error_and_a_traceback_in_the_log_are_found(
    known_here: Known, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(*_: object) -> None:
        raise RuntimeError("broken on purpose")

    monkeypatch.setattr("legrelief.wsgi.application", broken)
    (answer,) = fuzz.ask(SEED, [1], known_here)
    assert "broken on purpose" in answer.wrong


@pytest.mark.parametrize(
    ("status", "headers", "body", "wrong"),
    [
        (503, {}, b"", "Answered with 503"),
        (200, {}, b"Traceback (most recent call last)", "A traceback is in the page"),
        (302, {"Location": "//elsewhere.example"}, b"", "Leads to another site"),
        (302, {"Location": "https://elsewhere.example/"}, b"", "Leads to another site"),
        (302, {"Location": "/\\elsewhere.example"}, b"", "Leads to another site"),
        (302, {"Location": " javascript:alert(1)"}, b"", "Leads to another site"),
        (302, {"Location": "https://localhost.example/"}, b"", "Leads to another site"),
        (302, {"Location": "https://localhost/help/"}, b"", ""),
        (302, {"Location": "feel"}, b"", ""),
        (200, {"Location": "/a\r\nSet-Cookie: b"}, b"", "A header has two lines"),
        (200, {"Content-Type": "text/html"}, b"<p>", "A page without a policy"),
        (200, {"Content-Type": "text/plain"}, b"ok", ""),
    ],
)
def test_an_answer_is_wrong_when_it(
    status: int, headers: dict[str, str], body: bytes, wrong: str
) -> None:
    assert wrong in fuzz._wrong(status, headers, body)
    assert bool(wrong) is bool(fuzz._wrong(status, headers, body))


def told(*memory: int, wrong: int = 0, **statuses: int) -> str | None:
    counted = Counter({int(name[1:]): number for name, number in statuses.items()})
    half = fuzz.Half(counted, wrong, list(memory), fuzz._views())
    return fuzz._told([half, half], whole=True)


def test_a_run_fails_when_memory_grows_or_it_tried_too_little() -> None:
    full = [90, 120, 140]
    assert told(*full, 141, 145, s200=60, s400=40) is None
    assert told(*full, 150, 160, s200=60, s400=40) == "Memory grew by 20 MiB"
    assert told(*full, 140, s200=10, s400=90) == "Too few requests got as far as a page"
    assert told(*full, 140, s200=60, s429=40) == "Too few requests got as far as a page"
    assert told(*full, 140, wrong=1, s200=100) == "2 were answered with an error"


@time_machine.travel("2026-11-26 12:00:00", tick=False)  # a signature holds the time
def test_a_request_is_made_again_from_its_seed_and_number(known_here: Known) -> None:
    def made(seed: int, number: int) -> dict[str, Any]:
        environ = fuzz_requests.request(seed, number, known_here)
        return {**environ, "wsgi.input": environ["wsgi.input"].getvalue()}

    for number in range(20):
        assert made(SEED, number) == made(SEED, number)
    assert made(SEED, 1) != made(SEED + 1, 1)


def test_every_address_has_its_turn_and_is_met(known_here: Known) -> None:
    def met(pattern: str) -> set[str]:
        found = set[str]()
        for number in range(12):
            maker = fuzz_requests._Maker(random.Random(number), known_here)
            try:
                found.add(f"/{resolve(maker.path(pattern)).route}")
            except Resolver404:
                continue
        return found

    turns = {fuzz_requests.route(number, known_here) for number in range(4 * len(patterns()))}
    assert turns == set(patterns())
    assert [pattern for pattern in turns if pattern not in met(pattern)] == []


def test_every_parameter_header_and_cookie_that_the_guide_reads_is_in_it(
    known_here: Known,
) -> None:
    code = "\n".join(CODE)
    parameters = set(re.findall(r'\.(?:GET|POST)(?:\.get(?:list)?\(|\[)"([^"]+)"', code))
    parameters |= set(re.findall(r'"([^"]+)" in request\.(?:GET|POST)', code))
    assert len(parameters) > 20
    assert parameters <= set(fuzz_requests.FIELDS)
    headers = set(re.findall(r'"HTTP_([A-Z_]+)"', code))
    headers |= {
        name.upper().replace("-", "_") for name in re.findall(r'headers\.get\("([\w-]+)"', code)
    }
    assert headers - {"CONTENT_TYPE"} <= {*fuzz_requests.HEADERS}
    assert known_here.answers.keys() >= {"check_token_legs", "check_token_child"}
    assert {settings.SESSION_COOKIE_NAME, settings.CSRF_COOKIE_NAME, "messages"} <= {
        *fuzz_requests.COOKIES
    }


def test_answers_are_signed_as_the_guide_signs_them(known_here: Known) -> None:
    """So the code behind the signature is tried, and not only the signature."""
    maker = fuzz_requests._Maker(random.Random(SEED), known_here)
    good = 0
    for name, salt in known_here.answers.items():
        assert salt.startswith(name)
        for _ in range(20):
            try:
                signing.get_cookie_signer(salt=salt).unsign(maker.signed(salt))
            except signing.BadSignature:
                continue
            good += 1
    assert good > 40


def test_a_form_is_read_as_a_browser_would_send_it() -> None:
    page = _Forms(
        """<a href="?o=1&amp;status__exact=x"></a><form method="post" action="../send/">
        <input name="title" value="Old"><input type="checkbox" name="off" value="1">
        <input type="checkbox" name="on" checked><textarea name="words">\nTwo &lt; three</textarea>
        <select name="group"><option value="a"><option value="b" selected></select></form>"""
    )
    fields = [("title", "Old"), ("on", "on"), ("words", "Two < three"), ("group", "b")]
    assert page.posted == [("../send/", fields)]
    assert page.names >= {"o", "status__exact", "off"}
