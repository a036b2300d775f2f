"""Draw the pictures that stand for a page where its link is shared: `make shares`.

Each is the night of the home page with the name of an article or a stretch, and a figure where
there is one. The name is kept inside the file too, so that a test sees when a picture is old.
"""

from __future__ import annotations

import base64
import io
import os
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any, NamedTuple

from django.template import Context, Engine
from django.utils.safestring import mark_safe
from PIL import Image
from PIL.PngImagePlugin import PngInfo
from playwright.sync_api import sync_playwright

from guide.pages.panels import figure_html
from guide.pages.rows import RowData, fields_of
from guide.publishing import block_yaml

ROOT = Path(__file__).resolve().parent.parent
FOLDER = ROOT / "static" / "share"
WIDTH, HEIGHT = 1200, 630
COLOURS = 32
BROWSER = os.environ.get("CHROMIUM") or shutil.which("chromium") or shutil.which("google-chrome")
SITE = "Leg aches and cramps at night"


class Share(NamedTuple):
    """A picture by its name below `static/share/`, its words, and a figure, which may be none."""

    name: str
    title: str
    kind: str
    figure: dict[str, Any]


def shares() -> Iterator[Share]:
    """Yield the pictures of the site, of every article and of every stretch in the fixtures."""
    stretches = fields_of(_rows("stretches.yaml"), "guide.stretch")
    figures = {fields["slug"]: fields.get("figure", {}) for fields in stretches}
    yield Share("site", SITE, "", {})
    for path in sorted((ROOT / "fixtures" / "articles").glob("*.yaml")):
        rows = _rows(f"articles/{path.name}")
        (article,) = fields_of(rows, "guide.article")
        yield Share(article["slug"], article["title"], "", _first(rows, figures))
    for fields in stretches:
        yield Share(f"stretches/{fields['slug']}", fields["name"], "Stretch", fields["figure"])


def _rows(name: str) -> list[RowData]:
    rows: list[RowData] = block_yaml.load((ROOT / "fixtures" / name).read_text(encoding="utf-8"))
    return rows


def _first(rows: list[RowData], figures: dict[str, dict[str, Any]]) -> dict[str, Any]:
    """Return the figure of the first stretch that a section of an article shows."""
    sections = fields_of(rows, "guide.section")
    named = [key for fields in sections for key in fields.get("stretches", ())]
    return next((found for (slug,) in named if (found := figures[slug])), {})


def main() -> None:
    with sync_playwright() as play:
        browser = play.chromium.launch(executable_path=BROWSER, args=["--no-sandbox"])
        page = browser.new_page(viewport={"width": WIDTH, "height": HEIGHT})
        for share in shares():
            page.set_content(_html(share), wait_until="load")
            page.evaluate("document.fonts.ready")
            _save(page.screenshot(), share)
        browser.close()


def _save(drawn: bytes, share: Share) -> None:
    """Write a picture in few colours, which is a tenth of its weight and looks the same."""
    image = Image.open(io.BytesIO(drawn)).convert("RGB")
    words = PngInfo()
    words.add_text("Title", share.title)
    path = FOLDER / f"{share.name}.png"
    path.parent.mkdir(parents=True, exist_ok=True)
    few = image.quantize(COLOURS, dither=Image.Dither.NONE)
    few.save(path, optimize=True, pnginfo=words)


def _html(share: Share) -> str:
    """Return the picture as a page, with the look of the site in the Night theme."""
    static = ROOT / "static"
    font = (static / "fonts" / "atkinson-hyperlegible-next.woff2").read_bytes()
    figure = figure_html(share.figure)
    context = {
        "share": share,
        "figure": mark_safe(figure),
        "size": "76" if len(share.title) < 34 else "64",
        "room": "600" if figure else "900",
        "font": base64.b64encode(font).decode(),
        "css": mark_safe((static / "css" / "site.css").read_text(encoding="utf-8")),
        "brand": mark_safe((ROOT / "templates" / "icons" / "brand.svg").read_text()),
    }
    look = (ROOT / "tests" / "share_image.html").read_text(encoding="utf-8")
    return str(Engine().from_string(look).render(Context(context)))


if __name__ == "__main__":
    main()
