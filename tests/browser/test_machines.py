"""What machines are told is data: a browser runs none of it and has nothing to complain of."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page
from pytest_django.live_server_helper import LiveServer

from guide.models import Edition
from tests.browser.conftest import axe_violations

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

DATA = "document.querySelector('script[type=\"application/ld+json\"]').textContent"


@pytest.mark.parametrize(
    "address", ["/", "/guide/ease-a-cramp/", "/stretches/ankle-pumps/", "/faq/", "/about/changes/"]
)
def test_the_data_of_a_page_is_read_whole_and_breaks_no_policy(
    quiet: Page, live_server: LiveServer, guide: list[Edition], address: str
) -> None:
    quiet.goto(live_server.url + address)
    graph = quiet.evaluate(f"JSON.parse({DATA})['@graph']")
    assert graph[0]["url"] == live_server.url + address


@pytest.mark.parametrize("theme", ["night", "dim", "day"])
def test_the_page_of_changes_is_for_everyone(
    page: Page, live_server: LiveServer, guide: list[Edition], theme: str
) -> None:
    page.add_init_script(f"localStorage.setItem('look', '{theme}')")
    page.set_viewport_size({"width": 320, "height": 640})
    page.goto(f"{live_server.url}/about/changes/")
    assert axe_violations(page) == []
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
