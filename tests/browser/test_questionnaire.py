"""A whole questionnaire in a browser: without JavaScript, with htmx, and back again."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from playwright.sync_api import BrowserContext, Page, expect
from pytest_django.live_server_helper import LiveServer

from guide.models import Edition
from tests.browser.conftest import axe_violations

pytestmark = pytest.mark.browser

#: An ordinary night cramp: question by question, the answer that a reader gives.
CRAMP = (
    "No, none of these",
    "No, none of these changes",
    "No, none of these",
    "Back of my lower leg (calf)",
    "A sudden, tight knot in a muscle (a cramp)",
    "It wakes me suddenly from sleep",
    "No, none of these",
    "None of these",
)


def answer(page: Page, words: str) -> None:
    page.get_by_label(words, exact=True).check()
    page.get_by_role("button", name="Continue").click()


def answer_all(page: Page) -> None:
    for words in CRAMP:
        answer(page, words)
    page.get_by_role("link", name="See what to do").click()


def test_an_ordinary_cramp_is_answered_without_javascript(
    new_context: Callable[..., BrowserContext], live_server: LiveServer, guide: list[Edition]
) -> None:
    page = new_context(java_script_enabled=False).new_page()
    page.goto(live_server.url + "/check/legs/")
    page.get_by_role("link", name="Start now").click()
    answer_all(page)
    expect(page).to_have_title("Your results – LegRelief")
    expect(page.get_by_text("Nothing you told us needs urgent care")).to_be_visible()
    expect(page.get_by_role("link", name="Stretch the cramp now")).to_be_visible()


def test_with_htmx_the_focus_follows_and_back_shows_the_answer(
    quiet: Page, live_server: LiveServer, guide: list[Edition]
) -> None:
    quiet.goto(live_server.url + "/check/legs/q/now/")
    answer(quiet, CRAMP[0])
    quiet.wait_for_url("**/q/leg/")
    expect(quiet.get_by_role("heading", level=1)).to_be_focused()
    answer(quiet, CRAMP[1])
    quiet.wait_for_url("**/q/signs/")
    quiet.go_back()
    quiet.wait_for_url("**/q/leg/")
    expect(quiet.get_by_label(CRAMP[1], exact=True)).to_be_checked()
    answer(quiet, CRAMP[1])
    for words in CRAMP[2:]:
        answer(quiet, words)
    quiet.get_by_role("link", name="See what to do").click()
    expect(quiet.get_by_text("Nothing you told us needs urgent care")).to_be_visible()
    assert axe_violations(quiet) == []


def test_an_error_is_shown_in_place_and_takes_the_focus(
    page: Page, live_server: LiveServer, guide: list[Edition]
) -> None:
    page.goto(live_server.url + "/check/legs/q/now/")
    page.get_by_role("button", name="Continue").click()
    summary = page.get_by_role("alert").filter(has_text="There is a problem")
    expect(summary).to_be_focused()
    expect(page).to_have_title("Error: Why do my legs ache? – LegRelief")
    assert axe_violations(page) == []


def test_an_emergency_shows_the_card_and_nothing_to_read(
    quiet: Page, live_server: LiveServer, guide: list[Edition]
) -> None:
    quiet.goto(live_server.url + "/check/legs/q/now/")
    quiet.get_by_label("Chest pain, trouble breathing, or coughing up blood").check()
    quiet.get_by_role("button", name="Continue").click()
    quiet.wait_for_url("**/result/")
    expect(quiet.get_by_role("link", name="Call 911").first).to_be_visible()
    assert quiet.locator("main a[href^='/guide/']").count() == 0
    assert axe_violations(quiet) == []


def test_no_answer_is_left_in_the_browser_but_in_the_cookie(
    page: Page, live_server: LiveServer, guide: list[Edition]
) -> None:
    page.goto(live_server.url + "/check/legs/q/now/")
    answer(page, CRAMP[0])
    page.wait_for_url("**/q/leg/")
    kept = page.evaluate("JSON.stringify([{...localStorage}, {...sessionStorage}])")
    assert "n0" not in kept
    assert "answer" not in kept
    assert page.evaluate("document.cookie") == ""


def test_the_questions_are_answered_with_the_keyboard_only(
    quiet: Page, live_server: LiveServer, guide: list[Edition]
) -> None:
    quiet.goto(live_server.url + "/check/legs/q/now/")
    quiet.keyboard.press("Tab")
    expect(quiet.get_by_role("link", name="Skip to the main part")).to_be_focused()
    quiet.keyboard.press("Enter")
    none = quiet.get_by_label(CRAMP[0], exact=True)
    for _ in range(20):
        quiet.keyboard.press("Tab")
        if none.evaluate("input => input === document.activeElement"):
            break
    quiet.keyboard.press("Space")
    expect(none).to_be_checked()
    quiet.keyboard.press("Enter")
    quiet.wait_for_url("**/q/leg/")
    expect(quiet.get_by_role("heading", level=1)).to_be_focused()
