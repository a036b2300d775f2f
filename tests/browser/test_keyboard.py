"""Each journey with Tab, Enter, Space, arrows and Escape; focus is seen at every step."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page, ViewportSize, expect
from pytest_django.live_server_helper import LiveServer

from guide.models import Edition
from tests.browser.keys import follow, press, tab_to, walk
from tests.browser.kinds import KINDS, ROUTINE, visited
from tests.browser.test_reading import DESKTOP, PHONE, ZOOMED

pytestmark = pytest.mark.browser

WALKED = {
    name: kind
    for name, kind in KINDS.items()
    if name
    in {
        *("home", "home, cramp open", "guide", "article", "stretches", "stretch", "own routine"),
        *(
            "timer, run",
            "timer, sore",
            "cramp",
            "answers to questions",
            "search, found",
            "help",
            "start",
        ),
        *("question with many answers", "question with a leg", "question with a mistake"),
        *("answers", "result, emergency", "result, doctor", "summary", "not found"),
    }
}


@pytest.fixture
def phone(page: Page, live_server: LiveServer, guide: list[Edition]) -> Page:
    page.set_viewport_size(PHONE)
    page.goto(live_server.url)
    return page


@pytest.mark.parametrize("size", [PHONE, ZOOMED, DESKTOP], ids=["phone", "zoomed", "desktop"])
def test_tab_goes_through_a_page_in_reading_order_and_the_focus_is_never_hidden(
    page: Page, live_server: LiveServer, guide: list[Edition], size: ViewportSize
) -> None:
    page.set_viewport_size(size)
    wrong = {name: walk(page) for name in visited(page, live_server, WALKED)}
    assert {name: found for name, found in wrong.items() if found} == {}


def test_a_cramp_is_eased_from_the_home_page(phone: Page) -> None:
    link = phone.get_by_role("link", name="Ease a cramp now")
    tab_to(phone, link)
    press(phone, "Enter")
    dialog = phone.get_by_role("dialog", name="Cramp now")
    tab_to(phone, dialog.get_by_role("radio", name="Calf"))
    press(phone, "ArrowRight")
    expect(dialog.get_by_role("radio", name="Calf")).not_to_be_checked()
    tab_to(phone, dialog.get_by_label("Someone is helping me"))
    press(phone, "Space")
    expect(dialog.get_by_text("For the one who helps:").locator("visible=true")).not_to_have_count(
        0
    )
    tab_to(phone, dialog.get_by_role("button", name="Count with me"))
    press(phone, "Enter")
    expect(dialog.get_by_role("button", name="Stop counting")).to_be_focused()
    press(phone, "Escape")
    expect(link).to_be_focused()


def test_an_article_is_read_from_the_menu_and_left_for_the_guide(phone: Page) -> None:
    menu = phone.get_by_role("navigation", name="Main")
    tab_to(phone, phone.get_by_role("button", name="Menu"))
    press(phone, "Enter")
    tab_to(phone, menu.get_by_role("link", name="Guide"))
    follow(phone, "/guide/")
    press(phone, "Tab")
    press(phone, "Enter")  # skips to the main part
    tab_to(phone, phone.get_by_role("heading", name="Ease a cramp").get_by_role("link"))
    follow(phone, "/guide/ease-a-cramp/")
    tab_to(phone, phone.get_by_role("navigation", name="On this page").get_by_text("Heat and cold"))
    press(phone, "Enter")
    expect(phone.get_by_role("heading", name="Heat and cold")).to_be_in_viewport()
    press(phone, "Tab")
    assert phone.evaluate("!!document.activeElement.closest('[aria-labelledby=heat-cold]')")
    tab_to(phone, phone.get_by_role("navigation", name="Quick links").get_by_text("Guide"))
    follow(phone, "/guide/")


def test_a_routine_is_followed_paused_and_stopped_when_it_hurts(
    phone: Page, live_server: LiveServer
) -> None:
    phone.goto(live_server.url + ROUTINE)
    start = phone.get_by_role("button", name="Start", exact=True)
    tab_to(phone, start)
    press(phone, "Enter")
    expect(phone.get_by_role("button", name="Pause")).to_be_focused()
    press(phone, "Space")
    expect(phone.get_by_role("button", name="Carry on")).to_be_focused()
    press(phone, "Space")
    tab_to(phone, phone.get_by_role("button", name="Too sore"))
    press(phone, "Enter")
    tab_to(phone, phone.get_by_role("button", name="Stop for tonight"))
    press(phone, "Enter")
    expect(phone.get_by_role("button", name="Back to the page")).to_be_focused()
    press(phone, "Enter")
    expect(start).to_be_focused()


def test_a_position_is_chosen_and_the_list_follows(phone: Page, live_server: LiveServer) -> None:
    phone.goto(live_server.url + "/stretches/")
    tab_to(phone, phone.locator("main").get_by_role("radio", name="All"))
    press(phone, "ArrowRight")
    expect(phone.get_by_role("link", name="Heel on a step")).to_be_visible()
    press(phone, "ArrowRight")
    expect(phone.get_by_role("link", name="Heel on a step")).to_be_hidden()


def test_the_light_is_chosen_and_focus_goes_back_to_its_button(phone: Page) -> None:
    light = phone.get_by_role("button", name="Light")
    tab_to(phone, light)
    press(phone, "Enter")
    tab_to(phone, phone.get_by_role("radio", name="Auto"))
    press(phone, "ArrowDown")
    assert phone.evaluate("document.documentElement.dataset.theme") == "night"
    press(phone, "ArrowDown")
    assert phone.evaluate("document.documentElement.dataset.theme") == "dim"
    press(phone, "Escape")
    expect(phone.get_by_role("radio", name="Dim")).to_be_hidden()
    expect(light).to_be_focused()
