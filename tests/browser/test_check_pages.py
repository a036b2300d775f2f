"""Every kind of page of the questionnaire: accessible in each theme, at each size, on paper."""

from __future__ import annotations

from typing import Literal, NamedTuple

import pytest
from playwright.sync_api import Page, expect
from pytest_django.live_server_helper import LiveServer

from guide.models import Edition
from guide.triage import Answers, Flow, Level
from tests.browser.checks import HELPER, codes, flow, give
from tests.browser.conftest import axe_violations
from tests.browser.test_reading import PHONE, THEMES, ZOOMED

pytestmark = pytest.mark.browser

RESULT = "/check/legs/result/"
LEG_TO_TAP = "/check/legs/q/where/?change=1"


class Kind(NamedTuple):
    """A kind of page: its address, answers given before, the level they come to, a mistake."""

    address: str
    said: dict[str, str] = {}
    level: Level | None = None
    mistake: bool = False


KINDS = {
    "choice": Kind("/check/"),
    "start": Kind("/check/legs/"),
    "start for another": Kind(f"/check/{HELPER}/"),
    "start for a child": Kind("/check/child/"),
    "start half-way": Kind("/check/legs/", {"now": "none"}),
    "many answers": Kind("/check/legs/q/now/"),
    "leg to tap": Kind(LEG_TO_TAP),
    "follow-up": Kind("/check/legs/q/now-check/", {"now": "unsure"}),
    "mistake": Kind("/check/legs/q/now/", mistake=True),
    "answers": Kind("/check/legs/answers/", {"now": "none"}),
    "clear": Kind("/check/clear/", {"now": "none"}),
    **{level.slug: Kind(RESULT, level=level) for level in Level},
}


def given(legs: Flow, kind: Kind) -> Answers:
    """Return the answers before a page; to come to a level, those of the first such case."""
    if kind.level is None:
        return codes(legs, kind.said)
    return next(case.answers for case in legs.cases if case.level == kind.level)


def visit(page: Page, live_server: LiveServer, kind: Kind) -> None:
    if answers := given(flow("legs"), kind):
        give(page, live_server, "legs", answers)
    page.goto(live_server.url + kind.address)
    assert page.url == live_server.url + kind.address
    if kind.mistake:
        page.get_by_role("button", name="Continue").click()
        expect(page.get_by_role("heading", name="There is a problem")).to_be_visible()


@pytest.mark.parametrize("name", KINDS)
def test_axe_finds_nothing_wrong_in_any_theme_and_nothing_scrolls_sideways(
    page: Page, live_server: LiveServer, guide: list[Edition], name: str
) -> None:
    page.set_viewport_size(PHONE)
    visit(page, live_server, KINDS[name])
    for theme in THEMES:
        page.evaluate("theme => legrelief.showTheme(theme)", theme)
        assert axe_violations(page) == [], theme
    page.set_viewport_size(ZOOMED)
    assert not page.evaluate("document.documentElement.scrollWidth > innerWidth")


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
