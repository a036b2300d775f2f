"""Every kind of page by WCAG 2.2 AA, as far as a machine can tell."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import cycle, pairwise
from typing import Any

import pytest
from django.urls import resolve
from playwright.sync_api import Page, ViewportSize
from pytest_django.live_server_helper import LiveServer

from guide.models import Edition
from guide.urls import urlpatterns
from tests.browser.conftest import axe_violations
from tests.browser.kinds import KINDS, OPENED, Kind, visited
from tests.browser.measures import TEXT_SPACING, add_style, measure
from tests.browser.test_reading import DESKTOP, PHONE, THEMES, ZOOMED

pytestmark = pytest.mark.browser

ON_PHONE = KINDS | OPENED
#: Addresses that make no page.
MACHINES = {
    *("changes_feed", "healthz", "manifest", "robots", "security", "service_worker", "sitemap"),
    "six_weeks",
}
#: What axe says may differ from theme to theme; the rest it says once.
COLORS = ("color-contrast", "link-in-text-block")
#: What keeps the colors of the style sheet where the system forces its own.
UNFORCED = """[...document.querySelectorAll("*")].filter(
    one => getComputedStyle(one).forcedColorAdjust === "none"
)"""
#: Their parts are those of shorter pages, whose colors are looked at in every theme.
LONG = {"whole guide", "rules"}
LANDMARKS = ("banner", "main", "contentinfo")

Found = dict[str, list[str]]


def test_every_address_of_a_page_has_a_kind() -> None:
    known = {
        resolve(one.address.partition("?")[0]).url_name
        for one in KINDS.values()
        if "no-such" not in one.address
    }
    assert {pattern.name for pattern in urlpatterns} - known == MACHINES


def test_axe_finds_nothing_wrong_in_any_theme(
    page: Page, live_server: LiveServer, guide: list[Edition]
) -> None:
    page.set_viewport_size(PHONE)
    wrong: Found = {}
    for name in visited(page, live_server, ON_PHONE):
        for theme in THEMES[:1] if name in LONG else THEMES:
            page.evaluate("theme => legrelief.showTheme(theme)", theme)
            if found := axe_violations(page, *(COLORS if theme != THEMES[0] else ())):
                wrong[f"{name}, {theme}"] = found
    assert wrong == {}


def test_axe_finds_nothing_wrong_on_a_wide_screen(
    page: Page, live_server: LiveServer, guide: list[Edition]
) -> None:
    """The themes take turns: what they color is the same at every size."""
    page.set_viewport_size(DESKTOP)
    wrong: Found = {}
    for name, theme in zip(visited(page, live_server), cycle(THEMES), strict=False):
        page.evaluate("theme => legrelief.showTheme(theme)", theme)
        if found := axe_violations(page):
            wrong[f"{name}, {theme}"] = found
    assert wrong == {}


def test_in_forced_colors_things_have_edges_and_own_colors_have_contrast(
    page: Page, live_server: LiveServer, guide: list[Edition]
) -> None:
    """The system's colors always have contrast, but axe reads those of the style sheet."""
    page.set_viewport_size(PHONE)
    page.emulate_media(forced_colors="active")
    wrong: Found = {}
    for name in visited(page, live_server, ON_PHONE):
        if found := axe_violations(page, *COLORS, within=UNFORCED) + measure(page, "edges"):
            wrong[name] = found
    assert wrong == {}


def test_landmarks_and_headings_are_read_in_order(
    page: Page, live_server: LiveServer, guide: list[Edition]
) -> None:
    page.set_viewport_size(PHONE)
    wrong: Found = {}
    for name in visited(page, live_server):
        if page.locator("dialog:modal").count() == 0 and (found := misread(page)):
            wrong[name] = found
    assert wrong == {}


