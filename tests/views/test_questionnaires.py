"""The questionnaire over HTTP, with a small flow; the real one is tested in tests/triage."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from guide.models import RulePointer
from guide.publishing.press import Refused
from tests import make

pytestmark = pytest.mark.django_db

START = "/check/legs/"
RESULT = "/check/legs/result/"
ANSWERS = "/check/legs/answers/"


def question(name: str) -> str:
    return reverse("check_question", args=["legs", name])


@pytest.fixture
def reader(client: Client) -> Client:
    """A reader in front of the published questionnaire."""
    section = make.section()
    caution = make.caution()
    make.tip(section).cautions.add(caution)
    made = make.questionnaire()
    knot = make.rule(made, "knot", [[make.option("feel", "knot")]])
    RulePointer.objects.create(rule=knot, section=section, weight=6)
    for unit in (caution, section.article, section, made):
        make.published(unit)
    return client


def shown(reader: Client, address: str) -> dict[str, Any]:
    """Return what the page at an address is given to show."""
    context = reader.get(address).context_data
    assert context is not None
    return context


def answer(reader: Client, name: str, *codes: str) -> Any:
    return reader.post(question(name), {"answer": codes})


def test_a_healthy_path_ends_in_a_calm_result_that_points_to_a_section(reader: Client) -> None:
    assert shown(reader, START)["first_address"] == question("signs")
    assert answer(reader, "signs", "a8").headers["Location"] == question("feel")
    assert answer(reader, "feel", "c1").headers["Location"] == ANSWERS
    found = shown(reader, RESULT)
    assert found["level"] == "self_care"
    assert [entry["section"]["slug"] for entry in found["read_next"]] == ["heat-cold"]
    assert [tip["slug"] for _, tip in found["tonight"]["tips"]] == ["warm-it"]


def test_a_post_answers_with_303(reader: Client) -> None:
    assert answer(reader, "signs", "a8").status_code == 303


def test_an_emergency_sign_leads_straight_to_a_result_with_the_card_and_nothing_else(
    reader: Client,
) -> None:
    assert answer(reader, "signs", "a1").headers["Location"] == RESULT
    context = shown(reader, RESULT)
    assert context["level"] == "emergency"
    assert context["read_next"] == []
    assert context["tonight"] is None


def test_the_same_level_again_does_not_lead_away_from_the_questions(reader: Client) -> None:
    answer(reader, "signs", "a2")
    assert answer(reader, "feel", "c1").headers["Location"] == ANSWERS


def test_not_sure_opens_check_together_and_still_not_sure_is_urgent(reader: Client) -> None:
    assert answer(reader, "signs", "a9").headers["Location"] == question("together")
    assert shown(reader, question("together"))["follow_up"]
    assert answer(reader, "together", "b9").headers["Location"] == RESULT
    assert shown(reader, RESULT)["level"] == "urgent"


def test_going_back_shows_the_answer_given(reader: Client) -> None:
    answer(reader, "signs", "a8")
    assert shown(reader, question("feel"))["back_address"] == question("signs")
    assert shown(reader, question("signs"))["chosen"] == {"a8"}


def test_changing_an_answer_that_opens_a_question_asks_it_next(reader: Client) -> None:
    answer(reader, "signs", "a8")
    answer(reader, "feel", "c1")
    assert answer(reader, "feel", "c2").headers["Location"] == question("helps")


def test_an_answer_to_a_question_that_is_no_longer_asked_is_forgotten(reader: Client) -> None:
    answer(reader, "signs", "a8")
    answer(reader, "feel", "c2")
    answer(reader, "helps", "d2")
    answer(reader, "feel", "c1")
    answer(reader, "feel", "c2")
    assert shown(reader, question("helps"))["chosen"] == {"c2", "a8"}


def test_a_question_ahead_of_the_path_leads_to_the_one_to_answer(reader: Client) -> None:
    assert reader.get(question("feel")).headers["Location"] == question("signs")
    assert reader.get(question("helps")).headers["Location"] == question("signs")


def test_an_answer_sent_ahead_of_the_path_is_not_lost(reader: Client) -> None:
    assert answer(reader, "feel", "c1").headers["Location"] == question("signs")
    assert answer(reader, "signs", "a8").headers["Location"] == ANSWERS


@pytest.mark.parametrize(
    ("name", "codes", "words"),
    [
        ("signs", [], "or select “It is none”"),
        ("signs", ["a1", "a8"], "You selected “It is none” and something else"),
        ("feel", [], "Select the one that is closest"),
        ("feel", ["c1", "c2"], "Select the one that is closest"),
        ("signs", ["zz"], "Select what fits"),
        ("signs", ["a1", "zz"], "Select what fits"),
        ("signs", ["c1"], "Select what fits"),
        ("signs", ["a\x00", "a" * 10_000], "Select what fits"),
    ],
)
def test_a_missing_or_forged_answer_asks_again_and_says_what_to_do(
    reader: Client, name: str, codes: list[str], words: str
) -> None:
    page = answer(reader, name, *codes)
    assert page.status_code == 422
    assert words in page.context_data["error"]
    assert page.context_data["chosen"] <= frozenset(codes)


@pytest.mark.parametrize("value", ["nonsense", "1.a8", "1.a8:forged", "9" * 4000])
def test_a_broken_cookie_starts_anew(reader: Client, value: str) -> None:
    reader.cookies["check_token_legs"] = value
    assert reader.get(question("feel")).headers["Location"] == question("signs")


def test_the_result_without_any_answer_leads_to_the_start(reader: Client) -> None:
    assert reader.get(RESULT).headers["Location"] == START
    assert reader.get(ANSWERS).headers["Location"] == START


def test_an_early_result_lists_what_was_not_asked_and_is_not_calm_about_it(reader: Client) -> None:
    answer(reader, "feel", "c1")
    context = shown(reader, RESULT)
    assert [asked.slug for asked in context["found"].not_asked] == ["signs"]
    assert context["open_warning"]


def test_answers_are_in_no_address_and_only_in_a_signed_cookie_under_check(reader: Client) -> None:
    response = answer(reader, "signs", "a1")
    assert "a1" not in response.headers["Location"]
    cookie = response.cookies["check_token_legs"]
    assert (cookie["path"], cookie["httponly"], cookie["samesite"]) == ("/check/", True, "Lax")
    assert cookie["max-age"] == 24 * 60 * 60
    assert len(cookie.value) < 500


def test_pages_about_answers_stay_out_of_caches_indexes_and_referrers(reader: Client) -> None:
    answer(reader, "signs", "a8")
    for address in ("/check/", START, question("signs"), ANSWERS, RESULT, "/check/clear/"):
        headers = reader.get(address).headers
        assert "no-store" in headers["Cache-Control"]
        assert headers["X-Robots-Tag"] == "noindex"
        assert headers["Referrer-Policy"] == "no-referrer"


def test_clear_means_cleared(reader: Client) -> None:
    answer(reader, "signs", "a8")
    assert not shown(reader, "/check/clear/")["cleared"]
    response = reader.post("/check/clear/")
    assert response.status_code == 303
    assert response.cookies["check_token_legs"].value == ""
    assert shown(reader, "/check/clear/")["cleared"]
    assert reader.get(RESULT).headers["Location"] == START


def test_when_the_questions_change_half_way_only_the_changed_ones_are_asked_again(
    reader: Client,
) -> None:
    answer(reader, "signs", "a8")
    answer(reader, "feel", "c1")
    changed = make.option("feel", "knot")
    changed.text = "It is a sudden knot"
    changed.save()
    make.published(changed.unit)
    assert shown(reader, question("signs"))["chosen"] == {"a8"}
    page = shown(reader, question("feel"))
    assert page["asked_anew"]
    assert page["chosen"] == {"a8"}


def test_a_code_may_not_be_given_to_another_answer(reader: Client) -> None:
    used = make.option("feel", "other")
    used.code = "c8"
    used.save()
    other = make.option("helps", "moving")
    other.code = "c9"
    other.save()
    with pytest.raises(Refused, match="c9"):
        make.published(other.unit)


def test_with_cookies_blocked_a_kind_page_says_so(reader: Client) -> None:
    strict = Client(enforce_csrf_checks=True)
    page = strict.post(question("signs"), {"answer": "a8"})
    assert page.status_code == 403
    assert "cookie" in page.content.decode().lower()


def test_unknown_questionnaires_and_questions_are_not_found(reader: Client) -> None:
    assert reader.get("/check/arms/").status_code == 404
    assert reader.get("/check/legs/q/nothing/").status_code == 404


def test_other_methods_are_refused(reader: Client) -> None:
    assert reader.put(question("signs")).status_code == 405
    assert reader.post(RESULT).status_code == 405


@pytest.mark.parametrize(
    ("address", "headers", "refused"),
    [
        ("/check/legs/q/signs/", {"origin": "null"}, False),
        ("/check/legs/q/signs/", {"origin": "null", "sec-fetch-site": "same-origin"}, False),
        ("/check/legs/q/signs/", {"origin": "null", "sec-fetch-site": "cross-site"}, True),
        ("/check/legs/q/signs/", {"origin": "https://elsewhere.example"}, True),
        ("/admin/login/", {"origin": "null"}, True),
    ],
)
def test_a_form_without_origin_is_ours_only_under_check_and_not_from_another_site(
    reader: Client, address: str, headers: dict[str, str], refused: bool
) -> None:
    client = Client(enforce_csrf_checks=True)
    client.get(address)
    token = client.cookies["csrftoken"].value
    response = client.post(address, {"csrfmiddlewaretoken": token}, headers=headers)
    assert (response.status_code == 403) is refused


def test_a_private_form_without_its_token_is_refused() -> None:
    response = Client(enforce_csrf_checks=True).post("/check/clear/", headers={"origin": "null"})
    assert response.status_code == 403


def test_clearing_is_not_stopped_by_cookies_with_odd_names(reader: Client) -> None:
    answer(reader, "signs", "a8")
    reader.cookies["check_token_legs"]["path"] = "/check/"
    headers = {"cookie": f"check_token_a[b]=1; {reader.cookies.output(header='', sep=';')}"}
    response = Client().post("/check/clear/", headers=headers)
    assert response.status_code == 303


@pytest.mark.parametrize("address", ["/check/arms/", "/check/legs/q/nothing/"])
def test_a_page_that_is_not_there_is_as_private_as_the_others(reader: Client, address: str) -> None:
    headers = reader.get(address).headers
    assert "no-store" in headers["Cache-Control"]
    assert headers["X-Robots-Tag"] == "noindex"
    assert headers["Referrer-Policy"] == "no-referrer"
