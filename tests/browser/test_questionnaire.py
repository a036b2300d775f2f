"""A whole questionnaire in a browser: without JavaScript, with htmx, by keyboard, offline."""

from __future__ import annotations

from collections.abc import Callable
from typing import Literal
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import BrowserContext, Page, Route, expect
from pytest_django.live_server_helper import LiveServer

from guide.models import Edition
from tests.browser.checks import CRAMP, HELPER, answer, answer_all, asked
from tests.browser.conftest import axe_violations
from tests.browser.keys import tab_to

pytestmark = pytest.mark.browser

NOW = "/check/legs/q/now/"
WHERE = "/check/legs/q/where/?change=1"


def start(page: Page, live_server: LiveServer, slug: str) -> None:
    page.goto(f"{live_server.url}/check/{slug}/")
    page.get_by_role("link", name="Start now").click()


def see_what_to_do(page: Page) -> None:
    page.get_by_role("link", name="See what to do").click()
    expect(page).to_have_title("Your results – LegRelief")


def test_an_ordinary_cramp_is_answered_without_javascript(
    new_context: Callable[..., BrowserContext], live_server: LiveServer, guide: list[Edition]
) -> None:
    page = new_context(java_script_enabled=False).new_page()
    start(page, live_server, "legs")
    answer(page, "none")
    answer(page, "none")
    page.go_back()
    expect(page.locator("#option-none")).to_be_checked()
    page.go_back()
    expect(page.locator("#option-none")).to_be_checked()
    page.go_forward()
    page.go_forward()
    answer_all(page, CRAMP)
    see_what_to_do(page)
    expect(page.get_by_text("Nothing you told us needs urgent care")).to_be_visible()
    expect(page.get_by_role("link", name="Stretch the cramp now")).to_be_visible()


def travel(page: Page, way: Literal["back", "forward"]) -> None:
    """Go through the history; htmx, which keeps no copies, loads the page anew."""
    with page.expect_event("load"):
        page.evaluate("way => history[way]()", way)


def test_with_htmx_the_focus_follows_and_back_and_forward_show_the_answers(
    quiet: Page, live_server: LiveServer, guide: list[Edition]
) -> None:
    start(quiet, live_server, "legs")
    answer(quiet, "none")
    expect(quiet.get_by_role("heading", level=1)).to_be_focused()
    answer(quiet, "none")
    travel(quiet, "back")
    expect(quiet.locator("#option-none")).to_be_checked()
    travel(quiet, "back")
    assert asked(quiet) == "now"
    expect(quiet.locator("#option-none")).to_be_checked()
    travel(quiet, "forward")
    assert asked(quiet) == "leg"
    expect(quiet.locator("#option-none")).to_be_checked()
    answer_all(quiet, CRAMP)
    see_what_to_do(quiet)
    expect(quiet.get_by_text("Nothing you told us needs urgent care")).to_be_visible()
    assert axe_violations(quiet) == []


@pytest.mark.parametrize(
    ("slug", "said"), [("child", {"age": "3-to-12", "feel": "both-ache"}), (HELPER, CRAMP)]
)
def test_a_child_and_another_adult_are_answered_for_as_well(
    quiet: Page, live_server: LiveServer, guide: list[Edition], slug: str, said: dict[str, str]
) -> None:
    quiet.goto(live_server.url + "/check/legs/")
    quiet.locator(f"main a[href='/check/{slug}/']").click()
    quiet.get_by_role("link", name="Start now").click()
    answer_all(quiet, said)
    see_what_to_do(quiet)
    expect(quiet.get_by_text("Nothing you told us needs urgent care")).to_be_visible()


