"""Every kind of page by WCAG 2.2 AA, as far as a machine can tell."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from itertools import cycle, pairwise
from typing import Any, NamedTuple
from urllib.parse import urlsplit

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
    *("changes_feed", "healthz", "manifest", "metrics", "readyz", "robots", "security"),
    *("service_worker", "sitemap", "six_weeks"),
}
#: What axe says may differ from theme to theme; the rest it says once.
COLORS = ("color-contrast", "link-in-text-block")
#: What keeps the colors of the style sheet where the system forces its own.
UNFORCED = """[...document.querySelectorAll("*")].filter(
    one => getComputedStyle(one).forcedColorAdjust === "none"
)"""
#: Their parts are those of shorter pages, whose colors are looked at in every theme.
LONG = {"/guide/all/", "/check/rules/"}
LANDMARKS = ("banner", "main", "contentinfo")
#: The measures of a page that shows all that is on it.
WHOLE = ("sideways", "cut", "overlaps")
_turns = cycle(THEMES)

Found = dict[str, list[str]]
#: To open a page costs more than most looks at it, so each page is opened once for many of them.
Look = Callable[[Page], list[str]]


def test_every_address_of_a_page_has_a_kind() -> None:
    known = {
        resolve(one.address.partition("?")[0]).url_name
        for one in KINDS.values()
        if "no-such" not in one.address
    }
    assert {pattern.name for pattern in urlpatterns} - known == MACHINES


def in_every_theme(page: Page) -> list[str]:
    """What axe finds wrong, in each theme."""
    found = []
    for theme in THEMES[:1] if has_shorter_pages(page) else THEMES:
        page.evaluate("theme => (document.documentElement.dataset.theme = theme)", theme)
        rules = COLORS if theme != THEMES[0] else ()
        found += [f"{theme}: {one}" for one in axe_violations(page, *rules)]
    return found


def has_shorter_pages(page: Page) -> bool:
    """Tell whether all the parts of a page are on shorter ones, seen in every theme there."""
    return urlsplit(page.url).path in LONG


def in_forced_colors(page: Page) -> list[str]:
    """Things have edges, and own colors have contrast.

    The system's colors always have it, but axe reads those of the style sheet.
    """
    page.emulate_media(forced_colors="active")
    found = axe_violations(page, *COLORS, within=UNFORCED) + measure(page, "edges")
    page.emulate_media(forced_colors="none")
    return found


def in_order(page: Page) -> list[str]:
    """Landmarks and headings are read in order, but for what lies behind a dialog."""
    return [] if page.locator("dialog:modal").count() else misread(page)


def large_enough(page: Page) -> list[str]:
    """Every target is large enough to hit."""
    return measure(page, "small", "smallControls")


def at_rest(page: Page) -> list[str]:
    """Nothing moves for a reader who asked for less motion."""
    page.emulate_media(reduced_motion="reduce")
    found = measure(page, "moving")
    page.emulate_media(reduced_motion="no-preference")
    return found


def at_400_percent(page: Page) -> list[str]:
    """Nothing scrolls sideways or is cut off."""
    page.set_viewport_size(ZOOMED)
    found = measure(page, *WHOLE)
    page.set_viewport_size(PHONE)
    return found


def with_more_space_in_the_text(page: Page) -> list[str]:
    """Nothing is cut off or overlaps, on either screen. The style stays."""
    add_style(page, TEXT_SPACING)
    found = []
    for size in (PHONE, DESKTOP):
        page.set_viewport_size(size)
        found += [f"{size['width']}: {one}" for one in measure(page, *WHOLE)]
    page.set_viewport_size(PHONE)
    return found


def in_one_theme(page: Page) -> list[str]:
    """What axe finds wrong. The themes take turns: what they color is the same at every size."""
    page.evaluate("theme => (document.documentElement.dataset.theme = theme)", next(_turns))
    return axe_violations(page)


def in_the_width_of_a_phone(page: Page) -> list[str]:
    page.set_viewport_size(PHONE)
    return measure(page, *WHOLE)


def in_the_width_of_a_desk(page: Page) -> list[str]:
    page.set_viewport_size(DESKTOP)
    return measure(page, *WHOLE)


class Walk(NamedTuple):
    """One way through the kinds of pages, and what is looked at on each."""

    looks: tuple[Look, ...]
    kinds: dict[str, Kind] = KINDS
    size: ViewportSize = PHONE
    browser: str = "page"


WALKS = {
    "on a phone": Walk(
        # The last one leaves a style behind.
        (
            *(in_order, large_enough, in_every_theme, in_forced_colors, at_rest, at_400_percent),
            with_more_space_in_the_text,
        ),
        ON_PHONE,
    ),
    "on a wide screen": Walk((large_enough, in_one_theme), size=DESKTOP),
    "with large letters": Walk((in_the_width_of_a_phone, in_the_width_of_a_desk), browser="large"),
}
Seen = Callable[[str, Look], Found]
#: What each walk found, by look and by kind of page. All tests of this file are one worker's
#: (tests/scheduling.py), so that each walk is done once.
_walked: dict[str, dict[Look, Found]] = {}


@pytest.fixture
def seen(
    request: pytest.FixtureRequest, page: Page, live_server: LiveServer, guide: list[Edition]
) -> Seen:
    """Tell what a look found on a walk. The first that asks has to walk."""

    def tell(name: str, look: Look) -> Found:
        if name not in _walked:
            walk = WALKS[name]
            _walked[name] = walked(request.getfixturevalue(walk.browser), live_server, walk)
        return _walked[name][look]

    return tell


def walked(page: Page, live_server: LiveServer, walk: Walk) -> dict[Look, Found]:
    page.set_viewport_size(walk.size)
    wrong: dict[Look, Found] = {look: {} for look in walk.looks}
    for name in visited(page, live_server, walk.kinds):
        for look in walk.looks:
            if found := look(page):
                wrong[look][name] = found
    return wrong


def test_axe_finds_nothing_wrong_in_any_theme(seen: Seen) -> None:
    assert seen("on a phone", in_every_theme) == {}


def test_axe_finds_nothing_wrong_on_a_wide_screen(seen: Seen) -> None:
    assert seen("on a wide screen", in_one_theme) == {}


def test_in_forced_colors_things_have_edges_and_own_colors_have_contrast(seen: Seen) -> None:
    assert seen("on a phone", in_forced_colors) == {}


def test_landmarks_and_headings_are_read_in_order(seen: Seen) -> None:
    assert seen("on a phone", in_order) == {}


def test_at_400_percent_nothing_scrolls_sideways_or_is_cut_off(seen: Seen) -> None:
    assert seen("on a phone", at_400_percent) == {}


def test_with_more_space_in_the_text_nothing_is_cut_off_or_overlaps(seen: Seen) -> None:
    assert seen("on a phone", with_more_space_in_the_text) == {}


@pytest.mark.parametrize("look", [in_the_width_of_a_phone, in_the_width_of_a_desk])
def test_with_text_at_200_percent_nothing_is_cut_off_or_overlaps(seen: Seen, look: Look) -> None:
    assert seen("with large letters", look) == {}


@pytest.mark.parametrize(
    "walk",
    ["on a phone", "on a wide screen"],
)
def test_every_target_is_large_enough_to_hit(seen: Seen, walk: str) -> None:
    assert seen(walk, large_enough) == {}


def test_nothing_moves_for_a_reader_who_asked_for_less_motion(seen: Seen) -> None:
    assert seen("on a phone", at_rest) == {}


#: Something wrong for each look on a phone. An element's own style is set by script: CSP lets it.
PLANTED = """() => {
    const main = document.querySelector("main");
    const add = (name, html, style, class_ = "") => {
        const one = main.appendChild(document.createElement(name));
        one.className = class_;
        one.innerHTML = html;
        Object.assign(one.style, style);
    };
    add("h5", "A heading too deep", {});
    add("div", "<a href='#'></a><a href='#'>x</a>", {});
    const small = main.lastChild.firstChild;
    Object.assign(small.style, { display: "block", width: "9px", height: "9px" });
    add("p", "Words that are hard to see", { color: "#888", background: "#999" });
    add("p", "A surface without an edge", { border: "0" }, "card");
    add("p", "It fades", { transition: "color 1s" });
    add("p", "wide", { width: "2000px" });
}"""


def test_a_walk_sees_what_is_wrong_by_every_look(
    page: Page, live_server: LiveServer, guide: list[Edition]
) -> None:
    faulty = {"home": Kind("/", then=lambda page: page.evaluate(PLANTED))}
    for name in ("on a phone", "on a wide screen"):
        found = walked(page, live_server, WALKS[name]._replace(kinds=faulty))
        assert [look.__name__ for look in WALKS[name].looks if not found[look]] == []
    sound = walked(page, live_server, WALKS["on a phone"]._replace(kinds={"home": Kind("/")}))
    assert [look.__name__ for look, wrong in sound.items() if wrong] == []


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
