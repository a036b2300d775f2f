"""The measures see what they are for: each finds the fault that is planted here."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page

from tests.browser.measures import TEXT_SPACING, add_style, measure, place

pytestmark = pytest.mark.browser

SOUND = """<!doctype html><html lang="en"><title>A</title>
    <style>:focus { outline: 3px solid }</style><main style="padding: 40px">
    <h1>Heading</h1><p>Words, and <a href="#">a link</a> in them.</p>
    <p style="width: 200px"><button style="min-height: 44px; width: 90px">Press</button></p>
    <label class="card" style="display: block; padding: 20px; border: 1px solid">
        <input type="checkbox"> Tick</label></main>"""
FAULTS = {
    "sideways": [
        "<p style='width: 2000px'>wide</p>",
        "<div style='overflow-x: auto; width: 99px'><p style='width: 300px'>in a region</p></div>",
    ],
    "cut": [
        "<p style='height: 9px; overflow: hidden'>cut at its foot</p>",
        "<p style='width: 40px; overflow: hidden; white-space: nowrap'>cut at its side</p>",
        "<p style='position: absolute; left: -30px'>beyond the screen</p>",
    ],
    "overlaps": ["<div style='height: 3px'>one</div><div>on the other</div>"],
    "small": ["<a href='#' style='display: block; width: 9px; height: 9px'></a><a href='#'>x</a>"],
    "smallControls": ["<a class='button' href='#'>Go</a>"],
    "edges": ["<p class='card' style='border: 0'>A surface</p>"],
    "moving": [
        "<p style='transition: color 1s'>fades</p>",
        "<style>@keyframes a { to { top: 9px } } p::after { content: ''; animation: a 1s }</style>",
        "<style>html { scroll-behavior: smooth }</style>",
    ],
}
HIDDEN = "<div style='position: fixed; inset: 0; background: red'></div>"


@pytest.mark.parametrize("name", FAULTS)
def test_each_measure_finds_its_fault_and_only_that(page: Page, name: str) -> None:
    page.set_content(SOUND)
    assert measure(page, *FAULTS) == []
    for fault in FAULTS[name]:
        page.set_content(SOUND + fault)
        assert measure(page, name), fault


@pytest.mark.parametrize(
    ("fault", "told"),
    [
        ("<style>button:focus { outline: none }</style>", "no outline"),
        (HIDDEN, "hidden"),
        ("<div style='position: fixed; inset: 90px 0 0; height: 90px; background: red'>", "hidden"),
    ],
)
def test_a_focus_without_outline_or_under_something_is_found(
    page: Page, fault: str, told: str
) -> None:
    for content, expected in ((SOUND, []), (SOUND + fault, [told])):
        page.set_content(content)
        page.locator("button").focus()
        page.keyboard.press("Tab")
        page.keyboard.press("Shift+Tab")
        assert [found.partition(":")[0] for found in measure(page, "focus")] == expected


def test_text_spacing_reaches_every_text(page: Page) -> None:
    page.set_content(SOUND)
    add_style(page, TEXT_SPACING)
    look = "one => getComputedStyle(one).letterSpacing"
    assert page.locator("h1").evaluate(look) != "normal"
    assert page.locator("label").evaluate(look) != "normal"


def test_what_is_fixed_has_no_place_on_the_page(page: Page) -> None:
    page.set_content(SOUND + "<a href='#' id='dock' style='position: fixed; bottom: 0'>Dock</a>")
    page.locator("button").focus()
    assert place(page)
    page.locator("#dock").focus()
    assert place(page) is None
