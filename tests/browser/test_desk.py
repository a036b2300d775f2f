"""What only a browser can show of the desk: its scripts, its policy, its keyboard."""

from __future__ import annotations

import pytest
from django.conf import settings
from django.contrib.auth.models import User
from django.test import Client
from django.urls import reverse
from playwright.sync_api import Page, ViewportSize, expect
from pytest_django.live_server_helper import LiveServer

from guide.models import RuleGroup, Section, Source, Stretch, Tip
from tests import make
from tests.admin.desk import address
from tests.browser.keys import tab_to

pytestmark = pytest.mark.browser

PHONE = ViewportSize(width=390, height=844)


def sign_in(page: Page, site: LiveServer) -> Page:
    """Open the desk as somebody who has signed in: test_signing_in.py fills in the form."""
    client = Client()
    client.force_login(User.objects.create_superuser("sue", password="a-long-test-password"))
    session = client.cookies[settings.SESSION_COOKIE_NAME]
    page.context.add_cookies([{"name": session.key, "value": session.value, "url": site.url}])
    page.goto(site.url + reverse("admin:index"))
    expect(page.get_by_role("heading", name="What would you like to edit?")).to_be_visible()
    return page


@pytest.fixture
def desk(quiet: Page, live_server: LiveServer) -> Page:
    """A page signed in as staff, whose console must stay silent."""
    return sign_in(quiet, live_server)


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


def test_each_widget_of_our_own_is_worked_from_the_keyboard_and_shows_where_one_is(
    desk: Page, live_server: LiveServer, section: Section
) -> None:
    make.published(make.stretch())
    desk.set_viewport_size(ViewportSize(width=1280, height=800))
    desk.goto(live_server.url + address(section))
    keys = desk.keyboard

    # A line takes no line break, and Enter in it sends nothing.
    in_short = desk.locator("#id_in_short")
    desk.locator("#id_title").focus()
    tab_to(desk, in_short)
    keys.press("Control+a")
    keys.type("Warm it")
    keys.press("Enter")
    keys.type("well.")

    # A fold opens and shuts; what is in a shut one is passed by.
    fold = desk.locator("#tips-0 summary")
    tab_to(desk, fold)
    keys.press("Enter")
    expect(desk.locator("#id_tips-0-action")).to_be_visible()

    # A box that finds one row, and one that finds many.
    stretch = desk.locator("#tips-0 .field-stretch .select2-selection")
    tab_to(desk, stretch)
    expect(stretch).to_have_accessible_name("Stretch")
    keys.press("Enter")
    keys.type("calf")
    expect(desk.get_by_role("option", name="Calf stretch at a wall")).to_be_visible()
    keys.press("Enter")
    expect(stretch).to_be_focused()
    expect(stretch).to_contain_text("Calf stretch at a wall")
    cautions = desk.locator("#tips-0 .field-cautions [role=searchbox]")
    tab_to(desk, cautions)
    expect(cautions).to_have_accessible_name("Cautions")

    # One more tip.
    tab_to(desk, desk.get_by_role("button", name="Add another Tip"))
    keys.press("Enter")
    expect(desk.locator("#id_tips-1-action")).to_be_visible()

    # The themes of the preview.
    night = desk.get_by_label("Night", exact=True)
    tab_to(desk, night)
    keys.press("ArrowRight")
    expect(desk.get_by_label("Dim", exact=True)).to_be_focused()
    frame = desk.frame_locator("iframe[name=preview-frame]")
    expect(frame.locator("html")).to_have_attribute("data-theme", "dim")

    save = desk.get_by_role("button", name="Save", exact=True)
    save.focus()
    keys.press("Enter")
    expect(desk.get_by_text("was changed successfully")).to_be_visible()
    assert Section.objects.get().in_short == "Warm it well."
    assert Tip.objects.get().stretch == Stretch.objects.get()


def test_help_for_a_table_opens_from_the_keyboard(desk: Page, live_server: LiveServer) -> None:
    desk.goto(live_server.url + address(make.stretch()))
    fold = desk.get_by_text("What to write in “Stretch steps”")
    fold.focus()
    desk.keyboard.press("Enter")
    expect(desk.get_by_text("Good: Stand facing the bottom stair")).to_be_visible()
