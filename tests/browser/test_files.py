"""A file is loaded by keyboard, on pages that axe finds nothing wrong with."""

from __future__ import annotations

from pathlib import Path

import pytest
from django.urls import reverse
from playwright.sync_api import Page, ViewportSize, expect
from pytest_django.live_server_helper import LiveServer

from guide.models import Section, Tip
from guide.publishing.dump import article_file
from tests.browser.conftest import axe_violations
from tests.browser.test_desk import sign_in

pytestmark = pytest.mark.browser

LOAD = reverse("admin:guide_files_load")


@pytest.fixture
def changed(section: Section, tmp_path: Path) -> Path:
    """The file of an article, with a word changed in it; on the desk, a draft is in its way."""
    file = tmp_path / "ease-a-cramp.yaml"
    file.write_text(article_file(section.article).replace("Warm it", "Warm it gently"))
    Section.objects.update(body="Words of Ann.")
    return file


@pytest.fixture
def mistaken(tmp_path: Path) -> Path:
    file = tmp_path / "wrong.yaml"
    file.write_text("- model: guide.article\n  fields: {slug: a, titel: A}\n")
    return file


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_nothing_wrong_with_what_goes_in_and_out(
    page: Page, live_server: LiveServer, changed: Path, mistaken: Path, scheme: str
) -> None:
    page.emulate_media(color_scheme="dark" if scheme == "dark" else "light")
    sign_in(page, live_server)
    assert axe_violations(page) == []
    for file in (mistaken, changed):
        page.goto(live_server.url + LOAD)
        assert axe_violations(page) == []
        page.get_by_label("File").set_input_files(file)
        page.get_by_role("button", name="Show what it would change").click()
        said = "titel" if file is mistaken else "replaces a draft"
        expect(page.get_by_text(said)).to_be_visible()
        assert axe_violations(page) == []


def test_a_file_is_compared_and_loaded_by_keyboard_without_breaking_the_policy(
    quiet: Page, live_server: LiveServer, changed: Path
) -> None:
    page = sign_in(quiet, live_server)
    page.get_by_role("link", name="Load a file").focus()
    page.keyboard.press("Enter")
    page.get_by_label("File").set_input_files(changed)
    page.get_by_label("File").focus()
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    expect(page.get_by_role("row").filter(has_text="gently")).to_contain_text("Action")
    fold = page.locator("summary").filter(has_text="Heat and cold")
    fold.focus()
    page.keyboard.press("Enter")
    expect(page.get_by_role("row").filter(has_text="gently")).to_be_hidden()
    page.get_by_label("Put the file in the place of these drafts").focus()
    page.keyboard.press("Space")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    expect(page.get_by_text("Loaded as drafts")).to_be_visible()
    assert Tip.objects.get().action == "Warm it gently"


def test_no_page_that_goes_in_and_out_is_wider_than_a_phone(
    quiet: Page, live_server: LiveServer, changed: Path, mistaken: Path
) -> None:
    phone = ViewportSize(width=360, height=740)
    page = sign_in(quiet, live_server)
    page.set_viewport_size(phone)
    for file, said in ((changed, "replaces a draft"), (mistaken, "titel")):
        page.goto(live_server.url + LOAD)
        page.get_by_label("File").set_input_files(file)
        page.get_by_role("button", name="Show what it would change").click()
        expect(page.get_by_text(said)).to_be_visible()  # the answer is there, not on its way
        assert page.evaluate("document.documentElement.scrollWidth") == phone["width"]
