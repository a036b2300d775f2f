"""Pages about answers keep them: in headers, titles, addresses, cookies and error pages."""

from __future__ import annotations

import re
from datetime import timedelta
from typing import Any

import pytest
import time_machine
from django.core import signing
from django.test import Client
from django.utils import timezone
from pytest_django import Settings

from guide.models import Edition, Questionnaire
from guide.reading import cards
from guide.views import answers
from tests import make

pytestmark = pytest.mark.django_db

SIGNS = "/check/legs/q/signs/"
RESULT = "/check/legs/result/"
COOKIE = "check_token_legs"


@pytest.fixture
def reader() -> Client:
    """A reader in front of the published questionnaire, who is shown what crashes, too."""
    make.published(make.questionnaire())
    return Client(raise_request_exception=False)


def answer(reader: Client, *codes: str) -> Any:
    return reader.post(SIGNS, {"answer": codes})


def title(page: Any) -> str:
    found = re.search(r"<title>(.*?)</title>", page.content.decode(), re.DOTALL)
    assert found
    return found[1]


def is_private(answered: Any) -> bool:
    headers = answered.headers
    return bool(
        "no-store" in headers["Cache-Control"]
        and headers["X-Robots-Tag"] == "noindex"
        and headers["Referrer-Policy"] == "no-referrer"
        and "ETag" not in headers
    )


@pytest.mark.parametrize(
    ("method", "address", "status"),
    [
        ("GET", "/check/", 200),
        ("GET", "/check/legs/", 200),
        ("GET", SIGNS, 200),
        ("GET", "/check/clear/", 200),
        ("POST", "/check/clear/", 303),
        ("GET", "/check/legs", 301),
        ("GET", RESULT, 302),
        ("GET", "/check/?a=%00", 400),
        ("GET", "/check/arms/", 404),
        ("GET", "/check/legs/q/signs/a1/", 404),
        ("POST", RESULT, 405),
        ("POST", SIGNS, 422),
    ],
)
def test_whatever_is_answered_there_stays_out_of_caches_indexes_and_referrers(
    reader: Client, method: str, address: str, status: int
) -> None:
    answered = reader.generic(method, address)
    assert answered.status_code == status
    assert is_private(answered)


def test_a_refused_form_and_a_crash_are_as_private(
    reader: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    refused = Client(enforce_csrf_checks=True).post(SIGNS)
    assert refused.status_code == 403
    assert is_private(refused)
    crash(monkeypatch)
    crashed = answer(reader, "a1")
    assert crashed.status_code == 500
    assert is_private(crashed)


def crash(monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*given: object) -> None:
        raise RuntimeError(f"could not write {given}")

    monkeypatch.setattr(answers, "write", fail)


def test_other_pages_may_be_kept(reader: Client) -> None:
    headers = reader.get("/faq/").headers
    assert "X-Robots-Tag" not in headers
    assert "ETag" in headers


@pytest.mark.parametrize("code", ["a1", "a2", "a8"])
def test_the_title_is_the_same_whatever_was_answered(reader: Client, code: str) -> None:
    answer(reader, code)
    assert title(reader.get(RESULT)) == "Your results – LegRelief"
    assert title(reader.get("/check/legs/answers/")) == "Your answers – LegRelief"
    assert title(reader.get(SIGNS)) == "Why do my legs ache? – LegRelief"


def test_a_question_leaves_no_snapshot_in_the_browser(reader: Client) -> None:
    assert '"historyCacheSize":0' in reader.get(SIGNS).content.decode()


def test_answers_are_not_read_at_an_address_that_went_to_another_questionnaire(
    reader: Client,
) -> None:
    """Its codes may be the same and mean something else."""
    start = "/check/someone-else/"
    legs = Questionnaire.objects.get()
    legs.other_slug = "someone-else"
    legs.save()
    taking_over = make.published(legs)
    reader.post(f"{start}q/signs/", {"answer": "a8"})
    assert reader.get(start).context["next_address"]
    legs.other_slug = ""
    legs.save()
    make.published(legs)
    taking_over.pk, taking_over.slug = None, "arms"
    for row in taking_over.rows:
        if row["model"] == "guide.questionnaire":
            row["fields"]["slug"] = "arms"
    Edition.objects.bulk_create([taking_over])
    assert not reader.get(start).context["next_address"]


@pytest.mark.parametrize("code", ["a1", "a2", "a8", "a9"])
def test_where_an_answer_leads_does_not_tell_it(reader: Client, code: str) -> None:
    answered = answer(reader, code)
    assert answered.status_code == 303
    assert not re.search(
        rf"\?|#|{code}|chest|swollen|emergency|urgent", answered.headers["Location"]
    )


@pytest.mark.parametrize("production", [False, True])
def test_the_cookie_is_for_the_questions_only_and_in_production_for_https_only(
    reader: Client, settings: Settings, production: bool
) -> None:
    settings.SESSION_COOKIE_SECURE = production
    cookie = answer(reader, "a1").cookies[COOKIE]
    assert cookie["httponly"]
    assert cookie["path"] == "/check/"
    assert cookie["samesite"] == "Lax"
    assert cookie["max-age"] == 24 * 60 * 60
    assert bool(cookie["secure"]) is production


def test_a_cookie_of_yesterday_is_not_read_even_if_the_browser_still_sends_it(
    reader: Client,
) -> None:
    answer(reader, "a1")
    for hours, status in ((23, 200), (25, 302)):
        with time_machine.travel(timezone.now() + timedelta(hours=hours)):
            assert reader.get(RESULT).status_code == status


def test_answers_to_one_questionnaire_are_not_read_as_answers_to_another(reader: Client) -> None:
    value = signing.get_cookie_signer(salt="check_token_childchild").sign("1.a1")
    reader.cookies[COOKIE] = value
    assert reader.get(RESULT).status_code == 302
    reader.cookies[COOKIE] = signing.get_cookie_signer(salt=f"{COOKIE}legs").sign("1.a1")
    assert reader.get(RESULT).status_code == 200


def test_clear_deletes_the_answers_to_every_questionnaire_also_old_ones(reader: Client) -> None:
    answer(reader, "a1")
    reader.cookies["check_token_gone"] = "1.b2:signed"
    cleared = reader.post("/check/clear/").cookies
    for name in (COOKIE, "check_token_gone"):
        assert (cleared[name].value, cleared[name]["max-age"]) == ("", 0)
        assert cleared[name]["path"] == "/check/"


def test_the_error_page_of_developers_shows_neither_answers_nor_where_they_were_given(
    reader: Client, settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    answer(reader, "a2")
    value = reader.cookies[COOKIE].value
    settings.DEBUG = True
    crash(monkeypatch)
    page = reader.post(SIGNS, {"answer": "a1"}).content.decode()
    assert "RuntimeError" in page
    assert "views/questions.py" in page
    for told in (value, "a1", "1.a2", "could not write (", "q/signs", "COOKIES", "POST"):
        assert told not in page


def test_the_error_page_of_developers_tells_all_of_other_pages(
    reader: Client, settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    settings.DEBUG = True
    monkeypatch.setattr(cards, "countries", None)
    page = reader.get("/faq/").content.decode()
    assert "TypeError" in page
    assert "COOKIES" in page
