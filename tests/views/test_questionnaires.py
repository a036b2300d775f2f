"""The questionnaire over HTTP, with a small flow; the real one is tested in tests/triage."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from guide.models import Questionnaire, RulePointer
from guide.publishing.press import Refused, withdraw
from guide.triage.problems import PARTS_OF
from tests import make
from tests.views.html import Page

pytestmark = pytest.mark.django_db

START = "/check/legs/"
RESULT = "/check/legs/result/"
ANSWERS = "/check/legs/answers/"
SUMMARY = "/check/legs/summary/"


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


def answer(reader: Client, name: str, *codes: str, **more: str) -> Any:
    return reader.post(question(name), {"answer": codes, **more})


def change(reader: Client, name: str, *codes: str) -> str:
    """Follow a question's link on the list of answers, answer, and return where that leads."""
    rows = shown(reader, ANSWERS)["rows"]
    address = next(row["address"] for row in rows if row["question"].slug == name)
    assert reader.get(address).status_code == 200
    location: str = reader.post(address, {"answer": codes}).headers["Location"]
    return location


def reworded(name: str, slug: str) -> None:
    """Publish an answer in other words."""
    option = make.option(name, slug)
    option.text = "It is said in other words"
    option.save()
    make.published(option.unit)


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
    assert words in page.context_data["problem"].words
    assert page.context_data["chosen"] <= frozenset(codes)
    assert "<title>Error: " in page.content.decode()


@pytest.mark.parametrize(
    ("name", "codes", "option"),
    [("signs", [], "chest"), ("signs", ["a1", "a8"], "none"), ("feel", [], "knot")],
)
def test_an_error_leads_to_the_answer_that_puts_it_right(
    reader: Client, name: str, codes: list[str], option: str
) -> None:
    page = answer(reader, name, *codes).content.decode()
    assert f'href="#option-{option}"' in page
    assert f'<input id="option-{option}"' in page


def test_a_second_mistake_on_a_page_offers_a_way_out(reader: Client) -> None:
    answer(reader, "signs", "a8")
    first = answer(reader, "feel").content.decode()
    assert 'name="again"' in first
    assert "Any answer is fine. You can" not in first
    second = answer(reader, "feel", again="1").content.decode()
    assert f'Any answer is fine. You can also <a href="{ANSWERS}">' in second
    assert reader.get(ANSWERS).status_code == 200


def test_a_second_mistake_about_warning_signs_says_why_we_ask(reader: Client) -> None:
    asked = make.option("signs", "chest").question
    asked.why = "We ask so that you get help fast."
    asked.save()
    make.published(asked.unit)
    page = answer(reader, "signs", again="1").content.decode()
    assert "We ask so that you get help fast." in page
    assert 'You can also <a href="/help/">' in page
    answer(reader, "feel", "c1")
    page = answer(reader, "signs", again="1").content.decode()
    assert f'You can still <a href="{ANSWERS}">' in page


def test_changing_one_answer_leads_back_to_the_list_of_them(reader: Client) -> None:
    answer(reader, "signs", "a8")
    answer(reader, "feel", "c1")
    assert shown(reader, question("feel") + "?change=1")["back_address"] == ANSWERS
    assert change(reader, "feel", "c9") == ANSWERS


def test_a_change_that_opens_a_question_asks_it_before_it_leads_back(reader: Client) -> None:
    answer(reader, "signs", "a8")
    answer(reader, "feel", "c1")
    opened = change(reader, "feel", "c2")
    assert opened == question("helps") + "?change=1"
    assert reader.post(opened, {"answer": "d1"}).headers["Location"] == ANSWERS


def test_a_change_of_an_early_result_leads_back_to_what_there_is_so_far(reader: Client) -> None:
    answer(reader, "signs", "a8")
    assert change(reader, "signs", "a2") == RESULT
    assert change(reader, "signs", "a8") == ANSWERS
    assert shown(reader, ANSWERS)["next_address"] == question("feel")


