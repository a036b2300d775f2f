"""Every page of the desk, found by its address: quiet, within the policy, accessible, no wider
than a phone.

A page that is added later is walked too. What all kinds share, such as the page to publish, is
looked at once.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from django.contrib.admin import site
from django.contrib.auth.models import Group, User
from django.db.models import Model
from django.test import Client
from django.urls import get_resolver, reverse
from playwright.sync_api import ConsoleMessage, Page, ViewportSize, expect
from pytest_django.live_server_helper import LiveServer

from guide.models import (
    UNIT_BY_KIND,
    Article,
    ExemptWord,
    Fault,
    PageCount,
    SearchTerm,
    Section,
    SignIn,
)
from guide.publishing.submissions import submit
from tests import make
from tests.admin.desk import UNITS
from tests.browser.conftest import axe_violations
from tests.browser.test_desk import sign_in

pytestmark = pytest.mark.browser

WIDE = ViewportSize(width=1280, height=800)
NARROW = ViewportSize(width=360, height=740)
#: Links fade from the colors of the day to those of the night.
FADED = "Promise.all(document.getAnimations().map(one => one.finished))"
CUT_OFF = (
    "[...document.querySelectorAll('.submit-row a')].some(a => a.scrollHeight > a.clientHeight)"
)
#: Each kind has forms and lists of its own. All other pages are one for all.
OWN = ("changelist", "add", "change")
#: Faults that are Django's own templates' and keep nobody from anything.
EXCUSED = {
    "empty-table-header": "the column that names a line has no name itself",
}
#: What another width or the colors of the night can break. Lists share theirs, and so do forms.
BY_NIGHT = ("color-contrast", "target-size", "scrollable-region-focusable")
NO_PAGE = {
    "look": "a button of the first page",
    **dict.fromkeys(("preview", "preview_new", "edition_frame"), "in a frame of pages walked here"),
    **dict.fromkeys(("restore", "send_back", "plans", "withdraw", "logout"), "a button of others"),
    **dict.fromkeys(("jsi18n", "autocomplete", "still_here"), "for scripts"),
    **dict.fromkeys(("code", "two_factor"), "with two steps only: test_signing_in.py"),
    "guide_files_hand_in": "a button of the page to load a file",
    "view_on_site": "leads to readers' pages",
    "login": "looked at before anybody is signed in",
}


@pytest.fixture
def desk(page: Page, live_server: LiveServer) -> Page:
    """A desk with a row of everything, each published, edited and submitted since."""
    for kind, maker in UNITS.items():
        if not UNIT_BY_KIND[kind].objects.exists():
            maker()
    make.tip(Section.objects.get())
    edith = User.objects.create_user("edith")
    for model in UNIT_BY_KIND.values():
        for unit in model.objects.all():
            make.published(unit)
            unit.save()
            submit(unit, user=edith, note="Shorter")
    ExemptWord.objects.create(slug="achilles", why="body part")
    Group.objects.get_or_create(name="Editors")
    PageCount.objects.create(page="/faq/", day="2026-11-26", views=90, yes=20, no=70)
    Fault.objects.create(kind="section", slug="heat-cold", title="Heat and cold", sort="links")
    SignIn.objects.create(name="ann")
    SearchTerm.objects.create(key="k", term="shin", days=3, times=4, last_day="2026-11-26")
    return sign_in(page, live_server)


@pytest.mark.parametrize("group", [*OWN, "other"])
def test_each_page_is_quiet_accessible_by_day_and_night_and_fits_a_phone(
    desk: Page, live_server: LiveServer, group: str
) -> None:
    wrong = [
        f"{address}: {one}"
        for number, address in enumerate(_pages(group))
        for one in _wrong(
            desk, live_server.url + address, by_night=number == 0 or group in {"change", "other"}
        )
    ]
    assert wrong == [], "\n".join(wrong)


def test_so_are_the_pages_before_and_after(page: Page, live_server: LiveServer) -> None:
    login = live_server.url + reverse("admin:login")
    assert _wrong(page, login) == []
    sign_in(page, live_server).get_by_role("button", name="Log out").click()
    expect(page.get_by_role("heading", name="Logged out")).to_be_visible()
    assert _wrong(page) == []


def _wrong(page: Page, address: str = "", *, by_night: bool = True) -> list[str]:
    """Open a page, if it is not open, and say what is wrong with it: wide by day, then narrow."""
    found: list[str] = []

    def hear(message: ConsoleMessage) -> None:
        if message.type in {"error", "warning"}:
            found.append(message.text)

    page.set_viewport_size(WIDE)
    page.emulate_media(color_scheme="light")
    page.on("console", hear)
    if address:
        page.goto(address)
        page.wait_for_timeout(100)
    page.remove_listener("console", hear)  # axe itself breaks the policy
    page.evaluate(FADED)
    found += (one for one in axe_violations(page) if one.partition(":")[0] not in EXCUSED)
    if page.evaluate("document.documentElement.scrollWidth") > WIDE["width"]:
        found.append("wider than the window")
    if page.evaluate(CUT_OFF):
        found.append("a button with words that are cut off")
    page.set_viewport_size(NARROW)
    if page.evaluate("document.documentElement.scrollWidth") > NARROW["width"]:
        found.append("wider than a phone")
    if by_night:
        page.emulate_media(color_scheme="dark")
        page.evaluate(FADED)
        found += [f"narrow, by night, {one}" for one in axe_violations(page, *BY_NIGHT)]
    return found


def _pages(group: str) -> Iterator[str]:
    """Yield the addresses of the pages of a group: of each page in it one at least."""
    client = Client()
    client.force_login(User.objects.get(username="sue"))
    _, resolver = get_resolver().namespace_dict["admin"]
    names = [name for name in resolver.reverse_dict if isinstance(name, str)]
    named, seen = set(), set()
    # A section has the most to show of what is looked at once.
    for name in sorted(names, key=lambda name: (not name.startswith("guide_section_"), name)):
        model, page = _split(name)
        if page in NO_PAGE or group != (page if page in OWN else "other"):
            continue
        named.add(page)
        if page in seen and page not in OWN:
            continue
        [(_, parameters)], *_ = resolver.reverse_dict.getlist(name)[0]
        row: Any = (model or Article)._default_manager.first()
        known = {"app_label": "guide", "number": 1, "name": "overdue"}
        arguments = {one: known.get(one) or row.pk for one in parameters}
        address = reverse(f"admin:{name}", kwargs=arguments)
        response = client.get(address)
        if response.status_code == 200:
            seen.add(page)
            if response.headers["Content-Type"].startswith("text/html"):  # and no file to keep
                yield address
    assert seen == named


def _split(name: str) -> tuple[type[Model] | None, str]:
    """Return the model of a page of the desk, if it has one, and the name of the page."""
    for model in site._registry:
        prefix = f"{model._meta.app_label}_{model._meta.model_name}_"
        if name.startswith(prefix):
            return model, name.removeprefix(prefix)
    return None, name
