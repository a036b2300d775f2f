"""What only a browser can show of the one question at the foot of a page."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from playwright.sync_api import BrowserContext, Page, ViewportSize, expect
from pytest_django.live_server_helper import LiveServer

from guide.counting.pages import buffer
from guide.models import Edition, PageCount
from tests.browser.conftest import axe_violations
from tests.browser.test_offline import SETTLED

pytestmark = pytest.mark.browser

ARTICLE = "/guide/food-and-drink/"


def answers() -> list[tuple[str, int, int]]:
    buffer.flush()
    return list(PageCount.objects.exclude(yes=0, no=0).values_list("page", "yes", "no"))


def test_without_javascript_an_answer_leads_to_thanks_and_back(
    new_context: Callable[..., BrowserContext], live_server: LiveServer, guide: list[Edition]
) -> None:
    page = new_context(java_script_enabled=False).new_page()
    page.goto(live_server.url + ARTICLE)
    page.get_by_role("button", name="No", exact=True).click()
    expect(page.get_by_role("heading", name="Thank you")).to_be_visible()
    assert answers() == [(ARTICLE, 0, 1)]
    page.get_by_role("link", name="Back to: Food and drink").click()
    expect(page).to_have_url(live_server.url + ARTICLE)
    assert page.context.cookies() == []


def test_where_htmx_is_already_thanks_come_in_place_and_take_the_focus(
    quiet: Page, live_server: LiveServer, guide: list[Edition]
) -> None:
    quiet.goto(live_server.url + "/faq/")
    quiet.get_by_role("button", name="Yes", exact=True).click()
    thanks = quiet.get_by_text("Thank you.")
    expect(thanks).to_be_focused()
    expect(quiet).to_have_url(live_server.url + "/faq/")
    assert answers() == [("/faq/", 1, 0)]
    assert axe_violations(quiet) == []


@pytest.mark.parametrize("width", [320, 1280])
def test_both_buttons_are_large_enough_for_a_thumb(
    quiet: Page, live_server: LiveServer, guide: list[Edition], width: int
) -> None:
    quiet.set_viewport_size(ViewportSize(width=width, height=640))
    quiet.goto(live_server.url + ARTICLE)
    for button in quiet.locator(".useful button").all():
        box = button.bounding_box()
        assert box
        assert min(box["width"], box["height"]) >= 44


def test_a_page_that_comes_through_the_worker_counts_and_what_the_worker_saves_does_not(
    context: BrowserContext, live_server: LiveServer, guide: list[Edition]
) -> None:
    page = context.new_page()
    page.goto(live_server.url + "/stretches/")
    page.evaluate(SETTLED)
    page.wait_for_function("navigator.serviceWorker.controller")
    page.goto(live_server.url + ARTICLE)
    buffer.flush()
    assert dict(PageCount.objects.values_list("page", "views")) == {"/stretches/": 1, ARTICLE: 1}