def test_a_question_may_be_answered_from_the_list_before_its_turn(reader: Client) -> None:
    answer(reader, "feel", "c2")
    assert change(reader, "helps", "d1") == question("signs")


def test_warning_signs_that_were_never_asked_come_before_the_list(reader: Client) -> None:
    answer(reader, "feel", "c1")
    assert change(reader, "feel", "c9") == question("signs")


def test_two_tabs_that_answer_different_questions_lose_nothing(reader: Client) -> None:
    answer(reader, "signs", "a8")
    answer(reader, "feel", "c2")
    one, other = question("helps"), question("signs")
    assert reader.get(one).status_code == reader.get(other).status_code == 200
    reader.post(one, {"answer": "d1"})
    reader.post(other, {"answer": "a2"})
    assert shown(reader, other)["chosen"] == {"a2", "c2", "d1"}


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


def test_a_reader_is_told_that_the_questions_changed_though_the_cookie_is_written_anew(
    reader: Client,
) -> None:
    answer(reader, "signs", "a8")
    answer(reader, "feel", "c2")
    reworded("signs", "chest")
    onward = answer(reader, "helps", "d1").headers["Location"]
    assert onward == question("signs") + "?anew=1"
    page = shown(reader, onward)
    assert page["asked_anew"]
    assert page["chosen"] == {"c2", "d1"}


def summary_says(reader: Client) -> str:
    words: str = shown(reader, SUMMARY)["sheet"].how_soon
    return words


def test_a_new_edition_takes_no_emergency_back_before_it_has_asked_again(reader: Client) -> None:
    answer(reader, "signs", "a1")
    answer(reader, "feel", "c1")
    reworded("signs", "swollen")
    page = reader.get(RESULT).content.decode()
    assert page.index('class="care emergency"') < page.index("The questions changed since")
    assert "Answer them again" not in page
    assert reader.get(SUMMARY).headers["Location"] == RESULT
    answer(reader, "feel", "c9")  # the cookie is written anew
    assert shown(reader, RESULT)["level"] == "emergency"
    assert shown(reader, question("signs"))["asked_anew"]
    answer(reader, "signs", "a8")
    found = shown(reader, RESULT)
    assert (found["level"], found["asked_anew"]) == ("self_care", False)


def test_a_new_edition_takes_no_urgent_result_back_either(reader: Client) -> None:
    answer(reader, "signs", "a9")
    answer(reader, "together", "b2")
    answer(reader, "feel", "c1")
    reworded("signs", "swollen")
    found = shown(reader, RESULT)
    assert (found["level"], found["by_earlier"]) == ("urgent", True)
    assert "Until you answer them again" in reader.get(RESULT).content.decode()
    assert "See a {doctor} today." in summary_says(reader)
    assert "Until you answer them again" in reader.get(SUMMARY).content.decode()
    assert answer(reader, "signs", "a9").headers["Location"] == RESULT
    found = shown(reader, RESULT)
    assert (found["level"], found["by_earlier"]) == ("urgent", False)


def test_after_two_new_editions_the_worst_of_what_was_said_still_counts(reader: Client) -> None:
    answer(reader, "signs", "a1")
    answer(reader, "feel", "c1")
    reworded("signs", "swollen")
    answer(reader, "feel", "c9")
    reworded("feel", "knot")
    assert shown(reader, RESULT)["level"] == "emergency"
    answer(reader, "feel", "c9")
    assert shown(reader, RESULT)["level"] == "emergency"
    answer(reader, "signs", "a8")
    assert shown(reader, RESULT)["level"] == "self_care"


def test_no_result_is_calm_while_a_changed_warning_sign_has_no_answer(reader: Client) -> None:
    answer(reader, "signs", "a8")
    answer(reader, "feel", "c1")
    reworded("signs", "swollen")
    response = reader.get(RESULT, follow=True)
    assert response.redirect_chain == [(question("signs"), 302)]
    assert "The questions changed since you began." in response.content.decode()
    assert summary_says(reader) == "Not all warning signs were asked yet."
    for address in (SUMMARY, ANSWERS, START):
        assert "The questions changed since you began." in reader.get(address).content.decode()


