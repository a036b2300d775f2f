"""Results and summaries in a browser: each level in each theme, print, copy."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest
from django.test import Client
from playwright.sync_api import BrowserContext, Page, expect
from pytest_django.live_server_helper import LiveServer

from guide.models import Edition
from guide.triage import Answers, Level, assess, walk
from tests.browser.conftest import axe_violations
from tests.triage.flows import published
from tests.triage.makers import codes

pytestmark = pytest.mark.browser

THEMES = ("night", "dim", "day")
#: For each level, the answers of somebody whom it fits.
PEOPLE = {
    "emergency": codes("nb ns"),
    "urgent": codes("n0 ls s0 wc fo pw hs d0"),
    "doctor": codes("n0 l0 s0 wc fc ps ht ds"),
    "self-care": codes("n0 l0 s0 wc fc pw h0 ds"),
    "out of scope": codes("n0 l0 s0 wn"),
}
#: Somebody who ticks whatever can be ticked short of an emergency.
HEAVY = codes(
    "n0 ls lh lw sw sc sb st sv sm sl sa wc fo pw ps pr pk pb ph pc pe hp hs hc hu ht hw hn hb "
    "bo bs bf bm ch ck cd cf ca cg cl ds df du dd dv dw dn do"
)
#: Somebody who is not sure of anything and checks it all together, the injury in vain.
UNSURE = codes("n9 xn0 l9 xl0 s9 xs9 w9 fh j9 xj9 h9")


@pytest.fixture
def legs(live_server: LiveServer, guide: list[Edition]) -> Callable[..., str]:
    """Give a browser somebody's answers, and return the address of a page about them."""

    def answered(context: BrowserContext, answers: Answers, name: str) -> str:
        client, of = Client(), published("legs")
        for question in of.questions:
            if given := sorted(answers & question.codes):
                client.post(f"/check/legs/q/{question.slug}/", {"answer": given})
        folder = f"{live_server.url}/check/"
        value = client.cookies["check_token_legs"].value
        context.add_cookies([{"name": "check_token_legs", "value": value, "url": folder}])
        return f"{folder}legs/{name}/"

    return answered


@pytest.mark.parametrize("theme", THEMES)
@pytest.mark.parametrize("person", PEOPLE)
def test_axe_finds_nothing_wrong_with_a_result_and_its_summary(
    quiet: Page, legs: Callable[..., str], person: str, theme: str
) -> None:
    quiet.set_viewport_size({"width": 360, "height": 740})
    quiet.add_init_script(f"localStorage.setItem('look', '{theme}')")
    quiet.goto(legs(quiet.context, PEOPLE[person], "result"))
    for closed in quiet.locator("main details").all():
        closed.locator("summary").first.click()
    assert axe_violations(quiet) == []
    assert not quiet.evaluate("document.documentElement.scrollWidth > innerWidth")
    quiet.goto(legs(quiet.context, PEOPLE[person], "summary"))
    assert axe_violations(quiet) == []
    assert not quiet.evaluate("document.documentElement.scrollWidth > innerWidth")


def test_on_paper_the_answers_stand_without_links_to_change_them(
    quiet: Page, legs: Callable[..., str]
) -> None:
    quiet.goto(legs(quiet.context, PEOPLE["urgent"], "result"))
    quiet.get_by_text("Show and change them").click()
    changes = quiet.locator(".rows a:visible")
    assert changes.count() > 2
    quiet.emulate_media(media="print")
    expect(changes).to_have_count(0)
    expect(quiet.locator(".rows dd:visible").first).to_be_visible()


def test_what_to_read_out_is_large(quiet: Page, legs: Callable[..., str]) -> None:
    quiet.goto(legs(quiet.context, PEOPLE["emergency"], "result"))
    spoken = quiet.get_by_text("I need an ambulance.")
    size = spoken.evaluate("found => parseFloat(getComputedStyle(found).fontSize)")
    assert size >= 1.5 * 16


