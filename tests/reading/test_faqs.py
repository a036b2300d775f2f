from __future__ import annotations

import pytest

from guide.reading.faqs import groups
from guide.reading.live import live
from tests import make

pytestmark = pytest.mark.django_db


def test_answers_come_in_groups_in_the_order_of_a_night() -> None:
    section = make.section()
    for slug, group in (("help", "help"), ("night-2", "night"), ("night-1", "night")):
        make.published(make.faq(slug, group=group, section=section))
    found = [(group["name"], [faq["slug"] for faq in group["faqs"]]) for group in groups(live())]
    assert found == [("night", ["night-1", "night-2"]), ("help", ["help"])]


def test_an_answer_leads_to_its_section_while_that_is_live() -> None:
    section = make.section()
    make.published(make.faq(section=section))
    assert groups(live())[0]["faqs"][0]["section"] is None
    make.published(section)
    shown = groups(live())[0]["faqs"][0]["section"]
    assert shown
    assert (shown["slug"], shown["article"]) == ("heat-cold", "ease-a-cramp")