def test_where_no_answer_fits_any_more_the_start_says_why(reader: Client) -> None:
    answer(reader, "signs", "a8")
    reworded("signs", "swollen")
    for address in (RESULT, ANSWERS, SUMMARY):
        response = reader.get(address, follow=True)
        assert response.redirect_chain[-1] == (START, 302)
        page = response.content.decode()
        assert "The questions changed since you began." in page
        assert "Start now" not in page


def test_an_emergency_of_which_no_answer_fits_any_more_is_still_shown(reader: Client) -> None:
    answer(reader, "signs", "a1")
    reworded("signs", "chest")
    assert shown(reader, RESULT)["level"] == "emergency"
    assert reader.get(SUMMARY).headers["Location"] == RESULT


def test_an_answer_to_words_that_have_changed_meanwhile_is_asked_again(reader: Client) -> None:
    edition = str(shown(reader, question("signs"))["edition"])
    reworded("signs", "none")
    page = answer(reader, "signs", "a8", edition=edition)
    assert page.status_code == 422
    assert page.context_data["asked_anew"]
    assert page.context_data["chosen"] == frozenset()
    assert "problem" not in page.context_data


def test_an_answer_to_words_that_are_still_the_same_is_taken(reader: Client) -> None:
    edition = str(shown(reader, question("signs"))["edition"])
    reworded("feel", "knot")
    assert answer(reader, "signs", "a8", edition=edition).status_code == 303


@pytest.mark.parametrize("edition", ["", "0", "x", "9" * 5000, "1.a1"])
def test_a_forged_edition_is_no_answer(reader: Client, edition: str) -> None:
    assert answer(reader, "signs", "a8", edition=edition).status_code == 422


@pytest.mark.parametrize(
    ("codes", "edition"), [(["a2"], "1.a1"), (["a1.a2"], "1"), (["a1~1.a2"], "1")]
)
def test_no_answer_is_hidden_in_another_field_or_in_another_answer(
    reader: Client, codes: list[str], edition: str
) -> None:
    assert answer(reader, "signs", *codes, edition=edition).status_code == 422
    assert reader.get(RESULT).headers["Location"] == START


@pytest.mark.parametrize("cleared", [True, False])
def test_a_sign_checked_together_counts_though_another_window_changed_what_led_there(
    reader: Client, cleared: bool
) -> None:
    answer(reader, "signs", "a9")
    if cleared:
        reader.post("/check/clear/")
    else:
        answer(reader, "signs", "a8")
    assert answer(reader, "together", "b1").headers["Location"] == RESULT
    found = shown(reader, RESULT)
    assert found["level"] == "emergency"
    assert found["found"].reasons[0].said == ("It is chest",)


def test_a_sign_of_one_window_does_not_take_the_place_of_a_worse_one_of_another(
    reader: Client,
) -> None:
    answer(reader, "signs", "a9")
    answer(reader, "signs", "a1")
    assert answer(reader, "together", "b2").headers["Location"] == RESULT
    assert shown(reader, RESULT)["level"] == "emergency"
    assert shown(reader, question("signs"))["chosen"] == {"a1"}


def test_another_answer_that_no_longer_fits_is_not_kept_and_the_page_says_so(
    reader: Client,
) -> None:
    words = "Your other answers changed in another window, or were cleared."
    answer(reader, "signs", "a8")
    onward = answer(reader, "together", "b8").headers["Location"]
    assert onward == question("feel") + "?elsewhere=1"
    assert words in reader.get(onward).content.decode()
    answer(reader, "feel", "c1")
    onward = answer(reader, "helps", "d1").headers["Location"]
    assert onward == ANSWERS + "?elsewhere=1"
    assert words in reader.get(onward).content.decode()
    assert words not in reader.get(ANSWERS).content.decode()


