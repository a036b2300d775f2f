"""Trying the draft: what comes of answers, what readers get today, and cases that are saved."""

from __future__ import annotations

import logging
from typing import Any

import pytest
from django.contrib.admin.models import LogEntry
from django.contrib.sessions.models import Session
from django.test import Client
from django.urls import reverse

from guide.models import Hand, Questionnaire, Rule, RulePointer, SafetyCase
from tests import make
from tests.admin.desk import address
from tests.admin.test_lists import queries

pytestmark = pytest.mark.django_db


@pytest.fixture
def legs(db: None) -> Questionnaire:
    made = make.questionnaire()
    rule = make.rule(made, "knot", [[make.option("feel", "knot")]])
    rule.cautions.add(make.caution())
    RulePointer.objects.create(rule=rule, section=make.section(), weight=5)
    make.published(made)
    made.refresh_from_db()
    return made


def tried(
    client: Client, legs: Questionnaire, case: dict[str, str] | None = None, **ticked: Any
) -> Any:
    answers = {f"a.{question}": codes for question, codes in ticked.items()}
    return client.post(address(legs, "try"), {**answers, **(case or {})})


def test_ticked_answers_tell_level_reasons_sections_and_cautions(
    editor: Client, legs: Questionnaire
) -> None:
    found = tried(editor, legs, signs="a2", feel="c1").context["found"]
    assert (found.level, found.level_slug) == ("Urgent, today", "urgent")
    assert found.reasons == [("swollen", "Urgent, today", "It needs care.")]
    assert found.cautions == ["Possible clot"]
    assert found.sections == [], "at this level only what to do now is read"
    calm = tried(editor, legs, signs="a8", feel="c1").context["found"]
    assert calm.sections == [("Heat and cold", 5, "Also fits", "It is knot")]


def test_it_tells_which_single_answer_would_move_the_level(
    editor: Client, legs: Questionnaire
) -> None:
    changes = dict(tried(editor, legs, signs=["a2"]).context["found"].changes)
    assert changes["Emergency, now"] == ["Give “signs: It is chest”"]
    assert "Take back “signs: It is swollen”" in changes["Look after it at home"]


def test_what_is_not_asked_is_not_counted_and_said_so(editor: Client, legs: Questionnaire) -> None:
    found = tried(editor, legs, signs="a8", helps="d2").context["found"]
    assert found.level == "Look after it at home"
    assert found.dropped == ["“helps: It is nothing”"]
    assert found.not_asked == ["feel"]


def test_it_speaks_of_the_draft_and_says_what_readers_get_today(
    editor: Client, legs: Questionnaire
) -> None:
    assert tried(editor, legs, signs="a2").context["found"].differs == []
    Rule.objects.get(slug="swollen").delete()
    Rule.objects.get(slug="knot").cautions.clear()
    RulePointer.objects.get().delete()
    found = tried(editor, legs, signs="a2", feel="c1").context["found"]
    assert found.level == "Look after it at home"
    assert found.differs == [
        "How soon: Urgent, today.",
        "Readers also get the caution “Possible clot”.",
    ]


def test_without_a_live_edition_there_is_nothing_to_compare_with(editor: Client) -> None:
    page = tried(editor, make.questionnaire(), signs="a2").content.decode()
    assert "No edition is live" in page


def test_a_saved_case_fills_in_its_answers(editor: Client, legs: Questionnaire) -> None:
    page = editor.get(f"{address(legs, 'try')}?case=still-unsure")
    assert page.context["answers"] == {"a9", "b9"}
    assert page.context["found"].level == "Urgent, today"
    assert 'value="b9" data-alone checked' in page.content.decode()


def test_nothing_that_is_ticked_is_stored_or_logged(
    editor: Client, legs: Questionnaire, caplog: pytest.LogCaptureFixture
) -> None:
    rows: list[Any] = [Hand, LogEntry, SafetyCase]
    before = [model.objects.count() for model in rows]
    session = Session.objects.get().session_data
    with caplog.at_level(logging.DEBUG):
        answer = tried(editor, legs, signs="a2", feel="c1")
    assert [model.objects.count() for model in rows] == before
    assert Session.objects.get().session_data == session
    assert "a2" not in [*answer.cookies.values(), *caplog.messages]
    assert "no-store" in answer["Cache-Control"]
    assert answer.wsgi_request.sensitive_post_parameters == "__ALL__"


CASE = {"save": "1", "slug": "after-a-flight", "story": "My calf is warm.", "level": "urgent"}


