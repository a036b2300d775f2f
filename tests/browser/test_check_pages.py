"""What only a browser can show of the pages of the questionnaire, on a screen and on paper."""

from __future__ import annotations

from typing import Literal

import pytest
from playwright.sync_api import Page, expect
from pytest_django.live_server_helper import LiveServer

from guide.models import Edition
from tests.browser.checks import HELPER, flow
from tests.browser.kinds import LEG_TO_TAP
from tests.browser.test_reading import PHONE, ZOOMED

pytestmark = pytest.mark.browser


@pytest.mark.parametrize("slug", ["legs", HELPER, "child"])
def test_the_start_is_on_the_first_screen_of_a_phone_below_the_help(
    page: Page, live_server: LiveServer, guide: list[Edition], slug: str
) -> None:
    page.set_viewport_size(PHONE)
    page.goto(f"{live_server.url}/check/{slug}/")
    expect(page.get_by_role("link", name="Start now")).to_be_in_viewport(ratio=1)
    expect(page.locator("main a[href='/cramp/']")).to_be_in_viewport(ratio=1)
    expect(page.locator("main .care.emergency")).to_be_in_viewport(ratio=1)


def test_a_tap_on_the_leg_chooses_the_answer_at_every_size(
    page: Page, live_server: LiveServer, guide: list[Edition]
) -> None:
    page.set_viewport_size(ZOOMED)
    page.goto(live_server.url + LEG_TO_TAP)
    for spot in page.locator(".leg label").all():
        box = spot.bounding_box()
        assert box
        assert min(box["width"], box["height"]) >= 48
        spot.click()
        expect(page.locator(f"#{spot.get_attribute('for')}")).to_be_checked()
    assert page.locator("input[name=answer]:checked").count() == 1


@pytest.mark.parametrize("forced", [None, "active"])
def test_the_chosen_part_of_the_leg_and_its_answer_stand_out(
    page: Page,
    live_server: LiveServer,
    guide: list[Edition],
    forced: Literal["active"] | None,
) -> None:
    page.emulate_media(forced_colors=forced or "none")
    page.goto(live_server.url + LEG_TO_TAP)
    page.locator("#option-calf").check()
    looks = "found => (look => look.fill + look.outline + look.border)(getComputedStyle(found))"
    chosen = page.locator(".leg path[data-part=calf], .option:has(:checked)")
    other = page.locator(".leg path[data-part=shin], .option:has(#option-shin)")
    for one, another in zip(chosen.all(), other.all(), strict=True):
        assert one.evaluate(looks) != another.evaluate(looks)


def test_screen_readers_hear_the_words_of_an_answer_and_not_those_of_the_picture(
    page: Page, live_server: LiveServer, guide: list[Edition]
) -> None:
    page.goto(live_server.url + LEG_TO_TAP)
    tree = page.context.new_cdp_session(page).send("Accessibility.getFullAXTree")
    heard = [
        node["name"]["value"]
        for node in tree["nodes"]
        if node.get("role", {}).get("value") == "radio"
    ]
    where = next(asked for asked in flow("legs").questions if asked.slug == "where")
    assert heard == [option.text for option in where.options]


def test_only_the_chosen_words_are_printed_beside_no_picture(
    page: Page, live_server: LiveServer, guide: list[Edition]
) -> None:
    page.goto(live_server.url + LEG_TO_TAP)
    page.locator("#option-calf").check()
    page.emulate_media(media="print")
    expect(page.locator(".leg")).to_be_hidden()
    expect(page.locator(".option:visible")).to_have_count(1)
    expect(page.locator("#option-calf")).to_be_visible()
