from __future__ import annotations

import json
import logging
import os
import re
import subprocess
import sys
from io import StringIO

import pytest
from django.conf import settings
from django.test import Client

from legrelief.logs import JsonFormatter, PrivateFilter


@pytest.fixture
def console(monkeypatch: pytest.MonkeyPatch) -> StringIO:
    """What the site's own handler writes, as settings.LOGGING set it up."""
    written = StringIO()
    handlers = logging.getLogger().handlers
    handler = next(found for found in handlers if found.get_name() == "console")
    monkeypatch.setattr(handler, "stream", written)
    return written


def said(message: str, *args: object, error: Exception | None = None) -> str:
    """What the console would print for one record."""
    info = None
    if error:
        try:
            raise error
        except Exception:
            info = sys.exc_info()
    record = logging.LogRecord("django.request", logging.ERROR, "", 0, message, args, info)
    assert PrivateFilter().filter(record)
    return logging.Formatter().format(record)


@pytest.mark.parametrize(
    ("message", "expected"),
    [
        ("Not Found: /check/legs/q/numb/", "Not Found: /check/"),
        ('"GET /check/legs/result/ HTTP/1.1" 200 9', '"GET /check/ HTTP/1.1" 200 9'),
        ("Bad Request: /check/legs/?a=1", "Bad Request: /check/"),
        ("Not Found: /guide/calves/", "Not Found: /guide/calves/"),
        ('"GET /search/?q=cramp HTTP/1.1" 200 9', '"GET /search/ HTTP/1.1" 200 9'),
        ('"GET /search/?q=a+clot?&r=/x?y HTTP/1.1" 200', '"GET /search/ HTTP/1.1" 200'),
        ('Not Found: /check/legs/q/numb foot\'s "cold"/', "Not Found: /check/"),
        ('"GET /check/"numb HTTP/1.1" 404 9', '"GET /check/ HTTP/1.1" 404 9'),
        ("Are you sure? Yes", "Are you sure? Yes"),
        (
            '"GET /check/legs/?a=b HTTP/1.1" "http://x/check/?a"',
            '"GET /check/ HTTP/1.1" "http://x/check/"',
        ),
        (
            "Invalid request from ip=::1: Invalid HTTP Header: 'check_token_legs=1.a8'",
            "Invalid request from ip=::1: Invalid HTTP Header: ",
        ),
    ],
)
def test_a_log_line_holds_no_query_and_nothing_beyond_check(message: str, expected: str) -> None:
    assert said(message) == expected


def test_a_path_given_as_an_argument_is_cut_too() -> None:
    assert said("%s: %s", "Not Found", "/check/child/q/fever/") == "Not Found: /check/"


def test_an_error_under_check_keeps_its_place_but_not_its_words() -> None:
    text = said("Internal Server Error: %s", "/check/legs/q/numb/", error=KeyError("numb-foot"))
    assert "numb" not in text
    assert text.endswith("KeyError")
    assert "test_logs.py" in text


def test_an_error_in_a_search_does_not_repeat_it() -> None:
    text = said("Internal Server Error: %s", "/search/", error=ValueError("near numb-foot"))
    assert "numb" not in text
    assert text.endswith("ValueError")


def test_an_error_elsewhere_is_told_in_full() -> None:
    text = said("Internal Server Error: %s", "/guide/", error=KeyError("calves"))
    assert "KeyError: 'calves'" in text


@pytest.mark.parametrize(
    ("address", "host"),
    [("/", "elsewhere.example"), ("/", "a" * 3000 + ".example"), ("/?q=%00", "localhost")],
)
def test_a_request_without_sense_is_one_short_line(
    client: Client, console: StringIO, address: str, host: str
) -> None:
    assert client.get(address, headers={"Host": host}).status_code == 400
    lines = console.getvalue().splitlines()
    assert len(lines) == 1
    assert len(lines[0]) < 300


def test_a_form_that_is_refused_is_one_short_line_too(client: Client, console: StringIO) -> None:
    """Anybody can send them, as fast as they like."""
    assert client.post("/useful/").status_code == 403
    assert len(console.getvalue().splitlines()) == 1


@pytest.mark.parametrize("form", [b"--x\r\n" + b"A: b\r\n" * 9000, b"--y--"])
def test_a_form_that_is_none_is_one_short_line_too(
    client: Client, console: StringIO, form: bytes
) -> None:
    kind = "multipart/form-data; boundary=x"
    ours = {"Sec-Fetch-Site": "same-origin"}
    assert client.post("/useful/", form, content_type=kind, headers=ours).status_code == 400
    assert len(console.getvalue().splitlines()) == 1


def test_a_path_is_cut_however_many_slashes_it_has() -> None:
    """A pattern that begins anew at each of them is not done with it in many minutes."""
    path = "/" * 400_000
    assert said("Not Found: %s", f"{path}?q=legs") == f"Not Found: {path}"


def test_a_line_of_json_tells_all_of_an_error_in_one_line_and_no_answer() -> None:
    error = KeyError("numb-foot")
    info = (KeyError, error, None)
    args = ("/check/legs/q/numb/?answer=a1",)
    record = logging.LogRecord("django.request", logging.ERROR, "", 0, "Oh: %s", args, info)
    PrivateFilter().filter(record)
    text = JsonFormatter().format(record)
    line = json.loads(text)
    assert "\n" not in text
    assert "numb" not in text
    assert (line["level"], line["message"]) == ("ERROR", "Oh: /check/")
    assert line["error"].endswith("KeyError")


LEVELS = ("debug", "info", "warning", "error")
SAY_ALL = f"""
import django, logging
django.setup()
for name in ("django.request", "django.server", "django.template", "guide"):
    for level in {LEVELS}:
        getattr(logging.getLogger(name), level)(f"{{name}} says {{level}}")
"""


@pytest.mark.parametrize("least", LEVELS)
def test_the_level_holds_for_django_too_which_is_never_to_tell_what_a_template_was_given(
    least: str,
) -> None:
    environment = {"DJANGO_SETTINGS_MODULE": "legrelief.settings", "LEGRELIEF_LOG_LEVEL": least}
    done = subprocess.run(
        [sys.executable, "-c", SAY_ALL],
        cwd=settings.BASE_DIR,
        env={**os.environ, **environment},
        capture_output=True,
        text=True,
        check=True,
    )
    said_at_all = set(re.findall(r"(\S+) says (\w+)", done.stderr))
    loud = LEVELS[LEVELS.index(least) :]
    assert said_at_all == {
        (name, level)
        for name in ("django.request", "django.server", "django.template", "guide")
        for level in loud
        if name == "guide" or level != "debug"
    }
