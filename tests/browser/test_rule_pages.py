"""The pages about rules at the desk: by keyboard, as one ticks, on a phone, within the policy."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page, Route, expect
from pytest_django.live_server_helper import LiveServer

from guide.models import Questionnaire, Rule, RulePointer
from tests import make
from tests.admin.desk import address
from tests.browser.conftest import axe_violations
from tests.browser.test_desk import PHONE, sign_in

pytestmark = pytest.mark.browser


@pytest.fixture
def legs(live_server: LiveServer) -> Questionnaire:
    """Published, then changed on the desk so that somebody moves."""
    made = make.questionnaire()
    rule = make.rule(made, "knot", [[make.option("feel", "knot")]])
    for slug in ("heat-cold", "calves"):
        RulePointer.objects.create(rule=rule, section=make.section(slug, title=slug), weight=4)
    make.published(made)
    Rule.objects.filter(slug="swollen").update(level="emergency")
    made.refresh_from_db()
    return made


def pages(legs: Questionnaire) -> list[str]:
    return [
        *(address(legs, name) for name in ("grid", "try", "effect", "map", "publish")),
        f"{address(legs, 'grid')}?edit=feel",
    ]


@pytest.fixture
def desk(quiet: Page, live_server: LiveServer, legs: Questionnaire) -> Page:
    return sign_in(quiet, live_server)


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_nothing_wrong_and_no_page_is_wider_than_a_phone(
    page: Page, live_server: LiveServer, legs: Questionnaire, scheme: str
) -> None:
    sign_in(page, live_server).emulate_media(color_scheme=scheme)  # type: ignore[arg-type]
    page.set_viewport_size(PHONE)
    for url in pages(legs):
        page.goto(live_server.url + url)
        page.evaluate("document.querySelectorAll('details').forEach((one) => one.open = true)")
        assert axe_violations(page) == [], url
        assert page.evaluate("document.documentElement.scrollWidth") <= PHONE["width"], url


def test_no_page_breaks_the_policy(
    desk: Page, live_server: LiveServer, legs: Questionnaire
) -> None:
    for url in pages(legs):
        desk.goto(live_server.url + url, wait_until="networkidle")


def test_a_weight_is_changed_with_the_keyboard_alone(
    desk: Page, live_server: LiveServer, legs: Questionnaire
) -> None:
    desk.goto(live_server.url + address(legs, "grid"))
    desk.get_by_role("link", name="Edit the numbers of feel").focus()
    desk.keyboard.press("Enter")
    desk.wait_for_url("**/grid/?edit=feel#at-feel")
    desk.get_by_label("calves, for It is knot").focus()
    desk.keyboard.press("ArrowRight")
    expect(desk.get_by_label("heat-cold, for It is knot")).to_be_focused()
    desk.keyboard.press("ArrowDown")
    expect(desk.get_by_label("heat-cold, for It is urge")).to_be_focused()
    desk.keyboard.press("ArrowUp")
    desk.keyboard.type("7")
    desk.keyboard.press("Enter")
    expect(desk.get_by_text("Saved as a draft.")).to_be_visible()
    assert RulePointer.objects.get(section__slug="heat-cold").weight == 7


def test_the_result_follows_as_answers_are_ticked_by_keyboard(
    desk: Page, live_server: LiveServer, legs: Questionnaire
) -> None:
    desk.goto(live_server.url + address(legs, "try"))
    address_before = desk.url
    desk.get_by_label("It is swollen").first.focus()
    desk.keyboard.press("Space")
    expect(desk.get_by_role("heading", name="Emergency, now")).to_be_visible()
    expect(desk.get_by_text("How soon: Urgent, today.")).to_be_visible()
    expect(desk.locator("#level")).to_have_text("Emergency, now")
    expect(desk.locator("#id_level")).to_have_value("emergency")
    expect(desk.get_by_label("It is swollen").first).to_be_focused()
    assert desk.url == address_before


def test_of_answers_that_do_not_go_together_the_last_stays(
    desk: Page, live_server: LiveServer, legs: Questionnaire
) -> None:
    desk.goto(live_server.url + address(legs, "try") + "?case=knot")
    none, swollen = (desk.get_by_label(f"It is {name}").first for name in ("none", "swollen"))
    swollen.check()
    expect(none).not_to_be_checked()
    expect(desk.get_by_role("heading", name="Emergency, now")).to_be_visible()
    none.check()
    expect(swollen).not_to_be_checked()
    expect(desk.get_by_role("heading", name="Look after it at home")).to_be_visible()
    expect(desk.get_by_role("alert")).to_be_hidden()


def test_an_older_answer_that_comes_late_is_dropped(
    page: Page, live_server: LiveServer, legs: Questionnaire
) -> None:
    desk = sign_in(page, live_server)
    desk.goto(live_server.url + address(legs, "try"))
    held: list[Route] = []

    def hold_the_first(route: Route) -> None:
        if held:
            route.continue_()
        else:
            held.append(route)

    desk.route("**/try/", hold_the_first)
    desk.get_by_label("It is chest").first.check()
    desk.get_by_label("It is chest").first.uncheck()
    expect(desk.get_by_role("heading", name="Look after it at home")).to_be_visible()
    desk.get_by_label("It is knot").check()
    expect(desk.locator("#found").get_by_text("heat-cold")).to_be_visible()
    assert len(held) == 1


def test_answers_become_a_case_without_leaving_the_page(
    desk: Page, live_server: LiveServer, legs: Questionnaire
) -> None:
    desk.goto(live_server.url + address(legs, "try"))
    desk.get_by_label("It is knot").check()
    desk.get_by_text("Save as a safety case").first.click()
    desk.get_by_label("Short name").fill("after-a-run")
    desk.get_by_label("Story").fill("It grips after a run.")
    desk.get_by_role("button", name="Save as a safety case").click()
    expect(desk.get_by_text("Saved as the safety case “after-a-run”")).to_be_visible()
    expect(desk.get_by_label("It is knot")).to_be_checked()
    assert legs.safety_cases.get(slug="after-a-run").level == "self_care"


def test_without_javascript_a_button_shows_what_comes_of_it(
    page: Page, live_server: LiveServer, legs: Questionnaire
) -> None:
    sign_in(page, live_server)
    page.route("**/*.js", lambda route: route.abort())
    page.goto(live_server.url + address(legs, "try"))
    page.get_by_label("It is chest").first.check()
    page.get_by_role("button", name="Show what comes of it").click()
    expect(page.get_by_role("heading", name="Emergency, now")).to_be_visible()
    expect(page.get_by_label("It is chest").first).to_be_checked()


def test_a_question_of_the_map_opens_at_its_answer(
    desk: Page, live_server: LiveServer, legs: Questionnaire
) -> None:
    desk.goto(live_server.url + address(legs, "map"))
    desk.get_by_text("Answers to edit").nth(2).click()
    desk.get_by_role("link", name="It is urge", exact=True).click()
    expect(desk.locator("#id_options-1-text")).to_be_focused()
