"""An editor's day: change a tip, preview it in Night, submit, be sent back, put it right, be
published by a second person, be read, restore."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from importlib import import_module
from typing import Any

import pytest
from django.apps import apps
from django.urls import reverse
from playwright.sync_api import Browser, BrowserContext, Page, expect
from pytest_django.live_server_helper import LiveServer

from guide.models import Section
from tests import make
from tests.admin.desk import address

pytestmark = pytest.mark.browser

SignIn = Callable[[str, str], Page]


@pytest.fixture
def sign_in(browser: Browser, live_server: LiveServer, settings: Any) -> Iterator[SignIn]:
    """Sign people in, each in a browser of their own, whose consoles must stay silent."""
    settings.FOUR_EYES = True
    # A test in a browser leaves an empty database: not even the groups that migrations made.
    import_module("guide.migrations.0002_groups").make_groups(apps, None)
    import_module("guide.migrations.0010_submissions").let_reviewers_publish(apps, None)
    said: list[str] = []
    contexts: list[BrowserContext] = []

    def signed_in(name: str, group: str) -> Page:
        make.staff(name, group)
        contexts.append(browser.new_context(base_url=live_server.url))
        page = contexts[-1].new_page()
        page.on("console", lambda message: said.append(message.text))
        page.on("pageerror", lambda error: said.append(str(error)))
        page.goto(reverse("admin:login"))
        page.get_by_label("Username:").fill(name)
        page.get_by_label("Password:").fill("a-long-test-password")
        page.keyboard.press("Enter")
        expect(page.get_by_role("heading", name="What would you like to edit?")).to_be_visible()
        return page

    yield signed_in
    for context in contexts:
        context.close()
    assert said == []


def edit(desk: Page, section: Section, action: str, note: str) -> None:
    """Change the tip and submit it."""
    change(desk, section, action)
    desk.get_by_role("button", name="Save and submit for a check").click()
    submit(desk, note)


def change(desk: Page, section: Section, action: str) -> None:
    desk.goto(address(section))
    desk.locator("#tips-0 summary").click()
    desk.locator("#id_tips-0-action").fill(action)


def submit(desk: Page, note: str) -> None:
    desk.get_by_label("What did you change").fill(note)
    desk.get_by_role("button", name="Submit for a check").click()
    expect(desk.get_by_text("Somebody else checks it now.")).to_be_visible()


def publish(desk: Page) -> None:
    """Open what waits from the queue, and publish it."""
    desk.goto(reverse("admin:guide_submission_changelist"))
    desk.get_by_role("link", name="Heat and cold").click()
    desk.get_by_role("button", name="Publish this proof").click()
    expect(desk.get_by_text("Published. Readers see edition")).to_be_visible()


def test_a_tip_goes_from_an_editor_by_a_second_person_to_the_reader_and_back(
    sign_in: SignIn, page: Page, live_server: LiveServer, section: Section
) -> None:
    edith, paula = sign_in("edith", "Editors"), sign_in("paula", "Publishers")

    def reader_sees(words: str) -> None:
        page.goto(f"{live_server.url}/guide/ease-a-cramp/")
        expect(page.get_by_text(words, exact=True)).to_be_visible()

    change(edith, section, "Boil it")
    edith.get_by_label("Day", exact=True).check()
    edith.get_by_label("Night", exact=True).check()
    preview = edith.frame_locator("iframe[name=preview-frame]")
    expect(preview.get_by_role("heading", name="Boil it")).to_be_visible()
    expect(preview.locator("html")).to_have_attribute("data-theme", "night")
    reader_sees("Warm it")

    edith.get_by_role("button", name="Save and submit for a check").click()
    submit(edith, "Warmer")
    reader_sees("Warm it")

    paula.goto(reverse("admin:guide_submission_changelist"))
    paula.get_by_role("link", name="Heat and cold").click()
    expect(paula.locator("ins")).to_contain_text("Boil")
    paula.get_by_label("What is still to do?").fill("Too hot")
    paula.get_by_role("button", name="Send it back").click()
    expect(paula.get_by_text("Sent back to edith")).to_be_visible()

    edith.goto(address(section))
    expect(edith.get_by_text("Too hot")).to_be_visible()
    edit(edith, section, "Warm it gently", "Not so hot")
    publish(paula)
    reader_sees("Warm it gently")

    edith.goto(address(section, "editions"))
    edith.get_by_role("button", name="Restore edition 1 as a draft").click()
    expect(edith.get_by_text("is back on the desk as a draft")).to_be_visible()
    reader_sees("Warm it gently")
    edith.get_by_role("button", name="Save and submit for a check").click()
    submit(edith, "The old one was better")
    publish(paula)
    reader_sees("Warm it")


def test_the_pages_of_four_eyes_fit_a_phone_and_need_no_mouse(
    sign_in: SignIn, section: Section
) -> None:
    edith, paula = sign_in("edith", "Editors"), sign_in("paula", "Publishers")
    edit(edith, section, "Warm it gently, for as long as it feels good to you", "Kinder")
    paula.set_viewport_size({"width": 360, "height": 740})
    for name in ("review", "editions", "compare", "change"):
        paula.goto(address(section, name))
        assert paula.evaluate("document.documentElement.scrollWidth") <= 360, name
    paula.goto(address(section, "review"))
    paula.get_by_label("What is still to do?").focus()
    paula.keyboard.type("Shorter")
    paula.keyboard.press("Tab")
    paula.keyboard.press("Enter")
    expect(paula.get_by_text("Sent back to edith")).to_be_visible()


def test_who_was_overtaken_sees_what_the_other_changed_and_keeps_what_they_typed(
    sign_in: SignIn, section: Section
) -> None:
    edith, paula = sign_in("edith", "Editors"), sign_in("paula", "Publishers")
    edith.goto(address(section))
    edith.locator("#id_title").fill("Warmth")
    edith.get_by_role("button", name="Save and continue editing").click()
    edith.locator("#id_body").fill("My body.")
    paula.goto(address(section))
    paula.locator("#id_in_short").fill("Warm the sore muscle well.")
    paula.get_by_role("button", name="Save", exact=True).click()
    # All requests share one connection to the database of a test: two at once may lock it.
    expect(paula.get_by_text("was changed successfully")).to_be_visible()
    edith.get_by_role("button", name="Save", exact=True).click()
    theirs = edith.get_by_role("region", name="What changed while you had this page open")
    expect(theirs.locator("ins")).to_contain_text("well")
    expect(edith.locator("#id_body")).to_have_value("My body.")
    theirs.get_by_label("Put my text in the place of theirs").check()
    edith.get_by_role("button", name="Save", exact=True).click()
    expect(edith.get_by_text("was changed successfully")).to_be_visible()
    assert Section.objects.get().body == "My body."