def test_the_answers_become_a_safety_case_of_the_draft_signed_like_any_edit(
    editor: Client, legs: Questionnaire
) -> None:
    answer = tried(editor, legs, signs="a2", feel="c1", helps="d1", case=CASE)
    assert answer.url == f"{address(legs, 'try')}?case=after-a-flight"
    case = SafetyCase.objects.get(slug="after-a-flight")
    assert (case.questionnaire, case.story, case.level) == (legs, "My calf is warm.", "urgent")
    assert set(case.answers.values_list("code", flat=True)) == {"a2", "c1"}, "d1 is not asked"
    assert Hand.objects.get().user.username == "edith"
    assert Questionnaire.objects.get().version > legs.version
    assert "after-a-flight" in LogEntry.objects.get().change_message
    assert editor.get(answer.url).context["case"] == case


def test_the_level_that_came_out_is_suggested_and_may_be_another(
    editor: Client, legs: Questionnaire
) -> None:
    assert tried(editor, legs, signs="a2").context["form"]["level"].value() == "urgent"
    tried(editor, legs, signs="a2", case={**CASE, "level": "emergency"})
    assert SafetyCase.objects.get(slug="after-a-flight").level == "emergency"


@pytest.mark.parametrize(
    ("typed", "field"),
    [({"slug": "chest"}, "slug"), ({"slug": ""}, "slug"), ({"story": ""}, "story")],
)
def test_a_case_that_lacks_something_is_refused_and_keeps_what_was_ticked(
    editor: Client, legs: Questionnaire, typed: dict[str, str], field: str
) -> None:
    page = tried(editor, legs, signs="a2", case={**CASE, **typed})
    assert field in page.context["form"].errors
    assert 'value="a2" checked' in page.content.decode()
    assert SafetyCase.objects.count() == 5


def test_a_case_without_answers_is_refused(editor: Client, legs: Questionnaire) -> None:
    assert tried(editor, legs, case=CASE).context["form"].non_field_errors()


def test_codes_that_no_answer_has_are_nothing(editor: Client, legs: Questionnaire) -> None:
    assert tried(editor, legs, signs=["zz", "a2"]).context["answers"] == {"a2"}


def test_the_pages_about_rules_link_to_each_other_and_the_desk_to_them(
    editor: Client, legs: Questionnaire
) -> None:
    pages = [address(legs, name) for name in ("grid", "try", "effect", "map")]
    for page in (address(legs), *pages):
        text = editor.get(page).content.decode()
        assert [url for url in pages if f'href="{url}"' not in text] == [], page


def test_a_rule_leads_to_its_line_of_the_grid_and_a_case_to_being_tried(
    editor: Client, legs: Questionnaire
) -> None:
    rule, case = legs.rules.get(slug="knot"), legs.safety_cases.get(slug="knot")
    assert f'href="{address(legs, "grid")}#rule-knot"' in editor.get(address(rule)).content.decode()
    tried = f'href="{address(legs, "try")}?case=knot"'
    assert tried in editor.get(address(case)).content.decode()
    assert 'id="rule-knot"' in editor.get(address(legs, "grid")).content.decode()


@pytest.mark.parametrize("name", ["grid", "try", "effect", "map"])
def test_each_of_them_costs_the_same_queries_with_many_rules_and_cases(
    editor: Client, legs: Questionnaire, name: str
) -> None:
    few = len(queries(editor, address(legs, name)))
    answer = make.option("signs", "chest")
    for number in range(20):
        make.rule(legs, f"r{number}", [[answer]])
        make.case(legs, f"c{number}", "emergency", [answer])
    assert len(queries(editor, address(legs, name))) == few


def test_the_map_leads_to_where_each_question_answer_and_rule_is_edited(
    editor: Client, legs: Questionnaire
) -> None:
    text = editor.get(address(legs, "map")).content.decode()
    for question in legs.questions.all():
        assert f'href="{address(question)}"' in text
        assert f'href="{address(question)}#id_options-0-text"' in text
    gated = legs.questions.get(slug="together")
    assert f'href="{address(gated)}#id_asked_when"' in text
    assert reverse("admin:guide_question_change", args=[gated.pk]) in text


@pytest.mark.parametrize("name", ["grid", "try", "effect", "map"])
def test_each_of_them_shows_a_draft_that_is_not_finished(
    editor: Client, legs: Questionnaire, name: str
) -> None:
    """Its guards keep it from readers; the desk shows it as it is."""
    legs.questions.create(slug="fresh", text="What else?", label="Fresh", warning=True)
    make.rule(legs, "no-answer", [])
    make.rule(legs, "half", [[make.option("feel", "knot")], []], level="urgent")
    RulePointer.objects.create(
        rule=Rule.objects.get(slug="no-answer"), section=make.section("calves"), weight=5
    )
    make.option("signs", "chest").delete()
    answer = editor.get(address(legs, name))
    assert answer.status_code == 200
    if name == "effect":
        assert answer.context["new_sections"] == []


def test_the_map_shows_the_draft(editor: Client, legs: Questionnaire) -> None:
    legs.questions.filter(slug="feel").update(label="Feels like")
    assert "Feels like" in editor.get(address(legs, "map")).content.decode()
