"""The list of findings leads to each field, by keyboard, and breaks no policy."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page, expect
from pytest_django.live_server_helper import LiveServer

from guide.models import Question, Section
from tests import make
from tests.admin.desk import address
from tests.browser.conftest import AXE
from tests.browser.test_desk import PHONE, sign_in

pytestmark = pytest.mark.browser


@pytest.fixture
def faulty(live_server: LiveServer) -> Section:
    """A section with a fault in its text, in a tip, and in what a tip rests on."""
    made = make.section(body="You should rest.")
    make.tip(made, "rest", action="Rest", detail="Hold it for 20 seconds.", order=1)
    make.tip(made, "walk", action="Walk", evidence="good", order=2)
    return made


@pytest.fixture
def desk(quiet: Page, live_server: LiveServer) -> Page:
    return sign_in(quiet, live_server)


def follow(page: Page, name: str) -> None:
    page.get_by_role("link", name=name).focus()
    page.keyboard.press("Enter")


def test_an_item_opens_what_its_field_is_folded_in_and_moves_there(
    desk: Page, live_server: LiveServer, faulty: Section
) -> None:
    desk.goto(live_server.url + address(faulty))
    detail = desk.locator("#id_tips-0-detail")
    expect(detail).not_to_be_visible()
    follow(desk, "Detail of the tip “Rest”")
    expect(detail).to_be_focused()
    expect(detail).to_be_in_viewport()
    follow(desk, "Body")
    expect(desk.locator("#id_body")).to_be_focused()
    desk.locator("#tips-0 summary").click()
    follow(desk, "Body")
    follow(desk, "Detail of the tip “Rest”")
    expect(detail).to_be_focused()


def test_what_is_said_of_a_field_is_read_whole_right_under_it(
    desk: Page, live_server: LiveServer, faulty: Section
) -> None:
    desk.set_viewport_size({"width": 1280, "height": 800})
    desk.goto(live_server.url + address(faulty))
    desk.locator("#tips-0 summary").click()
    for name in ("body", "tips-0-detail"):
        field, notes = desk.locator(f"#id_{name}"), desk.locator(f"#id_{name}_notes")
        above, below = field.bounding_box(), notes.bounding_box()
        assert above
        assert below
        assert below["x"] == pytest.approx(above["x"], abs=12)
        assert below["x"] + below["width"] <= above["x"] + above["width"] + 1


def test_the_same_item_leads_there_again(
    desk: Page, live_server: LiveServer, faulty: Section
) -> None:
    desk.goto(live_server.url + address(faulty))
    for _ in range(2):
        follow(desk, "Body")
        expect(desk.locator("#id_body")).to_be_focused()


def test_an_item_moves_to_a_box_that_finds_rows(
    desk: Page, live_server: LiveServer, faulty: Section
) -> None:
    desk.goto(live_server.url + address(faulty))
    follow(desk, "Sources of the tip “Walk”")
    expect(desk.locator("#tips-1 .field-sources .select2-container")).to_be_in_viewport()
    desk.keyboard.type("no such source")
    expect(desk.get_by_text("No results found")).to_be_visible()


def test_an_item_on_another_page_moves_to_its_field_there(
    desk: Page, live_server: LiveServer
) -> None:
    made = make.questionnaire()
    Question.objects.filter(slug="signs").update(warning=False)
    desk.goto(live_server.url + address(made))
    follow(desk, "Asks for warning signs of the question")
    expect(desk.locator("#id_warning")).to_be_focused()


def test_axe_finds_nothing_wrong_with_the_list(
    page: Page, live_server: LiveServer, faulty: Section
) -> None:
    sign_in(page, live_server).goto(live_server.url + address(faulty))
    page.evaluate(AXE)
    found = page.evaluate("axe.run({include: [['.desk-findings'], ['.field-body']]})")
    assert [violation["id"] for violation in found["violations"]] == []


def test_the_list_fits_a_phone(desk: Page, live_server: LiveServer, faulty: Section) -> None:
    desk.set_viewport_size(PHONE)
    desk.goto(live_server.url + address(faulty), wait_until="networkidle")
    assert desk.evaluate("document.documentElement.scrollWidth") <= PHONE["width"]
