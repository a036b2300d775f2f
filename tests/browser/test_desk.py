"""What only a browser can show of the desk: its scripts, its policy, its keyboard."""

from __future__ import annotations

import pytest
from django.contrib.auth.models import User
from django.urls import reverse
from playwright.sync_api import Page, ViewportSize, expect
from pytest_django.live_server_helper import LiveServer

from guide.models import RuleGroup, Section, Source, Tip
from guide.publishing.submissions import submit
from tests import make
from tests.admin.desk import UNITS, address
from tests.browser.conftest import axe_violations

pytestmark = pytest.mark.browser

PHONE = ViewportSize(width=390, height=844)


def sign_in(page: Page, site: LiveServer) -> Page:
    User.objects.create_superuser("sue", password="a-long-test-password")
    page.goto(site.url + reverse("admin:login"))
    page.get_by_label("Username:").fill("sue")
    page.get_by_label("Password:").fill("a-long-test-password")
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", name="What would you like to edit?")).to_be_visible()
    return page


@pytest.fixture
def desk(quiet: Page, live_server: LiveServer) -> Page:
    """A page signed in as staff, whose console must stay silent."""
    return sign_in(quiet, live_server)


def test_no_form_is_wider_than_a_phone_or_breaks_the_policy(
    desk: Page, live_server: LiveServer
) -> None:
    questionnaire = make.questionnaire()
    tip = make.tip(make.section())
    stretch, routine = make.stretch(), make.routine()
    forms = [
        *map(address, (questionnaire, tip.section, tip.section.article, stretch, routine)),
        *(reverse(f"admin:guide_{kind}_add") for kind in (*UNITS, "rule", "safetycase")),
        address(questionnaire.rules.get(slug="chest")),
        address(questionnaire.questions.get(slug="helps")),
    ]
    desk.set_viewport_size(PHONE)
    wide = []
    for form in forms:
        desk.goto(live_server.url + form, wait_until="networkidle")
        if desk.evaluate("document.documentElement.scrollWidth") > PHONE["width"]:
            wide.append(form)
    assert wide == []


@pytest.mark.parametrize("name", ["editions", "publish", "submit", "review", "compare"])
def test_axe_finds_nothing_wrong_with_the_pages_of_the_press(
    page: Page, live_server: LiveServer, section: Section, name: str
) -> None:
    section.title = "Warmth"
    section.save()
    submit(section, user=User.objects.create_user("edith"), note="Shorter")
    sign_in(page, live_server).goto(live_server.url + address(section, name))
    assert axe_violations(page) == []


def test_a_tip_is_changed_and_published_and_readers_see_it(
    desk: Page, live_server: LiveServer, section: Section
) -> None:
    desk.goto(live_server.url + address(section))
    desk.locator("#tips-0 summary").focus()
    desk.keyboard.press("Enter")
    desk.locator("#id_tips-0-action").fill("Warm it gently")
    desk.get_by_role("button", name="Save and publish").click()
    changed = desk.get_by_role("row").filter(has_text="gently")
    expect(changed).to_contain_text("Action")
    desk.get_by_label("What did you change").fill("A kinder word")
    desk.get_by_role("button", name="Publish", exact=True).click()
    expect(desk.get_by_text("Readers see edition 2 now.")).to_be_visible()
    desk.get_by_role("link", name="View on site").click()
    expect(desk.get_by_text("Warm it gently")).to_be_visible()


def test_a_caution_is_looked_up_and_chosen_by_keyboard(
    desk: Page, live_server: LiveServer, section: Section
) -> None:
    make.caution("balance", name="Unsteady on your feet")
    desk.goto(live_server.url + address(section))
    desk.get_by_text("Tip: Warm it").click()
    desk.locator("#tips-0 .field-cautions input[type=search]").focus()
    desk.keyboard.type("unstead")
    expect(desk.get_by_role("option", name="Unsteady on your feet")).to_be_visible()
    desk.keyboard.press("Enter")
    expect(desk.locator("#tips-0 .field-cautions")).to_contain_text("Unsteady on your feet")
    desk.get_by_role("button", name="Save", exact=True).focus()
    desk.keyboard.press("Enter")
    expect(desk.get_by_text("was changed successfully")).to_be_visible()
    assert [caution.slug for caution in Tip.objects.get().cautions.all()] == ["balance"]


def test_a_tip_is_added_and_names_itself(
    desk: Page, live_server: LiveServer, section: Section
) -> None:
    desk.goto(live_server.url + address(section))
    desk.get_by_role("button", name="Add another Tip").click()
    desk.locator("#id_tips-1-action").fill("")
    desk.locator("#id_tips-1-action").press_sequentially("Rest it")
    desk.get_by_role("button", name="Save", exact=True).click()
    expect(desk.get_by_text("was changed successfully")).to_be_visible()
    assert Tip.objects.get(slug="rest-it").action == "Rest it"


def test_a_source_is_added_on_the_way(
    desk: Page, live_server: LiveServer, section: Section
) -> None:
    desk.goto(live_server.url + address(section))
    desk.get_by_text("What it rests on", exact=True).click()
    with desk.expect_popup() as opened:
        desk.locator("#add_id_sources").click()
    popup = opened.value
    popup.locator("#id_slug").fill("s01")
    popup.get_by_label("Title:").fill("Leg cramps")
    popup.get_by_label("Publisher:").fill("A health service")
    popup.get_by_role("button", name="Save").click()
    expect(desk.locator(".field-sources").first).to_contain_text("Leg cramps")
    desk.get_by_role("button", name="Save", exact=True).click()
    expect(desk.get_by_text("was changed successfully")).to_be_visible()
    assert list(Section.objects.get().sources.all()) == list(Source.objects.all())


def test_a_rules_answers_are_chosen_by_keyboard(desk: Page, live_server: LiveServer) -> None:
    rule = make.questionnaire().rules.get(slug="nothing-helps")
    desk.goto(live_server.url + address(rule))
    desk.locator("#id_groups-0-options_input").focus()
    desk.keyboard.type("helps: It is moving")
    desk.keyboard.press("Enter")
    expect(desk.locator("#id_groups-0-options_to option")).to_have_count(2)
    desk.get_by_role("button", name="Save", exact=True).click()
    expect(desk.get_by_text("was changed successfully")).to_be_visible()
    chosen = RuleGroup.objects.get(rule=rule).options.all()
    assert {option.slug for option in chosen} == {"nothing", "moving"}
