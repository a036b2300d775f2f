"""A reader with nothing but a keyboard, who must see at each step where they are."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise

import pytest
from playwright.sync_api import Locator, Page

from tests.browser.measures import Place, measure, place

#: More stops than any page has, but for the whole guide.
MOST = 250
FOCUSED = "document.activeElement"


def press(page: Page, key: str) -> None:
    """Press a key. What has the focus afterwards must be marked, and nothing may lie on it."""
    page.keyboard.press(key)
    marked = measure(page, "focus")
    assert marked == [], f"{key} on {page.url}: {marked}"


def follow(page: Page, address: str) -> None:
    """Press Enter on a link, and wait for the page that it leads to."""
    page.keyboard.press("Enter")
    page.wait_for_url(f"**{address}")


def tab_to(page: Page, wanted: Locator) -> None:
    """Press Tab until something wanted has the focus."""
    for _ in range(MOST):
        press(page, "Tab")
        if wanted.evaluate(f"found => found === {FOCUSED}"):
            return
    pytest.fail(f"Tab does not lead to {wanted}")


def walk(page: Page) -> list[str]:
    """Press Tab through the whole page, and say where the focus is lost or goes astray."""
    wrong: list[str] = []
    stops: list[Place] = []
    page.evaluate(f"window.first = null, {FOCUSED}.blur()")
    for _ in range(MOST):
        page.keyboard.press("Tab")
        if page.evaluate(f"{FOCUSED} === document.body || {FOCUSED} === first"):
            return wrong + list(astray(stops))
        page.evaluate(f"first ||= {FOCUSED}")
        wrong += measure(page, "focus")
        if stop := place(page):
            stops.append(stop)
    return [*wrong, "there is no end to it"]


def astray(stops: list[Place]) -> Iterator[str]:
    """Say which stop lies above the one before it, or in the same row to the left of it."""
    for one, two in pairwise(stops):
        above = two.bottom <= one.top + 1 and two.left < one.right - 1
        same_row = min(one.bottom, two.bottom) - max(one.top, two.top) > 10
        if above or (same_row and two.right <= one.left + 1):
            yield f"{two.name} comes after {one.name}"
