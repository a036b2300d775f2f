"""A routine in a browser: built by links alone, kept on the device, printed."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import BrowserContext, Page, expect
from pytest_django.live_server_helper import LiveServer

from guide.models import Edition
from tests.browser.conftest import axe_violations

pytestmark = [pytest.mark.browser, pytest.mark.usefixtures("guide")]

CALF, PUMPS, CHAIR = "wall-calf-straight-knee", "ankle-pumps", "seated-hamstring-calf"
#: Eight stretches, with every caution that a bedtime stretch carries.
HEAVY = "~".join(
    [
        *("heel-on-step-hamstring", CALF, "standing-quad", "half-kneeling-hip-flexor"),
        *("lying-hamstring-towel", CHAIR, "knee-to-chest", "childs-pose"),
    ]
)
KEPT = "localStorage.getItem('routine')"


def routine(page: Page) -> str:
    """What the link of the page asks for."""
    return page.url.partition("?s=")[2].partition("#")[0]


def test_without_javascript_a_routine_is_built_by_links_and_forms(
    live_server: LiveServer, new_context: Callable[..., BrowserContext]
) -> None:
    page = new_context(java_script_enabled=False).new_page()
    page.goto(f"{live_server.url}/stretches/{CALF}/")
    page.get_by_role("link", name="Add to my routine").click()
    assert routine(page) == CALF
    page.get_by_label("Add a stretch").select_option(PUMPS)
    page.get_by_role("button", name="Add", exact=True).click()
    assert routine(page) == f"{CALF}~{PUMPS}"
    page.get_by_role("link", name=re.compile("Up.*Ankle")).click()
    assert routine(page) == f"{PUMPS}~{CALF}"
    page.get_by_label("Hold").select_option("15")
    page.get_by_label("Times").last.select_option("2")
    page.get_by_role("button", name="Use these holds").click()
    assert routine(page) == f"{PUMPS}~{CALF}.15x2"
    expect(page.get_by_text("Left leg: hold 15 seconds, 2 times.")).to_be_visible()
    page.get_by_role("link", name=re.compile("Remove.*Ankle")).click()
    page.get_by_role("link", name=re.compile("Remove.*Wall")).click()
    expect(page.get_by_text("There is nothing in it yet.")).to_be_visible()
    expect(page.locator("main button:visible")).to_have_count(1)


def test_a_routine_made_here_is_kept_and_every_page_leads_to_it(
    live_server: LiveServer, quiet: Page
) -> None:
    for slug in (CALF, PUMPS):
        quiet.goto(f"{live_server.url}/stretches/{slug}/")
        quiet.get_by_role("link", name="Add to my routine").click()
        expect(quiet.get_by_text("Kept on this device")).to_be_visible()
    assert routine(quiet) == f"{CALF}~{PUMPS}"
    quiet.goto(f"{live_server.url}/faq/")
    quiet.get_by_role("link", name="My routine").locator("visible=true").click()
    assert routine(quiet) == f"{CALF}~{PUMPS}"


def test_a_routine_emptied_here_is_forgotten(live_server: LiveServer, quiet: Page) -> None:
    quiet.goto(f"{live_server.url}/stretches/{CALF}/")
    quiet.get_by_role("link", name="Add to my routine").click()
    quiet.get_by_role("link", name=re.compile("Remove.*Wall")).click()
    expect(quiet.get_by_text("There is nothing in it yet.")).to_be_visible()
    assert quiet.evaluate(KEPT) is None


def test_a_link_from_somebody_else_is_kept_only_when_asked(
    live_server: LiveServer, quiet: Page
) -> None:
    quiet.goto(f"{live_server.url}/routine/?s={CALF}")
    assert quiet.evaluate(KEPT) is None
    quiet.get_by_role("button", name="Keep it as my routine").click()
    expect(quiet.get_by_text("Kept on this device")).to_be_visible()
    assert quiet.evaluate(KEPT) == CALF
    quiet.goto(f"{live_server.url}/routine/?s={PUMPS}")
    assert quiet.evaluate(KEPT) == CALF


def test_an_empty_page_offers_the_routine_on_this_device(
    live_server: LiveServer, quiet: Page
) -> None:
    quiet.add_init_script(f"localStorage.setItem('routine', '{CALF}.15x2')")
    quiet.goto(f"{live_server.url}/routine/")
    quiet.get_by_role("link", name="Open the routine on this device").click()
    assert routine(quiet) == f"{CALF}.15x2"


def test_where_storage_is_blocked_links_still_work(live_server: LiveServer, quiet: Page) -> None:
    quiet.add_init_script("Storage.prototype.getItem = () => { throw new Error('blocked') }")
    quiet.goto(f"{live_server.url}/stretches/{CALF}/")
    quiet.get_by_role("link", name="Add to my routine").click()
    assert routine(quiet) == CALF


def test_a_routine_from_a_link_runs_in_the_timer(live_server: LiveServer, quiet: Page) -> None:
    quiet.goto(f"{live_server.url}/routine/?s={CALF}.15x2")
    quiet.get_by_role("button", name="Start").click()
    expect(quiet.get_by_role("dialog")).to_contain_text("hold 15 seconds")


def test_the_calendar_begins_on_the_readers_own_day(live_server: LiveServer, quiet: Page) -> None:
    quiet.clock.set_fixed_time("2026-11-25T22:00:00")
    quiet.goto(f"{live_server.url}/routine/?s={CALF}")
    expect(quiet.get_by_label("First evening")).to_have_value("2026-11-25")
    with quiet.expect_download() as waiting:
        quiet.get_by_role("button", name="Get the calendar file").click()
    assert waiting.value.suggested_filename == "evening-routine.ics"
    assert "DTSTART:20261125T213000" in waiting.value.path().read_text()


PAPER = {
    "a routine": f"/routine/?s={HEAVY}",
    "a ready-made routine": "/routines/lying-down/",
    "one stretch": f"/routine/stretches/?s={CALF}",
    "two stretches": f"/routine/stretches/?s=half-kneeling-hip-flexor~{CHAIR}",
    "a card": "/cramp/card/",
    "a card with a routine": f"/cramp/card/?s={HEAVY}",
}


def pages_of(page: Page, paper: str) -> int:
    return len(re.findall(rb"/Type\s*/Page\b", page.pdf(format=paper)))


@pytest.mark.parametrize("paper", ["A4", "Letter"])
@pytest.mark.parametrize("address", PAPER.values(), ids=PAPER)
def test_it_prints_on_one_page(
    live_server: LiveServer, quiet: Page, address: str, paper: str
) -> None:
    quiet.goto(live_server.url + address)
    assert pages_of(quiet, paper) == 1


@pytest.mark.parametrize("paper", ["A4", "Letter"])
def test_stretches_print_two_to_a_page(
    live_server: LiveServer, quiet: Page, guide: list[Edition], paper: str
) -> None:
    every = [one.slug for one in guide if one.kind == "stretch" and "cramp" not in one.slug]
    for number in range(0, len(every), 8):
        some = every[number : number + 8]
        quiet.goto(f"{live_server.url}/routine/stretches/?s={'~'.join(some)}")
        assert pages_of(quiet, paper) == -(-len(some) // 2), some


def test_no_half_of_the_card_is_cut_off(live_server: LiveServer, quiet: Page) -> None:
    quiet.goto(f"{live_server.url}/cramp/card/?s={HEAVY}")
    quiet.set_viewport_size({"width": 700, "height": 900})
    quiet.emulate_media(media="print")
    for half in quiet.locator(".half").all():
        assert half.evaluate("half => half.scrollHeight <= half.clientHeight")


def test_a_printed_routine_has_a_box_for_each_of_seven_nights(
    live_server: LiveServer, quiet: Page
) -> None:
    quiet.goto(f"{live_server.url}/routine/?s={CALF}~{PUMPS}")
    expect(quiet.locator(".nights:visible")).to_have_count(0)
    quiet.emulate_media(media="print")
    expect(quiet.locator(".nights li:visible")).to_have_count(14)
    for left_out in ("Change it", "Keep it", "Left leg"):
        expect(quiet.get_by_text(left_out).first).to_be_hidden()


@pytest.mark.parametrize("theme", ["night", "dim", "day"])
@pytest.mark.parametrize(
    "address",
    ["/routine/", f"/routine/?s={HEAVY}~nowhere", PAPER["two stretches"], PAPER["a card"]],
)
def test_axe_finds_nothing_wrong_and_nothing_is_too_wide(
    live_server: LiveServer, quiet: Page, address: str, theme: str
) -> None:
    quiet.set_viewport_size({"width": 320, "height": 640})
    quiet.add_init_script(f"localStorage.setItem('look', '{theme}')")
    quiet.goto(live_server.url + address)
    assert axe_violations(quiet) == []
    assert not quiet.evaluate("document.documentElement.scrollWidth > innerWidth")
