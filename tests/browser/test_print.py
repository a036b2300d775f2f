"""On paper: black on white, nothing to press, where links lead in words, nothing cut off."""

from __future__ import annotations

import re
from io import BytesIO

import pytest
from playwright.sync_api import Page, ViewportSize, expect
from pypdf import PdfReader
from pytest_django.live_server_helper import LiveServer

from guide.models import Edition
from tests.browser.kinds import unfold
from tests.browser.measures import measure
from tests.browser.test_reading import THEMES, choose_theme

pytestmark = pytest.mark.browser

ARTICLE = "/guide/food-and-drink/"
STRETCH = "/stretches/wall-calf-straight-knee/"
WHOLE = "/guide/all/"
PRINTED = (ARTICLE, STRETCH, "/guide/when-to-get-help/", "/faq/", "/help/", "/cramp/", WHOLE)
#: What is left between the margins of the narrower paper, in CSS pixels.
PAPER = ViewportSize(width=680, height=940)
WHITE, BLACK = "rgb(255, 255, 255)", "rgb(0, 0, 0)"


@pytest.fixture
def paper(page: Page, live_server: LiveServer, guide: list[Edition]) -> Page:
    page.set_viewport_size(PAPER)
    page.emulate_media(media="print")
    return page


def letters(text: str) -> str:
    """Return text without what a line break may add or take away."""
    return re.sub(r"[\s\u00ad-]+", "", text)


@pytest.mark.parametrize("size", ["A4", "Letter"])
@pytest.mark.parametrize("address", [ARTICLE, STRETCH, WHOLE])
def test_all_the_words_are_on_paper_and_no_page_is_blank(
    paper: Page, live_server: LiveServer, address: str, size: str
) -> None:
    paper.goto(live_server.url + address)
    unfold(paper)
    shown = measure(paper, "texts")
    pages = [page.extract_text() for page in PdfReader(BytesIO(paper.pdf(format=size))).pages]
    printed = letters("".join(re.sub(r"\n?\d+\s*$", "", page) for page in pages))
    assert [page for page in pages if len(page) < 40] == []
    assert len(shown) > 50
    assert [text for text in shown if letters(text) not in printed] == []
    assert len(pages) > (100 if address == WHOLE else 2)


@pytest.mark.parametrize("address", PRINTED)
def test_nothing_is_cut_off_or_overlaps(paper: Page, live_server: LiveServer, address: str) -> None:
    paper.goto(live_server.url + address)
    assert measure(paper, "sideways", "cut", "overlaps") == []


@pytest.mark.parametrize("theme", THEMES)
def test_it_is_black_on_white_in_every_theme(
    paper: Page, live_server: LiveServer, theme: str
) -> None:
    choose_theme(paper, theme)
    paper.goto(live_server.url + "/guide/when-to-get-help/")
    look = "found => [getComputedStyle(found).color, getComputedStyle(found).backgroundColor]"
    assert paper.locator("body").evaluate(look) == [BLACK, WHITE]
    for card in paper.locator(".care .panel").all():
        assert card.evaluate(look)[0] == BLACK
    for band in paper.locator(".care .band").all():
        assert band.evaluate(look) == [BLACK, WHITE]


def test_links_say_where_they_lead(paper: Page, live_server: LiveServer) -> None:
    paper.goto(live_server.url + ARTICLE)
    said = "link => getComputedStyle(link, '::after').content"
    for start in ("https://", "/guide/"):
        link = paper.locator(f"main p a[href^='{start}'], main .sources a[href^='{start}']").first
        assert link.evaluate(said) == '" (" attr(href) ")"' or start in link.evaluate(said)
    assert paper.locator("main a[href^='#']").first.evaluate(said) in {"none", "normal"}


@pytest.mark.parametrize("address", [ARTICLE, STRETCH, "/faq/", WHOLE])
def test_paper_says_where_it_comes_from(paper: Page, live_server: LiveServer, address: str) -> None:
    paper.goto(live_server.url + address)
    line = paper.get_by_text(f"This page: {live_server.url}{address}.")
    expect(line).to_be_visible()
    paper.emulate_media(media="screen")
    expect(line).to_be_hidden()


def test_what_is_folded_on_a_screen_is_open_on_paper(paper: Page, live_server: LiveServer) -> None:
    paper.goto(live_server.url + ARTICLE)
    source = paper.locator(".sources li").first
    expect(source).to_be_visible()
    assert source.evaluate("one => one.getBoundingClientRect().height") > 10


@pytest.mark.parametrize("address", [ARTICLE, STRETCH, "/faq/"])
def test_there_is_nothing_to_press_and_what_is_drawn_stays(
    paper: Page, live_server: LiveServer, address: str
) -> None:
    paper.goto(live_server.url + address)
    expect(paper.locator(":is(nav, button, select):visible")).to_have_count(0)
    expect(paper.get_by_text("To print this page").locator("visible=true")).to_have_count(0)
    figures = paper.locator("main .figure")
    assert figures.count() == paper.locator("main .figure:visible").count()


def test_how_sure_we_are_is_said_in_words(paper: Page, live_server: LiveServer) -> None:
    paper.goto(live_server.url + ARTICLE)
    labels = paper.locator(".evidence").all_inner_texts()
    assert labels
    assert all(re.search("evidence|studies|help", label) for label in labels)


def test_no_card_or_figure_is_divided_between_two_pages(
    paper: Page, live_server: LiveServer
) -> None:
    paper.goto(live_server.url + WHOLE)
    look = "all => [...new Set(all.map(one => getComputedStyle(one).breakInside))]"
    for thing in (".card", ".care", ".short", "figure"):
        assert paper.locator(f"main {thing}").evaluate_all(look) == ["avoid"], thing


def test_a_button_prints_and_without_javascript_words_say_how(
    page: Page, live_server: LiveServer, guide: list[Edition]
) -> None:
    page.goto(live_server.url + ARTICLE)
    page.evaluate("window.print = () => window.printed = true")
    page.get_by_role("button", name="Print this page").click()
    assert page.evaluate("window.printed")
    expect(page.get_by_text("To print this page, choose Print")).to_be_hidden()
    page.evaluate("delete document.documentElement.dataset.js")
    expect(page.get_by_text("To print this page, choose Print")).to_be_visible()
    expect(page.get_by_role("button", name="Print this page")).to_be_hidden()