def misread(page: Page) -> list[str]:
    """Say what is wrong with the landmarks and headings as a screen reader gets them."""
    nodes = heard(page)
    marks = [role for role, _, _ in nodes if role in LANDMARKS]
    areas = [(role, name) for role, name, _ in nodes if role in {"navigation", "region"}]
    levels = [level for role, _, level in nodes if role == "heading"]
    return [
        *(["landmarks out of order"] if marks != sorted(set(marks), key=LANDMARKS.index) else []),
        *(["no main part"] if "main" not in marks else []),
        *(f"{role} without a name" for role, name in areas if not name),
        *(f"two of {role} {name}" for role, name in set(areas) if areas.count((role, name)) > 1),
        *(["not one h1, and first"] if levels[0] != 1 or levels.count(1) != 1 else []),
        *(f"h{two} after h{one}" for one, two in pairwise(levels) if two > one + 1),
    ]


def heard(page: Page) -> list[tuple[str, str, int]]:
    """Return roles, names and levels in the order in which they are read out.

    Without alerts, which are read as they appear, wherever they stand.
    """
    tree = page.context.new_cdp_session(page).send("Accessibility.getFullAXTree")["nodes"]
    nodes = {node["nodeId"]: node for node in tree}

    def read(node: dict[str, Any]) -> Iterator[tuple[str, str, int]]:
        role = node["role"]["value"]
        if role == "alert":
            return
        if not node["ignored"]:
            levels = [one["value"]["value"] for one in node["properties"] if one["name"] == "level"]
            yield role, node["name"]["value"], next(iter(levels), 0)
        for child in node.get("childIds", []):
            if child in nodes:
                yield from read(nodes[child])

    return list(read(tree[0]))


def test_at_400_percent_nothing_scrolls_sideways_or_is_cut_off(
    page: Page, live_server: LiveServer, guide: list[Edition]
) -> None:
    page.set_viewport_size(ZOOMED)
    kinds = visited(page, live_server, ON_PHONE)
    wrong = {name: measure(page, "sideways", "cut", "overlaps") for name in kinds}
    assert {name: found for name, found in wrong.items() if found} == {}


def test_with_more_space_in_the_text_nothing_is_cut_off_or_overlaps(
    page: Page, live_server: LiveServer, guide: list[Edition]
) -> None:
    wrong: Found = {}
    for name in visited(page, live_server, ON_PHONE):
        add_style(page, TEXT_SPACING)
        for size in (PHONE, DESKTOP):
            page.set_viewport_size(size)
            if found := measure(page, "sideways", "cut", "overlaps"):
                wrong[f"{name}, {size['width']}"] = found
        page.set_viewport_size(PHONE)
    assert wrong == {}


@pytest.mark.parametrize("size", [PHONE, DESKTOP], ids=["phone", "desktop"])
def test_with_text_at_200_percent_nothing_is_cut_off_or_overlaps(
    large: Page, live_server: LiveServer, guide: list[Edition], size: ViewportSize
) -> None:
    large.set_viewport_size(size)
    kinds = visited(large, live_server)
    wrong = {name: measure(large, "sideways", "cut", "overlaps") for name in kinds}
    assert {name: found for name, found in wrong.items() if found} == {}


@pytest.mark.parametrize(
    ("size", "kinds"), [(PHONE, ON_PHONE), (DESKTOP, KINDS)], ids=["phone", "desktop"]
)
def test_every_target_is_large_enough_to_hit(
    page: Page,
    live_server: LiveServer,
    guide: list[Edition],
    size: ViewportSize,
    kinds: dict[str, Kind],
) -> None:
    page.set_viewport_size(size)
    found = {
        name: measure(page, "small", "smallControls") for name in visited(page, live_server, kinds)
    }
    assert {name: small for name, small in found.items() if small} == {}


def test_nothing_moves_for_a_reader_who_asked_for_less_motion(
    page: Page, live_server: LiveServer, guide: list[Edition]
) -> None:
    page.emulate_media(reduced_motion="reduce")
    found = {name: measure(page, "moving") for name in visited(page, live_server)}
    assert {name: moving for name, moving in found.items() if moving} == {}
