"""The map as a browser letters it, and the page with everything on it open."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page
from pytest_django.live_server_helper import LiveServer

from guide.models import Edition
from tests.browser.conftest import axe_violations

pytestmark = pytest.mark.browser

#: The words that reach out of their box, or out of the drawing where they stand in none.
OUTSIDE = """() => [...document.querySelectorAll(".parts svg")].flatMap((svg) => {
  const box = svg.querySelector("rect").getBBox();
  return [...svg.querySelectorAll("text")].filter((text) => {
    const words = text.getBBox();
    const end = words.y < box.y ? svg.viewBox.baseVal.width : box.x + box.width;
    const low = words.y < box.y ? box.y : box.y + box.height;
    return words.x + words.width > end - 2 || words.y + words.height > low;
  }).map((text) => text.textContent);
})"""


@pytest.fixture
def rules(page: Page, live_server: LiveServer, guide: list[Edition]) -> Page:
    page.set_viewport_size({"width": 320, "height": 640})
    page.goto(f"{live_server.url}/check/rules/")
    page.evaluate("document.fonts.ready")
    return page


def test_all_words_of_the_map_are_inside_their_boxes(rules: Page) -> None:
    assert rules.locator(".parts text").count() > 100
    assert rules.evaluate(OUTSIDE) == []


def test_open_from_top_to_bottom_it_neither_scrolls_sideways_nor_offends_axe(rules: Page) -> None:
    rules.evaluate("document.querySelectorAll('main details').forEach((one) => one.open = true)")
    assert rules.evaluate("document.documentElement.scrollWidth") == 320
    assert axe_violations(rules) == []


def test_on_paper_everything_is_open(rules: Page) -> None:
    rules.emulate_media(media="print")
    for words in ("The map in words", "If the answer is “Under 3”"):
        assert rules.get_by_text(words).last.is_visible()
    assert rules.locator("summary").first.is_visible()
