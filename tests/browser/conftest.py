from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import BrowserType, Page
from pytest_django.live_server_helper import LiveServer

from guide.models import Section
from tests import make

AXE = (Path(__file__).parent / "vendor" / "axe.min.js").read_text(encoding="utf-8")


@pytest.fixture
def page(page: Page) -> Page:
    """A page of a browser without service workers, so that no saved copy outlives a test's data."""
    page.add_init_script("delete Navigator.prototype.serviceWorker")
    return page


@pytest.fixture
def large(browser_type: BrowserType, browser_type_launch_args: dict[str, Any]) -> Iterator[Page]:
    """A page of a browser whose reader has set letters twice as large."""
    args = [*browser_type_launch_args["args"], "--blink-settings=defaultFontSize=32"]
    browser = browser_type.launch(**{**browser_type_launch_args, "args": args})
    yield browser.new_page()
    browser.close()


@pytest.fixture
def quiet(page: Page) -> Iterator[Page]:
    """A page whose console must stay silent: no error and no violation of the CSP."""
    said: list[str] = []
    page.on("console", lambda message: said.append(message.text))
    page.on("pageerror", lambda error: said.append(str(error)))
    yield page
    assert said == []


def axe_violations(page: Page, *rules: str, within: str = "[document]") -> list[str]:
    """Return what axe finds wrong with the page as it is, a line each; by all rules or by some.

    `within` is JavaScript for the elements to look at.
    """
    if not page.evaluate("window.axe"):
        page.evaluate(AXE)
    # What axe would load before is for one rule that is off by default.
    options: dict[str, object] = {"resultTypes": ["violations"], "preload": False}
    if rules:
        options["runOnly"] = rules
    else:
        options["rules"] = {"target-size": {"enabled": True}}  # of WCAG 2.2, so off by default
    violations = page.evaluate(
        f"""async options => {{
            const include = {within};
            return include.length ? (await axe.run({{ include }}, options)).violations : [];
        }}""",
        options,
    )
    return [
        f"{violation['id']}: {node['html'][:160]}"
        for violation in violations
        for node in violation["nodes"]
    ]


@pytest.fixture
def section(live_server: LiveServer) -> Section:
    """A published section with one tip, in a published article."""
    made = make.section()
    make.tip(made, action="Warm it")
    make.published(made.article)
    make.published(made)
    return made
