"""Search as a reader uses it: results come while typing, and Back and no script work as ever."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import BrowserContext, Locator, Page, expect
from pytest_django.live_server_helper import LiveServer

from guide.models import Edition
from tests.browser.conftest import axe_violations
from tests.browser.test_reading import DESKTOP, PHONE, THEMES, ZOOMED, choose_theme

pytestmark = [pytest.mark.browser, pytest.mark.usefixtures("searchable")]


def field(page: Page) -> Locator:
    return page.get_by_role("searchbox", name="Search the guide")


def test_results_come_while_typing_and_the_address_follows(
    quiet: Page, live_server: LiveServer
) -> None:
    quiet.set_viewport_size(PHONE)
    quiet.goto(live_server.url + "/search/")
    quiet.evaluate("window.same = true")
    box = field(quiet)
    box.press_sequentially("charley horse", delay=20)
    expect(quiet.get_by_role("link", name="Stretch the cramp now")).to_be_visible()
    expect(quiet.get_by_role("status").filter(has_text="results")).to_have_text(
        "The best 18 results"
    )
    quiet.wait_for_url(re.compile(r"/search/\?q=charley(%20|\+)horse$"))
    expect(box).to_be_focused()
    expect(box).to_have_value("charley horse")
    expect(quiet).to_have_title("Search – LegRelief")
    assert quiet.evaluate("window.same") is True


def test_typing_is_one_step_back_and_back_from_a_result_shows_the_results_again(
    quiet: Page, live_server: LiveServer
) -> None:
    quiet.goto(live_server.url + "/faq/")
    quiet.goto(live_server.url + "/search/")
    box = field(quiet)
    for typed in ("magnes", "magnesium"):
        box.fill(typed)
        quiet.wait_for_url(f"**/search/?q={typed}")
    result = quiet.get_by_role("link", name="Does magnesium help leg cramps?")
    result.click()
    quiet.wait_for_url("**/faq/#*")
    quiet.go_back()
    expect(box).to_have_value("magnesium")
    expect(result).to_be_visible()
    expect(quiet.get_by_role("link", name="About")).to_be_visible()
    quiet.go_back()
    quiet.wait_for_url("**/faq/")


def test_an_answer_that_comes_late_does_not_replace_a_newer_one(
    quiet: Page, live_server: LiveServer
) -> None:
    quiet.goto(live_server.url + "/search/")
    box = field(quiet)
    with quiet.expect_request("**/search/?q=shoes"):
        box.fill("shoes")
    box.fill("quinine")
    quiet.wait_for_url("**/search/?q=quinine")
    expect(quiet.get_by_role("link", name="Shoes", exact=True)).to_have_count(0)


def test_the_sign_comes_while_typing_and_can_be_called(
    quiet: Page, live_server: LiveServer
) -> None:
    quiet.goto(live_server.url + "/search/")
    field(quiet).fill("my leg is numm")
    expect(quiet.get_by_role("link", name="Call 911").first).to_be_visible()


def test_it_works_without_javascript(
    new_context: Callable[..., BrowserContext], live_server: LiveServer
) -> None:
    page = new_context(java_script_enabled=False).new_page()
    page.goto(live_server.url + "/guide/")
    field(page).fill("swolen calf")
    page.get_by_role("button", name="Search").click()
    expect(page).to_have_url(live_server.url + "/search/?q=swolen+calf")
    expect(page.get_by_text("Showing results for swollen calf")).to_be_visible()
    expect(page.locator("#results .care.urgent")).to_be_visible()
    expect(page.get_by_role("heading", name="Read", exact=True)).to_be_visible()


@pytest.mark.parametrize("theme", THEMES)
@pytest.mark.parametrize("query", ["", "?q=cramp", "?q=clot", "?q=xyzzy"])
def test_axe_finds_nothing_wrong(
    page: Page, live_server: LiveServer, query: str, theme: str
) -> None:
    page.set_viewport_size(PHONE)
    choose_theme(page, theme)
    page.goto(f"{live_server.url}/search/{query}")
    assert axe_violations(page) == []


def test_nothing_scrolls_sideways(quiet: Page, live_server: LiveServer) -> None:
    for size in (PHONE, DESKTOP, ZOOMED):
        quiet.set_viewport_size(size)
        for address in ("/search/", "/search/?q=cramp", "/search/?q=clot", "/guide/", "/faq/"):
            quiet.goto(live_server.url + address)
            assert not quiet.evaluate("document.documentElement.scrollWidth > innerWidth"), address


def test_with_letters_twice_as_large_there_is_room_to_type(
    large: Page, live_server: LiveServer, guide: list[Edition]
) -> None:
    large.set_viewport_size(PHONE)
    large.goto(live_server.url + "/search/")
    box = field(large).bounding_box()
    assert box
    assert box["width"] > PHONE["width"] / 2
