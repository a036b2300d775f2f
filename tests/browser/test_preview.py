"""The preview beside a form, in a browser: it follows the typing, in the theme that is chosen."""

from __future__ import annotations

import pytest
from playwright.sync_api import FrameLocator, Page, Route, ViewportSize, expect
from pytest_django.live_server_helper import LiveServer

from guide.models import Section
from tests import make
from tests.admin.desk import address
from tests.browser.conftest import axe_violations
from tests.browser.test_desk import sign_in

pytestmark = pytest.mark.browser

WIDE = ViewportSize(width=1600, height=1000)
PHONE = ViewportSize(width=360, height=740)


@pytest.fixture
def section(live_server: LiveServer) -> Section:
    made = make.section(body="\n\n".join(f"Line {number}." for number in range(80)))
    make.tip(made, action="Warm it")
    make.published(made.article)
    make.published(made)
    return made


@pytest.fixture
def form(quiet: Page, live_server: LiveServer, section: Section) -> Page:
    """The form of a section, on a page whose console must stay silent."""
    quiet.set_viewport_size(WIDE)
    sign_in(quiet, live_server).goto(live_server.url + address(section))
    expect(shown(quiet).get_by_role("heading", name="Heat and cold")).to_be_visible()
    return quiet


def shown(page: Page) -> FrameLocator:
    return page.frame_locator("iframe[name=preview-frame]")


def background(page: Page) -> str:
    return str(shown(page).locator("body").evaluate("body => getComputedStyle(body).background"))


def test_the_preview_follows_the_typing_and_stays_where_it_was(form: Page) -> None:
    body = shown(form).locator("body")
    body.evaluate("() => scrollTo(0, 900)")
    form.locator("#id_title").fill("Being warm")
    expect(shown(form).get_by_role("heading", name="Being warm")).to_be_attached()
    assert body.evaluate("() => scrollY") == 900
    assert form.evaluate("document.activeElement.id") == "id_title"
    assert Section.objects.get().title == "Heat and cold"


def test_what_was_opened_in_it_stays_open(form: Page, section: Section) -> None:
    caution = make.caution()
    make.published(caution)
    section.tips.get().cautions.add(caution)
    form.reload()
    shown(form).locator("summary").click()
    form.locator("#id_title").fill("Being warm")
    expect(shown(form).get_by_role("heading", name="Being warm")).to_be_attached()
    expect(shown(form).get_by_text(caution.sentence).last).to_be_visible()


def test_a_row_that_is_found_or_added_shows_too(form: Page) -> None:
    make.published(make.stretch())
    form.get_by_text("Tip: Warm it").click()
    form.locator("#tips-0 .field-stretch .select2-selection").click()
    form.keyboard.type("calf")
    form.get_by_role("option", name="Calf stretch at a wall").click()
    expect(shown(form).get_by_role("link", name="Calf stretch at a wall")).to_be_visible()
    form.get_by_role("button", name="Add another Tip").click()
    form.locator("#id_tips-1-action").press_sequentially("Rest it")
    expect(shown(form).get_by_role("heading", name="Rest it")).to_be_attached()


def test_a_wrong_field_keeps_the_last_good_preview_and_is_linked(form: Page) -> None:
    form.locator("#id_body").fill("The last good one.")
    expect(shown(form).get_by_text("The last good one.")).to_be_visible()
    form.locator("#id_tips-0-action").evaluate(
        "field => { field.value = ''; field.dispatchEvent(new Event('input', {bubbles: true})) }"
    )
    status = form.locator("#preview [role=status]")
    expect(status).to_contain_text("Tip 1: Action: This field is required.")
    expect(shown(form).get_by_text("The last good one.")).to_be_visible()
    status.get_by_role("link").focus()
    form.keyboard.press("Enter")
    expect(form.locator("#id_tips-0-action")).to_be_focused()
    form.keyboard.type("Warm it")
    expect(status).to_contain_text("Nothing is saved.")


def test_an_older_answer_that_comes_late_is_dropped(form: Page) -> None:
    held: list[Route] = []

    def first_waits(route: Route) -> None:
        if held:
            route.continue_()
        else:
            held.append(route)

    form.route("**/preview/", first_waits)
    form.locator("#id_title").fill("The older one")
    form.wait_for_timeout(1000)
    form.locator("#id_title").fill("The newer one")
    expect(shown(form).get_by_role("heading", name="The newer one")).to_be_attached()
    held[0].continue_()
    form.wait_for_timeout(500)
    expect(shown(form).get_by_role("heading", name="The newer one")).to_be_attached()
    assert len(held) == 1


