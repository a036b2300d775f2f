"""Draw the pictures of docs/editing.md anew: `make pictures`.

An editor's day in a browser, on a served copy of the project with two people in it. Each step
that the document shows is kept as a picture, in few colours.
"""

from __future__ import annotations

import io
import os
import shutil
import sys
import tempfile
from collections.abc import Mapping
from pathlib import Path

import django
from PIL import Image
from playwright.sync_api import Browser, FloatRect, Locator, Page, sync_playwright

ROOT = Path(__file__).resolve().parent.parent
FOLDER = ROOT / "docs" / "editing"
BROWSER = os.environ.get("CHROMIUM") or shutil.which("chromium") or shutil.which("google-chrome")
WIDTH, HEIGHT = 1200, 760
MARGIN = 12
COLOURS = 24
PASSWORD = "a-long-test-password"
BEFORE = "Loosen the sheets at your feet"
AFTER = "Untuck the sheets at your feet"


def main() -> None:
    with tempfile.TemporaryDirectory() as folder:
        os.environ["DATABASE_URL"] = f"sqlite:///{folder}/var/guide.sqlite3"
        os.environ.setdefault("DJANGO_SETTINGS_MODULE", "legrelief.settings")
        django.setup()
        from tests.served import served

        with served(Path(folder), LEGRELIEF_FOUR_EYES="true") as server:
            pages = _prepared()
            with sync_playwright() as play:
                if BROWSER is None:
                    sys.exit("Chromium is not installed.")
                browser = play.chromium.launch(executable_path=BROWSER, args=["--no-sandbox"])
                _draw(browser, server.origin, pages)
                browser.close()


def _prepared() -> Mapping[str, str]:
    """Let two people in, and return the addresses that their day leads to."""
    from guide.models import Caution, Questionnaire, Section
    from tests import make
    from tests.admin.desk import address

    make.staff("edith", "Editors")
    make.staff("paula", "Publishers")
    section = Section.objects.get(slug="sleep-setup")
    legs = Questionnaire.objects.get(slug="legs")
    return {
        "section": address(section),
        "review": address(section, "review"),
        "editions": address(section, "editions"),
        "caution": address(Caution.objects.get(slug="numb-skin")),
        "grid": address(legs, "grid"),
        "try": address(legs, "try"),
    }


def _draw(browser: Browser, origin: str, pages: Mapping[str, str]) -> None:
    edith = _desk(browser, origin, "edith")
    _keep(edith, "first-page")

    edith.goto(pages["section"])
    edith.locator("#tips-0 summary").click()
    tip = edith.locator("#id_tips-0-action")
    tip.fill(AFTER)
    edith.frame_locator("iframe").get_by_role("heading", name=AFTER).scroll_into_view_if_needed()
    tip.evaluate("one => scrollBy(0, one.getBoundingClientRect().top - 220)")
    _keep(edith, "tip")

    edith.locator("#id_tips-0-detail").fill("Untuck the end of the bed. Hold it for 20 seconds.")
    edith.locator("#id_body").fill("You should use a light cover. [Read more](/guide/nowhere/).")
    _press(edith, "Save and continue editing")
    _keep(edith, "findings", edith.locator(".desk-findings"))

    edith.goto(pages["editions"])
    _press(edith, "Restore edition 1 as a draft")
    edith.locator("#tips-0 summary").click()
    tip.fill(AFTER)
    edith.get_by_role("button", name="Save and submit for a check").click()
    edith.get_by_label("What did you change").fill("Say what to do with the sheets")
    _keep(edith, "submit", edith.locator("#content"))
    _press(edith, "Submit for a check")

    paula = _desk(browser, origin, "paula")
    paula.goto(pages["review"])
    paula.get_by_label("What is still to do?").fill("Say it in the title of the tip only.")
    _keep(paula, "review", paula.locator("#content"))
    _press(paula, "Send it back")

    edith.goto(pages["section"])
    _keep(edith, "sent-back", edith.locator(".desk-state"))
    edith.get_by_role("button", name="Save and submit for a check").click()
    edith.get_by_label("What did you change").fill("Say what to do with the sheets")
    _press(edith, "Submit for a check")
    paula.goto(pages["review"])
    _press(paula, "Publish this proof")

    paula.goto(pages["editions"])
    _keep(paula, "editions", paula.locator("#content"))
    edith.goto(pages["caution"])
    _keep(edith, "where-used", edith.locator("#id_where-it-is-used"))
    for name in ("grid", "try"):
        edith.goto(pages[name])
        if name == "try":
            edith.get_by_label("A cramp", exact=False).first.check()
            edith.wait_for_timeout(500)
        _keep(edith, name)


def _press(page: Page, name: str) -> None:
    """Press a button, and wait for what comes of it to be told."""
    page.get_by_role("button", name=name).click()
    page.locator(".messagelist").wait_for()


def _desk(browser: Browser, origin: str, name: str) -> Page:
    page = browser.new_page(base_url=origin, viewport={"width": WIDTH, "height": HEIGHT})
    page.add_init_script("localStorage.setItem('django.admin.navSidebarIsOpen', 'false')")
    page.goto("/admin/")
    page.get_by_label("Username:").fill(name)
    page.get_by_label("Password:").fill(PASSWORD)
    if name == "edith":
        _keep(page, "sign-in", page.locator("#container"))
    page.keyboard.press("Enter")
    page.get_by_role("heading", name="What would you like to edit?").wait_for()
    return page


def _keep(page: Page, name: str, part: Locator | None = None) -> None:
    """Keep what a page shows, or only a part of it, no higher than the window."""
    page.wait_for_timeout(500)  # boxes and the preview are drawn by then
    clip: FloatRect | None = None
    if part:
        part.first.evaluate("one => one.scrollIntoView()")
        boxes = [box for one in part.all() if (box := one.bounding_box())]
        left, top = min(box["x"] for box in boxes), min(box["y"] for box in boxes)
        right = max(box["x"] + box["width"] for box in boxes)
        low = max(box["y"] + box["height"] for box in boxes)
        x, y = max(left - MARGIN, 0), max(top - MARGIN, 0)
        width, height = min(right + MARGIN, WIDTH) - x, min(low + MARGIN, HEIGHT) - y
        clip = {"x": x, "y": y, "width": width, "height": height}
    drawn = Image.open(io.BytesIO(page.screenshot(clip=clip))).convert("RGB")
    FOLDER.mkdir(exist_ok=True)
    few = drawn.quantize(COLOURS, dither=Image.Dither.NONE)
    few.save(FOLDER / f"{name}.png", optimize=True)


if __name__ == "__main__":
    main()