def test_the_questions_are_answered_with_the_keyboard_only(
    quiet: Page, live_server: LiveServer, guide: list[Edition]
) -> None:
    quiet.goto(live_server.url + "/check/legs/")
    tab_to(quiet, quiet.get_by_role("link", name="Start now"))
    quiet.keyboard.press("Enter")
    quiet.wait_for_url("**/q/now/")
    quiet.keyboard.press("Tab")
    expect(quiet.get_by_role("link", name="Skip to the main part")).to_be_focused()
    quiet.keyboard.press("Enter")
    while asked(quiet) != "answers":
        question = asked(quiet)
        wanted = quiet.locator(f"#option-{CRAMP.get(question, 'none')}")
        if wanted.get_attribute("type") == "radio":
            tab_to(quiet, quiet.locator("[name=answer]").first)
            quiet.keyboard.press("Space")
            while not wanted.is_checked():
                quiet.keyboard.press("ArrowDown")
        else:
            tab_to(quiet, wanted)
            quiet.keyboard.press("Space")
        quiet.keyboard.press("Enter")
        expect(quiet.get_by_role("heading", level=1)).to_be_focused()
        assert asked(quiet) != question
    tab_to(quiet, quiet.get_by_role("link", name="See what to do"))
    quiet.keyboard.press("Enter")
    expect(quiet).to_have_title("Your results – LegRelief")


def test_an_error_is_shown_in_place_takes_the_focus_and_leads_to_an_answer(
    page: Page, live_server: LiveServer, guide: list[Edition]
) -> None:
    page.goto(live_server.url + NOW)
    go_on = page.get_by_role("button", name="Continue")
    go_on.click()
    summary = page.get_by_role("alert").filter(has_text="There is a problem")
    expect(summary).to_be_focused()
    expect(page).to_have_title("Error: Why do my legs ache? – LegRelief")
    summary.get_by_role("link").click()
    expect(page.locator("[name=answer]").first).to_be_focused()
    go_on.click()
    expect(summary).to_contain_text("read all the warning signs")
    expect(summary).to_be_focused()
    answer(page, "none")
    assert asked(page) == "leg"


def test_a_mistake_told_in_place_is_no_page_to_go_back_to(
    page: Page, live_server: LiveServer, guide: list[Edition]
) -> None:
    start(page, live_server, "legs")
    page.wait_for_url("**/q/now/")
    for _ in range(3):
        with page.expect_response("**/q/now/"):
            page.get_by_role("button", name="Continue").click()
        expect(page.get_by_role("alert").filter(has_text="There is a problem")).to_be_focused()
    travel(page, "back")
    assert urlsplit(page.url).path == "/check/legs/"


@pytest.mark.parametrize("size", [(1280, 800), (360, 740)])
@pytest.mark.parametrize("slug", ["legs", "child"])
def test_continue_hides_no_answer_that_has_the_focus(
    page: Page, live_server: LiveServer, guide: list[Edition], slug: str, size: tuple[int, int]
) -> None:
    page.set_viewport_size({"width": size[0], "height": size[1]})
    page.goto(f"{live_server.url}/check/{slug}/q/now/")
    for option in page.locator(".option").all():
        tab_to(page, option.locator("input"))
        box, bar = option.bounding_box(), page.locator(".continue").bounding_box()
        assert box
        assert bar
        assert box["y"] + box["height"] <= bar["y"]


def test_who_answers_questions_that_were_withdrawn_gets_the_page_that_says_so(
    page: Page, live_server: LiveServer, guide: list[Edition]
) -> None:
    page.goto(live_server.url + NOW)
    live = Edition.objects.get(kind="questionnaire", slug="legs")
    live.pk, live.number, live.withdrawn, live.note = None, live.number + 1, True, "It was wrong."
    live._state.adding = True
    live.save()
    page.locator("#option-none").check()
    page.get_by_role("button", name="Continue").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("These questions are closed")
    expect(page.locator("main")).to_contain_text("It was wrong.")
    expect(page.locator("main .care.emergency a[href='tel:911']")).to_be_visible()