def test_it_turns_night_dim_day_and_paper_and_the_readers_theme_stays(form: Page) -> None:
    theirs = form.evaluate("localStorage.getItem('look')")
    seen = {}
    for look in ("Night", "Dim", "Day", "Print"):
        form.get_by_label(look, exact=True).check()
        seen[look] = background(form)
    assert len(set(seen.values())) == 4
    assert "rgb(255, 255, 255)" in seen["Print"]
    form.get_by_label("Night", exact=True).check()
    assert background(form) == seen["Night"]
    assert form.evaluate("localStorage.getItem('look')") == theirs


def test_on_paper_it_stays_on_paper_as_one_types(form: Page) -> None:
    form.get_by_label("Print", exact=True).check()
    form.locator("#id_title").fill("Being warm")
    expect(shown(form).get_by_role("heading", name="Being warm")).to_be_attached()
    assert "rgb(255, 255, 255)" in background(form)


def test_a_link_in_it_opens_beside_and_leaves_the_form_alone(
    form: Page, live_server: LiveServer
) -> None:
    form.locator("#id_body").fill("See [the guide](/guide/).")
    with form.context.expect_page() as opened:
        shown(form).get_by_role("link", name="the guide").click()
    assert opened.value.url == live_server.url + "/guide/"
    assert form.locator("#id_body").input_value() == "See [the guide](/guide/)."


def test_it_says_so_when_there_is_no_connection(
    page: Page, live_server: LiveServer, section: Section
) -> None:
    sign_in(page, live_server).goto(live_server.url + address(section))
    expect(shown(page).get_by_role("heading", name="Heat and cold")).to_be_attached()
    page.route("**/preview/", lambda route: route.abort())
    page.locator("#id_title").fill("Being warm")
    expect(page.locator("#preview [role=status]")).to_contain_text("No connection")


def test_it_says_so_to_who_was_signed_out(
    page: Page, live_server: LiveServer, section: Section
) -> None:
    sign_in(page, live_server).goto(live_server.url + address(section))
    expect(shown(page).get_by_role("heading", name="Heat and cold")).to_be_attached()
    page.context.clear_cookies(name="sessionid")
    page.locator("#id_title").fill("Being warm")
    expect(page.locator("#preview [role=status]")).to_contain_text("You are signed out")


@pytest.mark.parametrize("size", [WIDE, PHONE, ViewportSize(width=1280, height=800)])
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_nothing_wrong_with_the_preview_and_nothing_is_too_wide(
    page: Page, live_server: LiveServer, section: Section, size: ViewportSize, scheme: str
) -> None:
    page.set_viewport_size(size)
    page.emulate_media(color_scheme="dark" if scheme == "dark" else "light")
    sign_in(page, live_server).goto(live_server.url + address(section))
    expect(shown(page).get_by_role("heading", name="Heat and cold")).to_be_attached()
    assert page.evaluate("document.documentElement.scrollWidth") <= size["width"]
    assert axe_violations(page, within="[document.getElementById('preview')]") == []


def test_beside_the_form_where_there_is_room_and_below_it_on_a_phone(form: Page) -> None:
    def beside() -> bool:
        title, pane = form.locator("#id_title"), form.locator("#preview")
        left, right = title.bounding_box(), pane.bounding_box()
        assert left
        assert right
        return right["x"] > left["x"] + left["width"]

    assert beside()
    form.set_viewport_size(PHONE)
    assert not beside()
    form.get_by_role("link", name="Preview").click()
    expect(form.locator("#preview iframe")).to_be_in_viewport()


def test_without_scripts_the_button_shows_it(
    page: Page, live_server: LiveServer, section: Section
) -> None:
    cookies = sign_in(page, live_server).context.cookies()
    browser = page.context.browser
    assert browser
    plain = browser.new_context(java_script_enabled=False)
    plain.add_cookies([{**cookie} for cookie in cookies])  # type: ignore[typeddict-item]
    tab = plain.new_page()
    tab.goto(live_server.url + address(section))
    tab.locator("#id_title").fill("Being warm")
    tab.get_by_label("Day", exact=True).check()
    tab.get_by_role("button", name="Update").click()
    expect(shown(tab).get_by_role("heading", name="Being warm")).to_be_attached()
    assert tab.locator("#id_title").input_value() == "Being warm"
    assert Section.objects.get().title == "Heat and cold"
    plain.close()


def test_an_edition_is_shown_in_the_theme_that_is_chosen(
    quiet: Page, live_server: LiveServer, section: Section
) -> None:
    sign_in(quiet, live_server).goto(live_server.url + address(section, "edition", 1))
    expect(shown(quiet).get_by_role("heading", name="Heat and cold")).to_be_visible()
    night = background(quiet)
    quiet.get_by_label("Day", exact=True).check()
    assert background(quiet) != night
