"""What a browser can measure of the page that it shows; measures.js says how."""

from __future__ import annotations

from pathlib import Path
from typing import NamedTuple

from playwright.sync_api import Page

_SCRIPT = (Path(__file__).parent / "measures.js").read_text(encoding="utf-8")
#: WCAG 1.4.12: what a reader may set, and nothing may be lost.
TEXT_SPACING = """
    * { line-height: 1.5 !important; letter-spacing: 0.12em !important;
        word-spacing: 0.16em !important; }
    p { margin-bottom: 2em !important; }
"""


class Place(NamedTuple):
    """Where on the page an element is that has the focus."""

    left: float
    right: float
    top: float
    bottom: float
    name: str


def measure(page: Page, *names: str) -> list[str]:
    """Return what is wrong with the page as it is, a line each."""
    _bring(page)
    calls = ", ".join(f"...measures.{name}()" for name in names)
    found: list[str] = page.evaluate(f"[{calls}]")
    return found


def _bring(page: Page) -> None:
    if not page.evaluate("window.measures"):
        page.evaluate(_SCRIPT)


def place(page: Page) -> Place | None:
    """Return where the focus is, unless it is on what stays in sight as the page scrolls."""
    _bring(page)
    found = page.evaluate("measures.place()")
    return Place(**found) if found else None


def add_style(page: Page, css: str) -> None:
    """Add a style of the reader's own; the policy lets a script do so, but no element."""
    page.evaluate(
        """css => {
            const sheet = new CSSStyleSheet();
            sheet.replaceSync(css);
            document.adoptedStyleSheets.push(sheet);
        }""",
        css,
    )
