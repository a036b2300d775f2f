from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Page

AXE = (Path(__file__).parent / "vendor" / "axe.min.js").read_text(encoding="utf-8")


@pytest.fixture
def page(page: Page) -> Page:
    """A page of a browser without service workers, so that no saved copy outlives a test's data."""
    page.add_init_script("delete Navigator.prototype.serviceWorker")
    return page


@pytest.fixture
def quiet(page: Page) -> Iterator[Page]:
    """A page whose console must stay silent: no error and no violation of the CSP."""
    said: list[str] = []
    page.on("console", lambda message: said.append(message.text))
    page.on("pageerror", lambda error: said.append(str(error)))
    yield page
    assert said == []


def axe_violations(page: Page, part: str = "html") -> list[str]:
    """Return what axe finds wrong with the page, or a part of it, as it is, a line each."""
    page.evaluate(AXE)
    found = page.evaluate("part => axe.run(part)", part)
    return [
        f"{violation['id']}: {node['html'][:160]}"
        for violation in found["violations"]
        for node in violation["nodes"]
    ]
