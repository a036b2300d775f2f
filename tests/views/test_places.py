"""The leg is the index: each part has all that the guide knows of it, in one list."""

from __future__ import annotations

import pytest
from django.test import Client

from guide.models import Edition
from guide.reading.places import PLACES
from tests.views.conftest import Answer

pytestmark = pytest.mark.django_db

Answers = dict[str, Answer]
NAMES = [name for name, _ in PLACES]


@pytest.mark.parametrize("name", NAMES)
def test_a_part_has_causes_stretches_a_cramp_line_questions_and_warning_signs(
    answers: Answers, name: str
) -> None:
    response, page = answers[f"/guide/?part={name}"]
    main = response.content.decode().split('id="part"', 1)[1].split("</main>")[0]
    for address in ("/guide/what-else-it-could-be/#", "/stretches/", "/cramp/", "/faq/#", "/help/"):
        assert f'href="{address}' in main, address
    assert 'href="tel:911"' in main
    assert "swells, keeps hurting" in main
    assert "signs" in page.ids


@pytest.mark.parametrize("name", NAMES)
def test_the_drawing_and_the_list_of_links_say_the_same(answers: Answers, name: str) -> None:
    for address in ("/", "/guide/"):
        links = [
            attributes
            for tag, attributes in answers[address].page.tags
            if tag == "a" and attributes["href"] == f"/guide/?part={name}"
        ]
        drawn = [link for link in links if link.get("tabindex") == "-1"]
        assert drawn, address
        assert len(links) - len(drawn) == 1, address


def test_each_part_is_a_page_of_its_own_and_marks_where_it_is(answers: Answers) -> None:
    for name, label in PLACES:
        text = answers[f"/guide/?part={name}"].response.content.decode()
        assert f'<link rel="canonical" href="http://testserver/guide/?part={name}">' in text
        assert f"<title>{label}:" in text
        assert text.count('aria-current="true"') == 1


@pytest.mark.parametrize("query", ["?part=wing", "?part=", "?part=all", "?other=calf"])
def test_no_such_part_gives_the_whole_index(
    client: Client, guide: list[Edition], answers: Answers, query: str
) -> None:
    assert client.get(f"/guide/{query}").content == answers["/guide/"].response.content
