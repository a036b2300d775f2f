"""Signing in as a person does it: two steps on a phone, and back after a long break."""

from __future__ import annotations

import time
from base64 import b32decode
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.contrib.sessions.models import Session
from django_otp.oath import TOTP
from playwright.sync_api import Browser, Page, ViewportSize, expect
from pytest_django.live_server_helper import LiveServer

from tests import make
from tests.admin.desk import address
from tests.browser.conftest import axe_violations
from tests.signing.people import PASSWORD

pytestmark = pytest.mark.browser

PHONE = ViewportSize(width=360, height=740)


@pytest.fixture(autouse=True)
def two_factors(settings: Any) -> None:
    settings.TWO_FACTOR = True


@pytest.fixture
def edith(live_server: LiveServer) -> User:
    return User.objects.create_superuser("edith", password=PASSWORD)


def give_password(page: Page, site: LiveServer, wanted: str = "/admin/") -> None:
    page.goto(site.url + wanted)
    page.get_by_label("Username:").fill("edith")
    page.get_by_label("Password:").fill(PASSWORD)
    page.keyboard.press("Enter")


def code(secret: str, later: int = 0) -> str:
    """What the app on the phone shows, now or some seconds later."""
    totp = TOTP(b32decode(secret))
    totp.time = time.time() + later
    return f"{totp.token():06}"


def looks_right(page: Page) -> None:
    assert axe_violations(page) == []
    assert page.evaluate("document.documentElement.scrollWidth") <= PHONE["width"]


def test_a_phone_is_set_up_and_from_then_on_asked_for(
    quiet: Page, browser: Browser, live_server: LiveServer, edith: User
) -> None:
    quiet.set_viewport_size(PHONE)
    give_password(quiet, live_server, "/admin/guide/article/")
    expect(quiet.get_by_role("heading", name="Set up a second step")).to_be_visible()
    looks_right(quiet)
    secret = quiet.locator(".desk-steps code").inner_text().replace(" ", "")
    quiet.get_by_label("Code:").fill(code(secret))
    quiet.keyboard.press("Enter")
    expect(quiet.get_by_role("heading", name="Your recovery codes")).to_be_visible()
    looks_right(quiet)
    quiet.get_by_role("link", name="I have kept them. Go on").click()
    expect(quiet.get_by_role("heading", name="Select article to")).to_be_visible()
    quiet.get_by_role("link", name="Second step").click()
    expect(quiet.get_by_text("10 of your recovery codes are left")).to_be_visible()
    looks_right(quiet)

    other = browser.new_page(viewport=PHONE)
    give_password(other, live_server)
    expect(other.get_by_label("Code:")).to_be_focused()
    looks_right(other)
    other.keyboard.type(code(secret, later=30))
    other.keyboard.press("Enter")
    expect(other.get_by_role("heading", name="What would you like to edit?")).to_be_visible()
    other.close()


def test_what_was_typed_before_a_long_break_is_saved_after_it(
    page: Page, live_server: LiveServer, edith: User, settings: Any
) -> None:
    settings.TWO_FACTOR = False
    section = make.section()
    page.set_viewport_size(PHONE)
    give_password(page, live_server, address(section))
    page.locator("#id_title").fill("Warmth & cold")
    page.locator("#id_body").fill("First line.\n\nLast “line”.")
    Session.objects.all().delete()
    page.get_by_role("button", name="Save", exact=True).click()
    expect(page.get_by_text("What you typed is kept in this page")).to_be_visible()
    looks_right(page)
    page.get_by_label("Username:").fill("edith")
    page.get_by_label("Password:").fill(PASSWORD)
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", name="Welcome back")).to_be_visible()
    looks_right(page)
    page.get_by_role("button", name="Send it now").click()
    expect(page.get_by_text("was changed successfully")).to_be_visible()
    section.refresh_from_db()
    assert (section.title, section.body) == ("Warmth & cold", "First line.\n\nLast “line”.")
