"""What the real pages owe a reader's safety; docs/clinical-safety.md names these tests."""

from __future__ import annotations

import pytest
from django.test import Client

from guide.triage import Answers, Flow, Level, assess, walk
from tests.triage.flows import NAMES, published
from tests.views.html import Page

pytestmark = pytest.mark.usefixtures("guide")


def main(client: Client, address: str) -> str:
    page = client.get(address)
    assert page.status_code == 200
    return page.content.decode().split("<main", 1)[1].split("</main>")[0]


def one_sign(flow: Flow, level: Level, caution: str = "") -> Answers:
    """An answer to a warning page that alone comes to a level, and raises a caution."""
    for asked in flow.questions:
        for option in asked.ordinary if asked.warning and not asked.asked_when else ():
            found = assess(flow, frozenset({option.code}))
            if found.level is level and (not caution or caution in found.cautions):
                return frozenset({option.code})
    raise AssertionError(f"No sign of {flow.slug} comes to {level}.")


def no_sign(flow: Flow) -> Answers:
    given = frozenset[str]()
    while todo := walk(flow, given).next:
        none = [option.code for option in todo.options if option.exclusive == "none"]
        given |= {none[0] if none else todo.ordinary[0].code}
    return given


def result(client: Client, flow: Flow, given: Answers) -> str:
    for asked in flow.questions:
        if chosen := given & asked.codes:
            client.post(f"/check/{flow.slug}/q/{asked.slug}/", {"answer": sorted(chosen)})
    return main(client, f"/check/{flow.slug}/result/")


@pytest.mark.parametrize("name", NAMES)
def test_before_the_first_question_a_reader_learns_whom_it_is_for_and_what_it_cannot_do(
    client: Client, name: str
) -> None:
    start = main(client, f"/check/{name}/")
    assert "16" in start
    assert "cannot tell" in start
    assert 'href="tel:911"' in start
    others = {f"/check/{other}/" for other in ("legs", "someone-else", "child") if other != name}
    assert {*others, "/cramp/"} <= Page(start.encode()).links


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize("level", [Level.URGENT, None])
def test_a_result_that_is_no_emergency_still_gives_the_number_and_says_what_it_is_not(
    client: Client, name: str, level: Level | None
) -> None:
    flow = published(name)
    shown = result(client, flow, one_sign(flow, level) if level else no_sign(flow))
    assert "not a diagnosis" in shown
    assert "{" not in shown
    assert ("/help/" in Page(shown.encode()).links) or 'href="tel:911"' in shown


@pytest.mark.parametrize("name", NAMES)
def test_an_emergency_result_holds_the_number_and_nothing_to_read_or_do_first(
    client: Client, name: str
) -> None:
    flow = published(name)
    links = Page(result(client, flow, one_sign(flow, Level.EMERGENCY)).encode()).links
    assert "tel:911" in links
    assert [link for link in links if link.startswith(("/guide/", "/stretches/", "/r"))] == []


def test_after_a_sign_of_a_clot_nobody_is_led_to_a_stretch(client: Client) -> None:
    legs = published("legs")
    shown = result(client, legs, one_sign(legs, Level.URGENT, "possible-clot"))
    assert "not massage or stretch" in shown
    links = Page(shown.encode()).links
    assert [link for link in links if link.startswith(("/stretches/", "/routines/"))] == []


def test_the_signs_on_the_skin_are_told_for_brown_and_black_skin_too() -> None:
    helps = [asked.help for asked in published("legs").questions if asked.warning]
    assert any("brown or black skin" in text for text in helps)
