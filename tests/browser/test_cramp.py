"""Cramp now: there at once, without a request; and the dim page after it."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from playwright.sync_api import BrowserContext, Locator, Page, ViewportSize, expect
from pytest_django.live_server_helper import LiveServer

from guide.models import Edition
from tests.browser.conftest import axe_violations
from tests.browser.test_reading import DESKTOP, PHONE, THEMES, ZOOMED, choose_theme

pytestmark = pytest.mark.browser

NARROW = ViewportSize(width=320, height=640)
OPEN = ".dock [data-cramp]"
FIRST_STEPS = ".muscle:first-of-type .try:first-of-type .steps:first-of-type"
FIRST_FIGURE = ".muscle:first-of-type .figure"

#: The contrast of the first steps with what is behind them, by the formula of WCAG 2.
CONTRAST = """
element => {
  const light = colour => {
    const [r, g, b] = colour.match(/[\\d.]+/g).slice(0, 3).map(part => {
      const share = part / 255;
      return share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4;
    });
    return 0.2126 * r + 0.7152 * g + 0.0722 * b;
  };
  let back = element;
  while (getComputedStyle(back).backgroundColor === "rgba(0, 0, 0, 0)") back = back.parentElement;
  const both = [getComputedStyle(element).color, getComputedStyle(back).backgroundColor].map(light);
  return (Math.max(...both) + 0.05) / (Math.min(...both) + 0.05);
}
"""


@pytest.fixture
def phone(quiet: Page, live_server: LiveServer, guide: list[Edition]) -> Page:
    """The home page on a phone, its console silent."""
    quiet.set_viewport_size(PHONE)
    quiet.goto(live_server.url)
    return quiet


@pytest.fixture
def opened(phone: Page) -> Page:
    phone.locator(OPEN).click()
    return phone


@pytest.fixture
def plain(
    new_context: Callable[..., BrowserContext], live_server: LiveServer, guide: list[Edition]
) -> Page:
    """The page of its own on a phone without JavaScript."""
    page = new_context(java_script_enabled=False, viewport=PHONE).new_page()
    page.goto(live_server.url + "/cramp/")
    return page


def dialog(page: Page) -> Locator:
    return page.get_by_role("dialog", name="Cramp now")


def wide(page: Page) -> bool:
    return bool(page.evaluate("document.documentElement.scrollWidth > innerWidth"))


def test_it_opens_without_a_request_and_without_a_network(phone: Page) -> None:
    phone.wait_for_load_state("networkidle")
    asked: list[str] = []
    phone.on("request", lambda request: asked.append(request.url))
    phone.context.set_offline(True)
    phone.locator(OPEN).click()
    expect(dialog(phone).get_by_role("heading", name="Cramp now")).to_be_focused()
    expect(dialog(phone).get_by_text("Sit up and straighten the cramped leg.")).to_be_visible()
    dialog(phone).locator("label", has_text="Front of thigh").click()
    expect(dialog(phone).get_by_text("Bend the knee of the cramped leg.")).to_be_visible()
    assert asked == []


@pytest.mark.parametrize("way", ["Escape", "Close", "Back"])
def test_it_closes_and_focus_is_back_at_the_button_on_the_same_page(phone: Page, way: str) -> None:
    before = phone.evaluate("history.length")
    phone.locator(OPEN).focus()
    phone.keyboard.press("Enter")
    if way == "Back":
        phone.go_back()
    elif way == "Escape":
        phone.keyboard.press("Escape")
    else:
        dialog(phone).get_by_role("button", name="Close").click()
    expect(dialog(phone)).to_have_count(0)
    expect(phone.locator(OPEN)).to_be_focused()
    phone.wait_for_function("history.state === null")
    assert phone.evaluate("history.length") == before + 1


def test_forward_opens_it_again_and_so_does_coming_back_from_a_link_in_it(opened: Page) -> None:
    opened.go_back()
    opened.go_forward()
    expect(dialog(opened)).to_be_visible()
    dialog(opened).get_by_role("link", name="Every sign").click()
    opened.wait_for_url("**/help/")
    opened.go_back()
    expect(dialog(opened)).to_be_visible()
    opened.keyboard.press("Escape")
    expect(dialog(opened)).to_have_count(0)


def test_closing_it_leaves_filtered_stretches_as_they_were(
    quiet: Page, live_server: LiveServer, guide: list[Edition]
) -> None:
    quiet.set_viewport_size(PHONE)
    quiet.goto(live_server.url + "/stretches/")
    quiet.get_by_label("Where").select_option("calf")
    quiet.wait_for_url("**/stretches/?*muscle=calf*")
    expect(quiet.get_by_text("Heel on a step")).to_have_count(0)
    asked: list[str] = []
    quiet.on("request", lambda request: asked.append(request.resource_type))
    quiet.locator(OPEN).click()
    quiet.keyboard.press("Escape")
    expect(dialog(quiet)).to_have_count(0)
    quiet.locator(OPEN).click()
    quiet.go_back()
    expect(dialog(quiet)).to_have_count(0)
    assert "muscle=calf" in quiet.url
    assert not {"document", "xhr", "fetch"} & set(asked)


def test_the_links_at_the_top_of_a_wide_screen_and_of_the_home_page_open_it_too(
    quiet: Page, live_server: LiveServer, guide: list[Edition]
) -> None:
    quiet.set_viewport_size(DESKTOP)
    quiet.goto(live_server.url)
    for link in (
        quiet.locator("#menu").get_by_role("link", name="Cramp now"),
        quiet.get_by_role("link", name="Ease a cramp now"),
    ):
        link.click()
        expect(dialog(quiet)).to_be_visible()
        quiet.keyboard.press("Escape")
        expect(link).to_be_focused()


def test_a_click_with_a_key_held_down_leads_to_the_page_of_its_own(phone: Page) -> None:
    with phone.context.expect_page() as other:
        phone.locator(OPEN).click(modifiers=["ControlOrMeta"])
    assert other.value.url.endswith("/cramp/")
    expect(dialog(phone)).to_have_count(0)


def test_focus_stays_inside_while_it_is_open(opened: Page) -> None:
    for _ in range(20):
        opened.keyboard.press("Tab")
        assert opened.evaluate(
            "document.activeElement === document.body"  # the browser's own bar
            " || document.getElementById('cramp-now').contains(document.activeElement)"
        )


@pytest.mark.parametrize("theme", THEMES)
@pytest.mark.parametrize("address", ["/about/", "/cramp/"])
def test_the_first_screen_holds_three_large_steps_and_their_figure(
    page: Page, live_server: LiveServer, guide: list[Edition], address: str, theme: str
) -> None:
    page.set_viewport_size(PHONE)
    choose_theme(page, theme)
    page.goto(live_server.url + address)
    if address != "/cramp/":
        page.locator(OPEN).click()
    lines = page.locator(FIRST_STEPS).locator("li")
    expect(lines).to_have_count(3)
    for line in lines.all():
        assert line.evaluate("line => getComputedStyle(line).fontSize") == "21px"
        assert line.evaluate(CONTRAST) >= 9
    figure = page.locator(FIRST_FIGURE).bounding_box()
    bar = page.locator(".cramp-bar").bounding_box()
    assert figure
    assert bar
    assert figure["y"] + figure["height"] <= bar["y"]
    assert bar["y"] + bar["height"] <= PHONE["height"]


@pytest.mark.parametrize("theme", THEMES)
def test_axe_finds_nothing_wrong_with_it_open(
    page: Page, live_server: LiveServer, guide: list[Edition], theme: str
) -> None:
    page.set_viewport_size(PHONE)
    choose_theme(page, theme)
    page.goto(live_server.url)
    page.locator(OPEN).click()
    page.get_by_role("button", name="Count with me").click()
    assert axe_violations(page) == []
    page.get_by_text("Someone is helping me").click()
    assert axe_violations(page) == []


def test_the_muscle_is_chosen_without_javascript(plain: Page) -> None:
    muscles = plain.locator(".muscles label")
    for chosen, label in enumerate(muscles.all()):
        label.click()
        panels = plain.locator(".muscle > .try:first-of-type").all()
        shown = [panel.is_visible() for panel in panels]
        assert shown == [number == chosen for number in range(muscles.count())]
    assert muscles.count() == 4


def test_helper_words_take_the_place_of_the_steps_without_javascript(plain: Page) -> None:
    steps, helper = plain.locator(FIRST_STEPS), plain.get_by_text("Hold their heel. Lean")
    expect(helper).to_be_hidden()
    plain.get_by_text("Someone is helping me").click()
    expect(helper).to_be_visible()
    expect(steps).to_be_hidden()
    plain.locator("label", has_text="Foot and ankle").click()
    expect(plain.get_by_text("With the other, bend the toes slowly")).to_be_visible()
    plain.get_by_text("Someone is helping me").click()
    expect(plain.get_by_text("Sit and take hold of your toes.")).to_be_visible()


def test_without_javascript_the_dock_is_a_link_and_no_button_is_dead(
    plain: Page, live_server: LiveServer
) -> None:
    expect(plain.get_by_role("button", name="Count with me")).to_have_count(0)
    plain.goto(live_server.url)
    plain.locator(OPEN).click()
    plain.wait_for_url("**/cramp/")


def test_it_counts_slowly_to_10_and_again_and_speaks_up_after_10_minutes(phone: Page) -> None:
    phone.clock.install(time=0)
    phone.reload()
    phone.clock.pause_at(60_000)
    phone.locator(OPEN).click()
    number = phone.get_by_role("timer")
    late = phone.get_by_text("10 minutes have gone by")
    phone.get_by_role("button", name="Count with me").click()
    expect(number).to_have_text("1")
    assert number.get_attribute("aria-live") == "off"
    phone.clock.run_for(1500)
    expect(number).to_have_text("2")
    phone.clock.run_for(12_000)
    expect(number).to_have_text("10")
    phone.clock.run_for(1500)
    expect(number).to_have_text("1")
    phone.get_by_role("button", name="Stop counting").click()
    expect(number).to_be_hidden()
    phone.get_by_role("button", name="Count with me").click()
    phone.clock.fast_forward(9 * 60 * 1000)
    expect(late).to_be_hidden()
    phone.clock.fast_forward(60 * 1000)
    expect(late).to_be_visible()
    expect(number).to_be_hidden()
    expect(phone.get_by_role("status").filter(has=late)).to_have_count(1)


def test_closing_it_ends_the_count(opened: Page) -> None:
    opened.get_by_role("button", name="Count with me").click()
    opened.keyboard.press("Escape")
    opened.locator(OPEN).click()
    expect(opened.get_by_role("timer")).to_be_hidden()
    expect(opened.get_by_role("button", name="Count with me")).to_be_visible()


@pytest.mark.parametrize("size", [NARROW, ZOOMED])
def test_it_fits_a_narrow_screen_and_400_percent(phone: Page, size: ViewportSize) -> None:
    phone.set_viewport_size(size)
    phone.locator(OPEN).click()
    help_now = phone.locator("#cramp-now")
    assert not wide(phone)
    assert not help_now.evaluate("box => box.scrollWidth > box.clientWidth")
    if size is ZOOMED:
        expect(phone.get_by_role("button", name="Count with me")).not_to_be_in_viewport()
    phone.get_by_role("button", name="Count with me").click()
    expect(phone.get_by_role("timer")).to_be_in_viewport()


def test_paper_leaves_it_out_and_shows_every_muscle_on_its_own_page(
    opened: Page, live_server: LiveServer
) -> None:
    opened.emulate_media(media="print")
    expect(opened.locator("#cramp-now")).to_be_hidden()
    opened.goto(live_server.url + "/cramp/")
    for name in ("Calf", "Back of thigh", "Front of thigh", "Foot and ankle"):
        expect(opened.get_by_role("heading", name=name, exact=True)).to_be_visible()
    expect(opened.get_by_text("Sit and take hold of your toes.")).to_be_visible()
    expect(opened.locator(".cramp-bar")).to_be_hidden()


def at(page: Page, seconds: int) -> None:
    """Hold every animation of the page at a moment."""
    page.evaluate(
        "ms => { for (const moving of document.getAnimations()) {"
        " moving.pause(); moving.currentTime = ms } }",
        seconds * 1000,
    )


def darkness(page: Page) -> tuple[str, float]:
    style = page.locator(".dark").evaluate(
        "dark => [getComputedStyle(dark).visibility, getComputedStyle(dark).opacity]"
    )
    return style[0], float(style[1])


def test_when_it_has_let_go_one_page_goes_dark_by_itself_and_a_tap_brings_it_back(
    plain: Page,
) -> None:
    plain.get_by_role("link", name="It has let go").click()
    plain.wait_for_url("**/cramp/rest/")
    words = plain.get_by_text("Put the phone face down.")
    expect(words).to_be_visible()
    at(plain, 30)
    assert darkness(plain) == ("hidden", 0)
    at(plain, 60)
    assert darkness(plain) == ("visible", 1)
    plain.mouse.click(180, 200)
    assert darkness(plain) == ("hidden", 0)
    at(plain, 60)
    assert darkness(plain) == ("visible", 1)
    plain.mouse.click(180, 200)
    assert darkness(plain) == ("hidden", 0)


def test_a_key_brings_the_words_back_and_the_way_to_the_help(
    quiet: Page, live_server: LiveServer, guide: list[Edition]
) -> None:
    quiet.goto(live_server.url + "/cramp/rest/")
    at(quiet, 60)
    quiet.keyboard.press("Tab")
    expect(quiet.locator(".dark")).to_be_hidden()
    quiet.get_by_role("link", name="The cramp is back").click()
    quiet.wait_for_url("**/cramp/")


def test_the_line_rises_and_falls_4_pixels_in_10_seconds_for_2_minutes(
    quiet: Page, live_server: LiveServer, guide: list[Edition]
) -> None:
    quiet.goto(live_server.url + "/cramp/rest/")
    line = quiet.locator(".breath path")
    for second, height in ((0, "4px"), (5, "-4px"), (10, "4px"), (15, "-4px")):
        at(quiet, second)
        assert line.evaluate("line => getComputedStyle(line).translate").split()[-1] == height
    assert line.evaluate("line => line.getAnimations()[0].effect.getComputedTiming().endTime") == (
        120_000
    )


def test_with_less_motion_the_page_stays_dim_and_still(
    quiet: Page, live_server: LiveServer, guide: list[Edition]
) -> None:
    quiet.emulate_media(reduced_motion="reduce")
    quiet.goto(live_server.url + "/cramp/rest/")
    assert quiet.evaluate("document.getAnimations().length") == 0
    expect(quiet.locator(".dark")).to_be_hidden()
    expect(quiet.get_by_text("goes dark by itself")).to_be_hidden()


@pytest.mark.parametrize("theme", THEMES)
def test_it_is_dim_in_every_theme(
    quiet: Page, live_server: LiveServer, guide: list[Edition], theme: str
) -> None:
    choose_theme(quiet, theme)
    quiet.goto(live_server.url + "/cramp/rest/")
    assert quiet.evaluate("getComputedStyle(document.body).backgroundColor") == "rgb(12, 7, 5)"