def test_an_emergency_sign_ticked_by_mistake_is_one_link_away(
    quiet: Page, legs: Callable[..., str]
) -> None:
    quiet.goto(legs(quiet.context, PEOPLE["emergency"], "result"))
    quiet.get_by_role("link", name="I ticked that by mistake").click()
    expect(quiet.get_by_label("Chest pain, coughing up blood")).to_be_checked()


def test_in_an_emergency_another_country_can_be_chosen(
    quiet: Page, legs: Callable[..., str]
) -> None:
    quiet.goto(legs(quiet.context, PEOPLE["emergency"], "result"))
    quiet.get_by_label("Show phone numbers for").select_option("gb")
    expect(quiet.get_by_role("link", name="Call 999")).to_be_visible()


@pytest.mark.parametrize("paper", ["A4", "Letter"])
@pytest.mark.parametrize("answers", [HEAVY, UNSURE, PEOPLE["self-care"]])
def test_a_summary_prints_on_one_page(
    quiet: Page, legs: Callable[..., str], answers: Answers, paper: str
) -> None:
    quiet.goto(legs(quiet.context, answers, "summary"))
    pages = re.findall(rb"/Type\s*/Page\b", quiet.pdf(format=paper))
    assert len(pages) == 1


def test_the_heavy_answers_are_heavy() -> None:
    """Otherwise the test above would prove nothing."""
    of = published("legs")
    kept = walk(of, HEAVY).kept
    assert kept == HEAVY
    assert assess(of, kept).level is Level.URGENT


def test_on_paper_there_is_only_the_sheet_in_black_on_white(
    quiet: Page, legs: Callable[..., str]
) -> None:
    quiet.add_init_script("localStorage.setItem('look', 'dim')")
    quiet.goto(legs(quiet.context, HEAVY, "summary"))
    quiet.emulate_media(media="print")
    expect(quiet.get_by_role("heading", name="What I said no to")).to_be_visible()
    expect(quiet.get_by_role("button", name="Copy the text")).to_be_hidden()
    expect(quiet.get_by_role("link", name="Back to your results")).to_be_hidden()
    sheet = quiet.locator(".sheet")
    look = "found => [getComputedStyle(found).color, getComputedStyle(found).backgroundColor]"
    assert sheet.evaluate(look) == ["rgb(0, 0, 0)", "rgb(255, 255, 255)"]


def test_the_summary_is_copied_as_text_and_says_so(quiet: Page, legs: Callable[..., str]) -> None:
    quiet.context.grant_permissions(["clipboard-read", "clipboard-write"])
    quiet.goto(legs(quiet.context, PEOPLE["doctor"], "summary"))
    quiet.get_by_role("button", name="Copy the text").click()
    expect(quiet.get_by_role("status")).to_contain_text("Copied")
    text = quiet.evaluate("navigator.clipboard.readText()")
    assert text == quiet.get_by_label("Copy it as text").input_value()
    assert "- Feels like: a sudden, tight knot in a muscle" in text


def test_where_copying_is_not_allowed_the_text_is_selected(
    quiet: Page, legs: Callable[..., str]
) -> None:
    quiet.add_init_script("navigator.clipboard.writeText = () => Promise.reject()")
    quiet.goto(legs(quiet.context, PEOPLE["doctor"], "summary"))
    quiet.get_by_role("button", name="Copy the text").click()
    expect(quiet.get_by_role("status")).to_contain_text("The text is selected")
    assert "Leg symptoms" in quiet.evaluate("getSelection().toString()")


def test_without_javascript_no_button_is_dead_and_the_text_can_be_selected(
    new_context: Callable[..., BrowserContext], legs: Callable[..., str]
) -> None:
    context = new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(legs(context, PEOPLE["doctor"], "summary"))
    expect(page.locator("main button:visible")).to_have_count(0)
    expect(page.get_by_text("Choose Print in your browser’s menu")).to_be_visible()
    expect(page.get_by_label("Copy it as text")).to_be_visible()