@pytest.mark.parametrize("address", [START, RESULT, ANSWERS, SUMMARY, question("signs")])
def test_who_comes_back_to_questions_that_were_withdrawn_is_told_kindly(
    reader: Client, address: str
) -> None:
    answer(reader, "signs", "a8")
    withdraw(Questionnaire.objects.get(), message="A sign was <missing>.")
    response = reader.get(address)
    assert response.status_code == 410
    assert {"/help/", "/check/"} <= Page(response.content).links
    text = response.content.decode()
    assert "A sign was &lt;missing&gt;." in text
    assert 'class="care emergency"' in text
    assert "no-store" in response.headers["Cache-Control"]


def test_an_answer_to_questions_that_were_withdrawn_is_told_so_too(reader: Client) -> None:
    withdraw(Questionnaire.objects.get(), message="")
    response = answer(reader, "signs", "a1")
    assert response.status_code == 410
    assert "<b>Why</b>" not in response.content.decode()


def test_the_helpers_questions_are_withdrawn_with_the_others(reader: Client) -> None:
    legs = Questionnaire.objects.get()
    legs.other_slug, legs.other_title = "someone-else", "Why do their legs ache?"
    legs.other_summary, legs.other_intro = "For a helper.", "A few questions."
    legs.save()
    make.published(legs)
    legs.refresh_from_db()
    withdraw(legs, message="")
    assert reader.get("/check/someone-else/").status_code == 410


def test_who_is_at_a_question_that_is_taken_out_goes_on_with_the_next(reader: Client) -> None:
    answer(reader, "signs", "a8")
    legs = Questionnaire.objects.get()
    legs.questions.get(slug="helps").delete()
    urge = make.option("feel", "urge")
    legs.rules.get(slug="nothing-helps").groups.get().options.set([urge])
    make.published(legs)
    assert answer(reader, "helps", "d1").headers["Location"] == question("feel") + "?anew=1"


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
    words = page.content.decode()
    assert "cookie" in words.lower()
    assert 'class="care emergency"' in words
    assert "tel:911" in words


def test_unknown_questionnaires_and_questions_are_not_found(reader: Client) -> None:
    assert reader.get("/check/arms/").status_code == 404
    assert reader.get("/check/legs/q/nothing/").status_code == 404


def test_each_voice_leads_to_the_others_in_one_step(reader: Client) -> None:
    legs = Questionnaire.objects.get()
    legs.other_slug, legs.other_title = "someone-else", "Why do their legs ache?"
    legs.other_summary, legs.other_intro = "For a helper.", "A few questions."
    legs.save()
    make.published(legs)
    for address in ("/check/", START):
        assert 'href="/check/someone-else/"' in reader.get(address).content.decode()
    page = shown(reader, "/check/someone-else/")
    assert page["flow"].for_other
    assert [start["slug"] for start in page["others"]] == ["legs"]


def test_the_parts_of_the_leg_are_labels_of_the_answers_that_the_question_has(
    reader: Client,
) -> None:
    feel = make.option("feel", "knot").question
    feel.picture = "leg"
    feel.save()
    for old, slug, code in (("knot", "calf", "c3"), ("urge", "hip", "c4")):
        feel.options.filter(slug=old).update(slug=slug, code=code)
    for number, slug in enumerate(set(PARTS_OF["leg"]) - {"calf", "hip"}):
        feel.options.create(slug=slug, code=f"e{number}", text=slug, order=9)
    make.published(feel.unit)
    answer(reader, "signs", "a8")
    page = Page(reader.get(question("feel")).content)
    labels = [found["for"] for tag, found in page.tags if tag == "label" and "for" in found]
    assert labels[:3] == ["option-calf", "option-hip", "option-hip"]
    assert set(labels) == {f"option-{slug}" for slug in PARTS_OF["leg"]}
    assert set(labels) <= set(page.ids)
    assert "option-other" in page.ids


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
