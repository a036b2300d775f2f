"""The help for a cramp comes with every page, and costs a page little."""

from __future__ import annotations

import re

import brotli  # type: ignore[import-untyped]
import pytest
from django.test import Client

from guide.models import Edition
from guide.reading import cramp
from guide.reading.live import live
from tests import make
from tests.views.conftest import CHECKS, Answer
from tests.views.html import Page

pytestmark = pytest.mark.django_db

Answers = dict[str, Answer]

#: Pages that are the help themselves, or come after it.
ITSELF = {"/cramp/", "/cramp/rest/"}
HELP = re.compile(rb'<dialog id="cramp-now".*</dialog>', re.DOTALL)
#: Bytes, compressed by Brotli as WhiteNoise does it.
HELP_BUDGET = 4096


def size(content: bytes) -> int:
    return len(brotli.compress(content))


def has_help(page: Page) -> bool:
    return "cramp-now" in page.ids


def test_every_page_carries_the_same_help(answers: Answers) -> None:
    carried = set()
    for address, (response, page) in answers.items():
        assert has_help(page) == (address not in ITSELF), address
        carried.update(HELP.findall(response.content))
    assert len(carried) == 1


@pytest.mark.parametrize("address", CHECKS)
def test_around_the_questions_it_is_where_the_dock_is(
    client: Client, guide: list[Edition], address: str
) -> None:
    page = Page(client.get(address).content)
    assert has_help(page) == (("nav", {"class": "dock", "aria-label": "Quick links"}) in page.tags)
    assert "/cramp/" in page.links


def test_a_question_has_a_link_to_it_instead(client: Client, guide: list[Edition]) -> None:
    page = Page(client.get("/check/legs/q/now/").content)
    assert not has_help(page)
    assert "/cramp/" in page.links


def test_a_result_that_is_urgent_holds_no_stretch(client: Client) -> None:
    """Nothing there may delay help; a calm result carries the help like any page."""
    for unit in (make.questionnaire(), make.stretch(moments=["cramp"])):
        make.published(unit)

    def carried(code: str) -> bool:
        client.post("/check/clear/")
        client.post("/check/legs/q/signs/", {"answer": [code]})
        return has_help(Page(client.get("/check/legs/result/").content))

    assert carried("a8")
    assert not carried("a2")
    assert not carried("a1")


def test_the_help_adds_at_most_4_kb_to_a_page(answers: Answers) -> None:
    for address, (response, _) in answers.items():
        page = response.content
        assert size(page) - size(HELP.sub(b"", page)) <= HELP_BUDGET, address


def test_each_muscle_begins_with_three_sentences_without_a_link(
    guide: list[Edition], answers: Answers
) -> None:
    muscles = cramp.muscles(live())
    assert [muscle["slug"] for muscle in muscles] == ["calf", "hamstring", "quad", "foot"]
    for muscle in muscles:
        first = " ".join(muscle["stretches"][0]["text"]["steps"][:3])
        assert len(re.findall(r"[.!?](?:\s|$)", first)) == 3, first
        assert "<a" not in first
    (help_html,) = HELP.findall(answers["/about/"].response.content)
    for steps in re.findall(rb'<ol class="steps.*?</ol>', help_html, re.DOTALL):
        assert b"<a" not in steps


def test_each_muscle_has_a_figure_and_words_for_a_helper(guide: list[Edition]) -> None:
    for muscle in cramp.muscles(live()):
        first = muscle["stretches"][0]
        assert "<svg" in first["figure_html"]
        assert first["text"]["helper"]


def test_an_edited_step_shows_in_the_help_once_it_is_published(client: Client) -> None:
    made = make.stretch(moments=["cramp"])
    make.published(made)
    step = made.steps.get()
    step.text = "Sit down on the bed."
    step.save()
    assert step.text not in client.get("/about/").content.decode()
    made.refresh_from_db()
    make.published(made)
    assert step.text in client.get("/about/").content.decode()


def test_a_dose_that_is_counted_is_shown_from_its_numbers(client: Client) -> None:
    make.published(make.stretch(moments=["cramp"]))
    assert "Hold 10 seconds. 3 times each leg." in client.get("/about/").content.decode()


def test_with_nothing_published_there_is_still_what_to_do(client: Client) -> None:
    for address in ("/about/", "/cramp/"):
        assert "Pull your toes up" in client.get(address).content.decode()
