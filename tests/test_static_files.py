"""Static files are sent minified, and say the same as what is written in static/."""

from __future__ import annotations

from pathlib import Path

import pytest
from django.contrib.staticfiles import finders
from django.core.files.storage import storages
from django.core.management import call_command
from pytest_django import Settings

from legrelief.static_files import minified


@pytest.fixture
def collected(tmp_path: Path, settings: Settings) -> Path:
    storage = {
        "BACKEND": "legrelief.static_files.MinifiedStorage",
        "OPTIONS": {"location": tmp_path},
    }
    settings.STORAGES = {**settings.STORAGES, "staticfiles": storage}
    call_command("collectstatic", verbosity=0, interactive=False)
    return tmp_path


def test_every_style_and_script_is_sent_smaller_and_under_a_name_of_its_own(
    collected: Path,
) -> None:
    for folder in ("css", "js"):
        for written in Path(str(finders.find(folder))).glob("*"):
            address = storages["staticfiles"].url(f"{folder}/{written.name}")
            sent = collected / address.removeprefix("/static/")
            assert sent.name != written.name
            assert 0 < sent.stat().st_size < written.stat().st_size
            assert Path(f"{sent}.br").exists()


def test_what_stands_between_quotes_and_selectors_is_kept() -> None:
    style = b'.leg :is(a, b) { color: var(--a); } .x::after { content: "a  b"; }'
    assert minified("one.css", style) == (b'.leg :is(a,b){color:var(--a)}.x::after{content:"a  b"}')
    script = b"const a = `one  ${two}`; // why\nconst b = /a  b/;\n"
    assert minified("one.js", script).strip() == b"const a=`one  ${two}`;const b=/a  b/;"


@pytest.mark.parametrize("name", ["htmx.min.js", "font.woff2", "icon.svg"])
def test_other_files_are_sent_as_they_are(name: str) -> None:
    assert minified(name, b"a  b") == b"a  b"