def test_an_emergency_shows_the_card_and_nothing_to_read(
    quiet: Page, live_server: LiveServer, guide: list[Edition]
) -> None:
    quiet.goto(live_server.url + NOW)
    answer(quiet, "breath")
    quiet.wait_for_url("**/result/")
    expect(quiet.get_by_role("link", name="Call 911").first).to_be_visible()
    assert quiet.locator("main a[href^='/guide/']").count() == 0


def test_no_answer_is_left_in_the_browser_but_in_the_cookie(
    page: Page, live_server: LiveServer, guide: list[Edition]
) -> None:
    page.goto(live_server.url + NOW)
    answer(page, "none")
    kept = page.evaluate("JSON.stringify([{...localStorage}, {...sessionStorage}])")
    assert "n0" not in kept
    assert "answer" not in kept
    assert page.evaluate("document.cookie") == ""


def test_clearing_the_answers_clears_what_htmx_remembers_of_the_questions(
    page: Page, live_server: LiveServer, guide: list[Edition]
) -> None:
    page.goto(live_server.url + NOW)
    answer(page, "none")
    assert "/q/leg/" in page.evaluate("JSON.stringify({...sessionStorage})")
    page.get_by_role("link", name="Clear them").click()
    page.get_by_role("button", name="Clear my answers").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Your answers are cleared")
    assert "/q/" not in page.evaluate("JSON.stringify({...sessionStorage})")


def test_an_answer_sent_without_a_connection_is_not_lost(
    page: Page, live_server: LiveServer, guide: list[Edition]
) -> None:
    page.goto(live_server.url + NOW)
    go_on, trouble = page.get_by_role("button", name="Continue"), page.locator("[data-trouble]")
    page.context.set_offline(True)
    page.locator("#option-none").check()
    go_on.click()
    expect(trouble).to_contain_text("No connection. Your answers are still here. Try again.")
    expect(trouble.get_by_role("link", name="Call 911")).to_be_in_viewport()
    expect(page.locator("#option-none")).to_be_checked()
    expect(go_on).to_be_focused()
    page.context.set_offline(False)
    page.keyboard.press("Enter")
    page.wait_for_url("**/q/leg/")
    travel(page, "back")
    expect(page.locator("#option-none")).to_be_checked()


def test_a_failure_of_ours_is_told_beside_the_button(
    page: Page, live_server: LiveServer, guide: list[Edition]
) -> None:
    page.goto(live_server.url + WHERE)
    page.route("**/q/where/**", lambda route: route.fulfill(status=500, body="Sorry"))
    page.locator("#option-calf").check()
    page.get_by_role("button", name="Continue").click()
    trouble = page.locator("[data-trouble]")
    expect(trouble).to_have_text("That did not work. Your answers are still here. Try again.")
    expect(page.locator("#option-calf")).to_be_checked()


def test_a_slow_answer_says_loading_in_place_of_continue(
    page: Page, live_server: LiveServer, guide: list[Edition]
) -> None:
    held: list[Route] = []

    def hold(route: Route) -> None:
        held.append(route)

    page.goto(live_server.url + NOW)
    page.route("**/q/now/", hold)
    page.locator("#option-none").check()
    page.get_by_role("button", name="Continue").click()
    button = page.locator("form.htmx-request button")
    expect(button.get_by_text("Loading…")).to_be_hidden()
    page.evaluate("document.getAnimations().forEach(animation => animation.finish())")
    expect(button.get_by_text("Loading…")).to_be_visible()
    expect(button.get_by_text("Continue")).to_be_hidden()
    held[0].continue_()
    page.wait_for_url("**/q/leg/")


def test_with_cookies_blocked_the_kind_page_comes_in_place_of_the_question(
    page: Page, live_server: LiveServer, guide: list[Edition]
) -> None:
    page.goto(live_server.url + NOW)
    page.context.clear_cookies()
    page.locator("#option-none").check()
    page.get_by_role("button", name="Continue").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("We could not keep your answers")
    expect(page.get_by_role("heading", level=1)).to_be_focused()
    expect(page.locator("main .care.emergency a[href='tel:911']")).to_be_visible()
