"""The map as a browser letters it, and the page with everything on it open."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page
from pytest_django.live_server_helper import LiveServer

from guide.models import Edition
from guide.pages.lettering import width
from tests.browser.conftest import axe_violations

pytestmark = pytest.mark.browser

LETTERS = [chr(number) for number in range(32, 127)] + list("“”‘’–—…·é")
#: How wide each letter is at a size of 100 pixels, at the weights of text and of headings.
MEASURE = """async (letters) => {
  await document.fonts.load('100px "Atkinson Hyperlegible Next"', letters.join(""));
  const pen = document.createElement("canvas").getContext("2d");
  return letters.map((letter) => Math.max(...[400, 420, 640].map((weight) => {
    pen.font = `${weight} 100px "Atkinson Hyperlegible Next"`;
    return pen.measureText(letter).width;
  })));
}"""
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


def test_no_letter_is_wider_than_the_layout_takes_it_for(rules: Page) -> None:
    wide = rules.evaluate(MEASURE, LETTERS)
    assert {a for a, real in zip(LETTERS, wide, strict=True) if real > width(a, 100)} == set()
    narrow = [width(a, 100) / real for a, real in zip(LETTERS, wide, strict=True)]
    assert sum(narrow) / len(narrow) < 1.15, "so much room is left that lines break too soon"


def test_all_words_of_the_map_are_inside_their_boxes(rules: Page) -> None:
    assert rules.locator(".parts text").count() > 100
    assert rules.evaluate(OUTSIDE) == []


def test_open_from_top_to_bottom_it_neither_scrolls_sideways_nor_offends_axe(rules: Page) -> None:
    rules.evaluate("document.querySelectorAll('main details').forEach((one) => one.open = true)")
    assert rules.evaluate("document.documentElement.scrollWidth") == 320
    assert axe_violations(rules) == []


def test_on_paper_everything_is_open(rules: Page) -> None:
    rules.emulate_media(media="print")
    for words in ("The map in words", "If the answer is “Pain since a fall or a knock”"):
        assert rules.get_by_text(words).last.is_visible()
    assert rules.locator("summary").first.is_visible()
