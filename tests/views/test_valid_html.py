"""Every page is valid HTML, by the checker of the W3C."""

from __future__ import annotations

import json
import re
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.http import HttpResponse
from django.test import Client, RequestFactory

from guide.models import Edition
from guide.reading.live import live
from guide.views import answers as sitting
from guide.views import errors
from tests.browser.kinds import KINDS, given
from tests.conftest import VNU
from tests.views.conftest import Answer

pytestmark = [pytest.mark.django_db, pytest.mark.vnu]

#: htmx's attributes are no part of HTML, and every browser lets them be.
KNOWN = r"Attribute “hx-[a-z-]+” not allowed on element .*"
BROKEN = """<!doctype html><html lang="en"><head><title>Broken</title></head>
    <body><p><div>A block in a paragraph</div></p><img src="#"><a hx-get="#">…</a></body></html>"""


def complaints(folder: Path) -> list[str]:
    """Return what the checker says about the files in a folder, a line each."""
    command = ["java", "-jar", str(VNU), "--format", "json", "--filterpattern", KNOWN, str(folder)]
    done = subprocess.run(command, capture_output=True, text=True, check=False, timeout=300)
    return [
        f"{Path(found.get('url', '')).name}: {found['message']} {found.get('extract', '')}"
        for found in json.loads(done.stderr)["messages"]
    ]


def pages(guide: list[Edition], answers: dict[str, Answer]) -> Iterator[tuple[str, bytes]]:
    """Return every reading page, every kind of page, and what is answered when things go wrong."""
    for address, (response, _) in answers.items():
        yield address, response.content
    for name, kind in KINDS.items():
        kept = HttpResponse()
        sitting.write(kept, live(), "legs", given(kind))
        client = Client()
        client.cookies.update(kept.cookies)
        yield name, client.get(kind.address).content
    yield "mistake", Client().post("/check/legs/q/now/").content
    request = RequestFactory().get("/")
    for view in (errors.bad_request, errors.permission_denied, errors.server_error):
        yield view.__name__, view(request).content
    yield "cookies", errors.csrf_failure(request).content


def test_every_page_is_valid(
    guide: list[Edition], answers: dict[str, Answer], tmp_path: Path
) -> None:
    for name, content in pages(guide, answers):
        (tmp_path / f"{re.sub(r'[^a-z0-9]+', '-', name)}.html").write_bytes(content)
    assert len(list(tmp_path.iterdir())) > 90
    assert complaints(tmp_path) == []


def test_the_checker_finds_what_is_not_valid(tmp_path: Path) -> None:
    (tmp_path / "broken.html").write_text(BROKEN)
    found = complaints(tmp_path)
    assert any("No “p” element in scope" in one for one in found)
    assert not any("hx-get" in one for one in found)
