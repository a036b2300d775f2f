"""Was this page useful? Two buttons, a number, and nothing about who pressed."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client

from guide.counting.limits import PerMinute
from guide.counting.pages import buffer
from guide.models import Edition, PageCount
from guide.views import useful

pytestmark = pytest.mark.django_db

OURS = {"Sec-Fetch-Site": "same-origin", "Origin": "http://testserver"}
ASKING = (
    "/guide/ease-a-cramp/",
    "/stretches/seated-hamstring-calf/",
    "/routines/trial-style/",
    "/faq/",
)
QUIET = ("/", "/help/", "/cramp/", "/cramp/rest/", "/check/", "/check/legs/", "/check/legs/q/now/")


@pytest.fixture(autouse=True)
def _a_fresh_minute(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(useful, "answers_per_minute", PerMinute(30))


def answer(client: Client, page: str = ASKING[0], useful: str = "yes", **headers: str) -> Any:
    form = {"page": page, "useful": useful}
    return client.post("/useful/", form, headers=headers or OURS)


def answers() -> list[tuple[str, int, int]]:
    buffer.flush()
    return list(PageCount.objects.exclude(yes=0, no=0).values_list("page", "yes", "no"))


@pytest.mark.parametrize("address", ASKING)
def test_a_page_to_read_asks_whether_it_was_useful(
    client: Client, guide: list[Edition], address: str
) -> None:
    page = client.get(address).content.decode()
    assert page.count('action="/useful/"') == 1
    assert f'name="page" value="{address}"' in page
    assert "<textarea" not in page
    assert answer(client, address).status_code == 303


@pytest.mark.parametrize("address", QUIET)
def test_nobody_is_asked_anything_in_an_emergency_or_between_questions(
    client: Client, guide: list[Edition], address: str
) -> None:
    response = client.get(address)
    assert response.status_code == 200
    assert "/useful/" not in response.content.decode()


def test_an_answer_adds_one_to_the_number_of_that_page_and_day(
    client: Client, guide: list[Edition]
) -> None:
    for said in ("yes", "no", "no"):
        answer(client, useful=said)
    assert answers() == [(ASKING[0], 1, 2)]


def test_an_answer_leads_to_thanks_and_back_and_sets_no_cookie(
    client: Client, guide: list[Edition]
) -> None:
    response = answer(client)
    assert response.status_code == 303
    thanks = client.get(response.url)
    assert "Thank you" in thanks.content.decode()
    assert f'href="{ASKING[0]}">Back to: ' in thanks.content.decode()
    assert not client.cookies


@pytest.mark.parametrize(
    "headers",
    [
        {"Sec-Fetch-Site": "cross-site", "Origin": "https://elsewhere.example"},
        {"Sec-Fetch-Site": "same-site", "Origin": "http://testserver"},
        {"Sec-Fetch-Site": "same-origin", "Origin": "https://elsewhere.example"},
        {"Origin": "https://elsewhere.example"},
        {"Origin": "null"},
        {"Origin": "http://[testserver"},
        {"Origin": "http://testserver/"},
        {"Origin": "testserver"},
        {"User-Agent": "one that says nothing of where it comes from"},
    ],
)
def test_a_form_of_another_site_counts_nothing(
    client: Client, guide: list[Edition], headers: dict[str, str]
) -> None:
    assert answer(client, **headers).status_code == 403
    assert answers() == []


@pytest.mark.parametrize(
    "headers", [{"Sec-Fetch-Site": "same-origin"}, {"Origin": "http://testserver"}]
)
def test_browsers_that_say_it_in_one_way_only_are_believed(
    client: Client, guide: list[Edition], headers: dict[str, str]
) -> None:
    assert answer(client, **headers).status_code == 303


@pytest.mark.parametrize(
    ("page", "said"),
    [
        ("/guide/no-such-page/", "yes"),
        ("/help/", "yes"),
        ("/check/legs/", "yes"),
        ("https://elsewhere.example/faq/", "yes"),
        ("", "yes"),
        (ASKING[0], "maybe"),
        (ASKING[0], ""),
    ],
)
def test_only_an_answer_to_a_page_that_asks_is_counted(
    client: Client, guide: list[Edition], page: str, said: str
) -> None:
    assert answer(client, page, said).status_code == 400
    assert answers() == []


def test_thanks_lead_back_to_pages_of_this_site_only(client: Client, guide: list[Edition]) -> None:
    for page in ("https://elsewhere.example/", "//elsewhere.example/faq/", "/admin/"):
        thanks = client.get("/useful/", {"page": page}).content.decode()
        assert "Back to" not in thanks
        assert "elsewhere.example" not in thanks


def test_a_flood_for_one_page_is_not_counted(
    client: Client, guide: list[Edition], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(useful, "answers_per_minute", PerMinute(2))
    assert [answer(client).status_code for _ in range(3)] == [303, 303, 429]
    assert answer(client, "/faq/").status_code == 303
    assert answers() == [("/faq/", 1, 0), (ASKING[0], 2, 0)]


def test_a_setting_takes_the_question_away(guide: list[Edition], settings: Any) -> None:
    settings.FEEDBACK = False
    client = Client()
    assert "/useful/" not in client.get(ASKING[0]).content.decode()
    assert client.get("/useful/").status_code == 404
    assert answer(client).status_code == 404
