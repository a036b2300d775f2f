"""What only a browser can show of the reading pages."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import BrowserContext, Page, ViewportSize, expect
from pytest_django.live_server_helper import LiveServer

from guide.models import Edition
from tests.browser.kinds import KINDS, as_it_comes, visit

pytestmark = pytest.mark.browser

THEMES = ("night", "dim", "day")
#: A browser writes down what is answered with an error.
REFUSED = {"/no-such-page/", "/?%00"}
PHONE = ViewportSize(width=360, height=740)
DESKTOP = ViewportSize(width=1280, height=800)
#: What is left of 1280 by 1024 pixels at 400 % zoom.
ZOOMED = ViewportSize(width=320, height=256)


def choose_theme(page: Page, theme: str) -> None:
    page.add_init_script(f"localStorage.setItem('look', '{theme}')")


def test_no_page_writes_to_the_console(
    page: Page, live_server: LiveServer, guide: list[Edition]
) -> None:
    said: list[str] = []
    page.on("console", lambda message: said.append(f"{page.url} {message.text}"))
    page.on("pageerror", lambda error: said.append(f"{page.url} {error}"))
    for kind in KINDS.values():
        if kind.then is as_it_comes and kind.address not in REFUSED:
            visit(page, live_server, kind)
    assert said == []


def test_a_theme_is_kept_on_the_device_and_shown_from_the_first_paint(
    quiet: Page, live_server: LiveServer, guide: list[Edition]
) -> None:
    quiet.emulate_media(color_scheme="dark")
    quiet.goto(live_server.url)
    night = quiet.evaluate("getComputedStyle(document.body).backgroundColor")
    quiet.evaluate("localStorage.setItem('look', 'day')")
    quiet.goto(live_server.url + "/guide/")
    day = quiet.evaluate("getComputedStyle(document.body).backgroundColor")
    assert night != day
    assert quiet.evaluate("document.documentElement.dataset.theme") == "day"


def test_a_theme_chosen_before_its_key_was_renamed_still_counts_and_that_of_the_desk_does_not(
    quiet: Page, live_server: LiveServer, guide: list[Edition]
) -> None:
    quiet.goto(live_server.url + "/guide/")
    quiet.evaluate("localStorage.setItem('theme', 'dim')")
    quiet.reload()
    assert quiet.evaluate("document.documentElement.dataset.theme") == "dim"
    quiet.get_by_role("button", name="Light").click()
    quiet.get_by_label("Auto, as your device is set").check()
    quiet.reload()
    assert quiet.evaluate("document.documentElement.dataset.theme") is None
    assert quiet.evaluate("localStorage.getItem('theme')") == "dim"


def test_a_chosen_country_changes_the_numbers_on_every_page(
    quiet: Page, live_server: LiveServer, guide: list[Edition]
) -> None:
    quiet.goto(live_server.url + "/help/")
    call = quiet.get_by_role("link", name="Call 911")
    expect(call.first).to_be_visible()
    quiet.locator("[data-choose-country]").first.select_option("gb")
    expect(call.first).to_be_hidden()
    quiet.goto(live_server.url + "/guide/when-to-get-help/")
    expect(quiet.get_by_role("link", name="Call 999").first).to_be_visible()
    expect(quiet.get_by_text("911").first).to_be_hidden()


def test_filters_change_the_address_and_back_undoes_them(
    quiet: Page, live_server: LiveServer, guide: list[Edition]
) -> None:
    quiet.goto(live_server.url + "/stretches/")
    everything = quiet.locator("#results li").count()
    quiet.get_by_label("Where").select_option("calf")
    quiet.wait_for_url("**/stretches/?*muscle=calf*")
    expect(quiet.get_by_text("Heel on a step")).to_have_count(0)
    quiet.go_back()
    expect(quiet.locator("#results li")).to_have_count(everything)


def test_filters_work_without_javascript(
    new_context: Callable[..., BrowserContext], live_server: LiveServer, guide: list[Edition]
) -> None:
    page = new_context(java_script_enabled=False).new_page()
    page.goto(live_server.url + "/stretches/")
    page.get_by_label("Position").select_option("bed")
    page.get_by_role("button", name="Show").click()
    expect(page).to_have_url(re.compile("position=bed"))
    expect(page.get_by_text("Heel on a step")).to_have_count(0)


def test_the_address_of_a_section_leads_to_its_heading_below_no_bar(
    quiet: Page, live_server: LiveServer, guide: list[Edition]
) -> None:
    quiet.set_viewport_size(PHONE)
    quiet.goto(live_server.url + "/guide/ease-a-cramp/#heat-cold")
    expect(quiet.locator("#heat-cold")).to_be_in_viewport()
