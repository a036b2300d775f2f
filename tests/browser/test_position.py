"""The position to stretch in: chosen once, kept on the device, followed by every list."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from playwright.sync_api import BrowserContext, Locator, Page, expect
from pytest_django.live_server_helper import LiveServer

from guide.models import Place
from guide.reading import places
from guide.reading.live import live
from tests.browser.conftest import axe_violations
from tests.browser.test_reading import PHONE, THEMES, choose_theme

pytestmark = [pytest.mark.browser, pytest.mark.usefixtures("guide")]

LIBRARY, CALVES = "/stretches/", "/guide/bedtime-stretches/#calves"
#: Lists with a choice above them.
LISTS = ("/", LIBRARY, "/routines/", "/guide/bedtime-stretches/", "/guide/?part=calf")


def choice(page: Page, label: str) -> Locator:
    return page.locator("main").get_by_role("radio", name=label, exact=True).first


def choose(page: Page, label: str) -> None:
    choice(page, label).check()


def names(page: Page) -> list[str]:
    """The names in the lists that follow the choice, as far as they can be seen."""
    return page.locator("[data-list] li:visible a").all_inner_texts()


def test_a_position_chosen_once_holds_in_every_list_and_after_a_new_start(
    quiet: Page, live_server: LiveServer
) -> None:
    quiet.goto(live_server.url + LIBRARY)
    choose(quiet, "In bed")
    assert "Lying hamstring stretch with a towel" in names(quiet)
    assert "Heel on a step" not in names(quiet)
    quiet.goto(live_server.url + "/")
    assert names(quiet) == ["Lying down"]
    quiet.reload()
    assert names(quiet) == ["Lying down"]
    expect(choice(quiet, "In bed")).to_be_checked()
    quiet.goto(live_server.url + "/guide/?part=calf")
    assert names(quiet) == ["Ankle pumps and circles", "Lying hamstring stretch with a towel"]


def test_it_shows_from_the_first_paint(page: Page, live_server: LiveServer) -> None:
    page.add_init_script("""
        localStorage.setItem("position", "chair");
        new MutationObserver((_, observer) => {
            if (!document.body) return;
            observer.disconnect();
            window.positionAtFirst = document.documentElement.dataset.position;
        }).observe(document, { childList: true, subtree: true });
    """)
    page.goto(live_server.url + "/routines/")
    assert page.evaluate("positionAtFirst") == "chair"
    assert names(page) == ["In the chair"]


def test_a_list_that_would_be_empty_shows_the_version_in_that_position(
    quiet: Page, live_server: LiveServer
) -> None:
    quiet.goto(live_server.url + CALVES)
    choose(quiet, "In bed")
    calves = quiet.locator("section[aria-labelledby=calves] [data-list]")
    expect(calves.locator("li:visible")).to_have_count(1)
    expect(calves).to_contain_text("Lying hamstring stretch with a towel")
    expect(calves).to_contain_text("Hold 30 seconds")


def test_a_list_with_nothing_for_a_position_says_so_and_leads_back(
    quiet: Page, live_server: LiveServer
) -> None:
    quiet.goto(live_server.url + "/guide/bedtime-stretches/#hips-quads")
    choose(quiet, "On a chair")
    hips = quiet.locator("section[aria-labelledby=hips-quads] [data-list]")
    expect(hips.locator("li:visible")).to_have_count(0)
    expect(hips.get_by_text("Nothing here on a chair yet.")).to_be_visible()
    hips.get_by_role("button", name="Show all positions").press("Enter")
    expect(hips.locator("li:visible")).to_have_count(4)
    expect(hips.get_by_role("radio", name="All")).to_be_focused()


@pytest.mark.parametrize("label", ["Standing", "On a chair", "In bed"])
def test_no_choice_hides_what_eases_a_cramp_or_any_warning(
    quiet: Page, live_server: LiveServer, label: str
) -> None:
    quiet.goto(live_server.url + "/guide/ease-a-cramp/")
    signs = quiet.locator(".care, .cautions, .care-first")
    before = signs.count(), quiet.locator("main .care li:visible").count()
    choose(quiet, label)
    assert (signs.count(), quiet.locator("main .care li:visible").count()) == before
    assert len(names(quiet)) == 5


def test_the_count_of_the_library_follows(quiet: Page, live_server: LiveServer) -> None:
    quiet.goto(live_server.url + LIBRARY)
    for label in ("Standing", "On a chair", "In bed", "All"):
        choose(quiet, label)
        said = quiet.locator("#count b:visible")
        expect(said).to_have_text(f"{len(names(quiet))} stretches")


def test_an_address_that_names_a_position_is_not_narrowed_by_another(
    quiet: Page, live_server: LiveServer
) -> None:
    quiet.goto(live_server.url + LIBRARY)
    choose(quiet, "In bed")
    quiet.goto(live_server.url + LIBRARY + "?position=chair")
    expect(quiet.locator("#results li:visible")).to_have_count(3)
    expect(quiet.get_by_label("Position")).to_have_value("chair")


def test_all_choices_of_a_page_are_one_and_the_other_open_pages_follow(
    quiet: Page, live_server: LiveServer
) -> None:
    quiet.set_viewport_size(PHONE)
    quiet.goto(live_server.url + LIBRARY)
    other = quiet.context.new_page()
    other.goto(live_server.url + "/routines/")
    quiet.get_by_role("button", name="Menu").click()
    quiet.locator("#menu").get_by_role("radio", name="In bed").check()
    expect(choice(quiet, "In bed")).to_be_checked()
    expect(choice(other, "In bed")).to_be_checked()
    assert names(other) == ["Lying down"]


def test_going_back_keeps_the_newest_choice(quiet: Page, live_server: LiveServer) -> None:
    quiet.goto(live_server.url + LIBRARY)
    quiet.goto(live_server.url + "/routines/")
    choose(quiet, "On a chair")
    quiet.go_back()
    expect(choice(quiet, "On a chair")).to_be_checked()
    assert "Heel on a step" not in names(quiet)


def test_results_that_htmx_brings_follow_too(quiet: Page, live_server: LiveServer) -> None:
    quiet.goto(live_server.url + LIBRARY)
    choose(quiet, "In bed")
    quiet.get_by_label("Where").select_option("hip")
    quiet.wait_for_url("**/stretches/?*muscle=hip*")
    expect(choice(quiet, "In bed")).to_be_checked()
    assert names(quiet) == ["Lying figure-four", "Single knee to chest"]


def test_a_stretch_leads_to_its_versions_and_points_out_the_chosen_one(
    quiet: Page, live_server: LiveServer
) -> None:
    quiet.goto(live_server.url + "/stretches/heel-on-step-hamstring/")
    positions = quiet.get_by_role("navigation", name="Positions")
    expect(positions.locator("[aria-current=page]")).to_have_text("Standing")
    expect(positions.get_by_text("Do Lying hamstring")).to_be_hidden()
    quiet.evaluate("localStorage.setItem('position', 'bed')")
    quiet.reload()
    positions.get_by_role("link", name="Lying hamstring stretch with a towel", exact=True).click()
    expect(positions.locator("[aria-current=page]")).to_have_text("In bed")
    expect(positions.get_by_text("Do Heel on a step")).to_be_hidden()


def test_without_javascript_every_position_is_there(
    new_context: Callable[..., BrowserContext], live_server: LiveServer
) -> None:
    page = new_context(java_script_enabled=False).new_page()
    for address in LISTS:
        page.goto(live_server.url + address)
        text = page.locator("[data-list]").first.inner_text()
        assert all(label.lower() in text.lower() for label in ("Standing", "On a chair", "In bed"))
        expect(page.locator("fieldset.positions:visible")).to_have_count(0)
        expect(page.get_by_text("Nothing here")).to_be_hidden()
        expect(page.locator("main [data-fits]:visible")).to_have_count(
            page.locator("main [data-fits]").count()
        )


def test_paper_holds_every_position(quiet: Page, live_server: LiveServer) -> None:
    quiet.goto(live_server.url + LIBRARY)
    choose(quiet, "In bed")
    quiet.emulate_media(media="print")
    assert len(names(quiet)) == quiet.locator("[data-list] li").count() == 17
    expect(quiet.locator("#count b:visible")).to_have_text("17 stretches")
    expect(quiet.get_by_text("Nothing here").first).to_be_hidden()


def test_it_is_chosen_by_keyboard(quiet: Page, live_server: LiveServer) -> None:
    quiet.goto(live_server.url + "/routines/")
    choice(quiet, "All").focus()
    quiet.keyboard.press("ArrowRight")
    assert names(quiet) == ["The short routine from a trial", "Evening set, standing"]
    expect(choice(quiet, "Standing")).to_be_focused()


def test_in_forced_colors_the_choice_is_seen(quiet: Page, live_server: LiveServer) -> None:
    quiet.emulate_media(forced_colors="active")
    quiet.goto(live_server.url + "/routines/")
    choose(quiet, "In bed")
    colors = [
        quiet.locator(f"main .positions label:has-text('{label}')").evaluate(
            "label => getComputedStyle(label).backgroundColor"
        )
        for label in ("In bed", "Standing")
    ]
    assert colors[0] != colors[1]


@pytest.mark.parametrize("theme", THEMES)
def test_axe_finds_nothing_wrong_with_a_position_chosen(
    page: Page, live_server: LiveServer, theme: str
) -> None:
    page.set_viewport_size(PHONE)
    choose_theme(page, theme)
    page.add_init_script("localStorage.setItem('position', 'chair')")
    for address in (*LISTS, "/stretches/heel-on-step-hamstring/"):
        page.goto(live_server.url + address)
        assert axe_violations(page) == [], address


def test_the_choice_fits_in_one_row_on_a_phone(quiet: Page, live_server: LiveServer) -> None:
    quiet.set_viewport_size(PHONE)
    quiet.goto(live_server.url + LIBRARY)
    boxes = [label.bounding_box() for label in quiet.locator("main .positions label").all()]
    assert len({box and box["y"] for box in boxes}) == 1
    assert all(box and box["height"] >= 48 for box in boxes)


def test_the_lists_above_are_those_of_the_guide() -> None:
    """Otherwise the tests above could pass with empty lists."""
    assert len(places.place(live(), Place.CALF, 1)["stretches"]) == 5
