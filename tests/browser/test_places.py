"""The leg is the index: tapped, or followed by keyboard, it brings one list."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from playwright.sync_api import BrowserContext, Page, expect
from pytest_django.live_server_helper import LiveServer

from tests.browser.conftest import axe_violations
from tests.browser.test_reading import PHONE, THEMES, ZOOMED, choose_theme

pytestmark = [pytest.mark.browser, pytest.mark.usefixtures("guide")]

CALF = "/guide/?part=calf"


def test_a_tap_on_the_drawing_brings_the_list_and_back_undoes_it(
    quiet: Page, live_server: LiveServer
) -> None:
    quiet.set_viewport_size(PHONE)
    quiet.goto(live_server.url + "/guide/")
    quiet.evaluate("window.same = true")
    quiet.locator(".leg a.back[data-part=calf]").click()
    quiet.wait_for_url("**" + CALF)
    heading = quiet.get_by_role("heading", name="Calf", exact=True)
    expect(heading).to_be_focused()
    expect(heading).to_be_in_viewport()
    expect(quiet).to_have_title("Calf: causes, stretches, signs – LegRelief")
    assert quiet.evaluate("window.same") is True
    quiet.go_back()
    expect(quiet.get_by_role("heading", name="Ease a cramp")).to_be_visible()
    expect(heading).to_have_count(0)


def test_the_keyboard_reaches_each_part_once_and_none_in_the_drawing(
    quiet: Page, live_server: LiveServer
) -> None:
    quiet.goto(live_server.url + "/guide/")
    parts = quiet.get_by_role("navigation", name="Parts of the leg").get_by_role("link")
    expect(parts).to_have_count(7)
    parts.first.focus()
    for place in range(1, 7):
        quiet.keyboard.press("Tab")
        expect(parts.nth(place)).to_be_focused()
    quiet.keyboard.press("Tab")
    assert quiet.evaluate("!document.activeElement.closest('.leg')")
    parts.nth(3).press("Enter")
    expect(quiet.get_by_role("heading", name="Knee", exact=True)).to_be_focused()


def test_each_region_of_the_drawing_leads_to_its_part(quiet: Page, live_server: LiveServer) -> None:
    quiet.goto(live_server.url + "/")
    for link in quiet.locator(".leg a").all():
        box = link.bounding_box()
        assert box
        assert min(box["width"], box["height"]) >= 44
        part = link.get_attribute("data-part")
        assert (link.get_attribute("href") or "").endswith(f"?part={part}")


def test_without_javascript_the_same_address_has_the_same_list(
    new_context: Callable[..., BrowserContext], live_server: LiveServer
) -> None:
    page = new_context(java_script_enabled=False).new_page()
    page.goto(live_server.url + "/")
    page.locator(".leg a.front[data-part=shin]").click()
    expect(page.get_by_role("heading", name="Shin", exact=True)).to_be_visible()
    expect(page.get_by_role("heading", name="Warning signs")).to_be_visible()


@pytest.mark.parametrize("theme", THEMES)
def test_axe_finds_nothing_wrong(page: Page, live_server: LiveServer, theme: str) -> None:
    page.set_viewport_size(PHONE)
    choose_theme(page, theme)
    page.goto(live_server.url + CALF)
    assert axe_violations(page) == []


def test_it_scrolls_to_no_side_on_the_smallest_screen(quiet: Page, live_server: LiveServer) -> None:
    quiet.set_viewport_size(ZOOMED)
    for address in ("/", "/guide/", CALF, "/stretches/", "/stretches/heel-on-step-hamstring/"):
        quiet.goto(live_server.url + address)
        assert not quiet.evaluate("document.documentElement.scrollWidth > innerWidth"), address


def test_in_forced_colors_the_chosen_part_is_seen(quiet: Page, live_server: LiveServer) -> None:
    quiet.emulate_media(forced_colors="active")
    quiet.goto(live_server.url + CALF)
    fills = [
        quiet.locator(f".leg path[data-part={part}]").first.evaluate(
            "path => getComputedStyle(path).fill"
        )
        for part in ("calf", "hip")
    ]
    assert fills[0] != fills[1]
