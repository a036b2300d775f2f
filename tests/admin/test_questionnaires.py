from __future__ import annotations

from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from guide.models import Option, Questionnaire, Rule, RuleGroup, SafetyCase
from tests import make
from tests.admin.desk import address, opened, save


@pytest.fixture
def legs(db: None) -> Questionnaire:
    make.questionnaire()
    found: Questionnaire = Questionnaire.objects.get()
    return found


@pytest.fixture
def case(legs: Questionnaire) -> SafetyCase:
    found: SafetyCase = SafetyCase.objects.get(slug="swollen")
    return found


def version() -> int:
    found: int = Questionnaire.objects.values_list("version", flat=True).get(slug="legs")
    return found


def test_the_questionnaire_says_its_rules_in_words_and_links_to_each(
    editor: Client, legs: Questionnaire
) -> None:
    rule = Rule.objects.get(slug="chest")
    page = editor.get(address(legs))
    rules, _ = page.context["listings"]
    (cells,) = [cells for url, cells in rules.rows if url == address(rule)]
    assert cells == (
        "chest",
        0,
        "Emergency, now",
        "signs: It is chest, or together: It is chest",
        "It needs care.",
    )
    assert address(rule) in page.content.decode()


def test_the_questionnaire_links_to_its_questions_and_cases(
    editor: Client, legs: Questionnaire, case: SafetyCase
) -> None:
    page = editor.get(address(legs)).content.decode()
    assert address(case) in page
    for question in legs.questions.all():
        assert address(question) in page


def test_the_questionnaires_page_costs_the_same_queries_with_many_rules_and_cases(
    editor: Client, legs: Questionnaire
) -> None:
    def queries() -> int:
        with CaptureQueriesContext(connection) as seen:
            editor.get(address(legs))
        return len(seen)

    few = queries()
    for number in range(20):
        make.rule(legs, f"r{number}", [list(Option.objects.all())])
        make.case(legs, f"c{number}", "emergency", [make.option("signs", "chest")])
    assert queries() == few


def test_a_questionnaire_with_many_rules_can_be_saved(editor: Client, legs: Questionnaire) -> None:
    """Django refuses a form of over 1,000 fields: rules and cases are not among them."""
    Rule.objects.bulk_create(Rule(questionnaire=legs, slug=f"r{number}") for number in range(200))
    assert save(editor, legs, title="Sore legs").status_code == 302


@pytest.mark.parametrize("model", [Rule, SafetyCase])
def test_a_part_is_added_from_the_questionnaire_and_opens_for_the_rest(
    editor: Client, legs: Questionnaire, model: type[Any]
) -> None:
    before = version()
    listings = editor.get(address(legs)).context["listings"]
    (url,) = [one.add_url for one in listings if model._meta.model_name in one.add_url]
    page = opened(editor, url)
    assert page["questionnaire"] == str(legs.pk)
    typed = {"slug": "new", "story": "A story.", "level": "doctor", "_save": "1"}
    response: Any = editor.post(url, {**page, **typed})
    made = model.objects.get(slug="new")
    assert response.url == address(made)
    assert made.unit == legs
    assert version() > before


@pytest.mark.parametrize(
    ("model", "typed"),
    [
        (Rule, {"because": "Another reason."}),
        (Rule, {"groups-0-options": "other"}),
        (SafetyCase, {"story": "Another story."}),
        (SafetyCase, {"answers": "other"}),
    ],
)
def test_a_change_of_a_part_is_a_new_version_of_the_questionnaire(
    editor: Client, case: SafetyCase, model: type[Any], typed: dict[str, Any]
) -> None:
    part = model.objects.first()
    other = [make.option("feel", "other").pk]
    before = version()
    save(
        editor,
        part,
        **{name: other if value == "other" else value for name, value in typed.items()},
    )
    assert version() > before


@pytest.mark.parametrize("model", [Rule, SafetyCase])
def test_a_part_saved_as_it_is_makes_no_new_version(
    editor: Client, case: SafetyCase, model: type[Any]
) -> None:
    before = version()
    assert save(editor, model.objects.first()).status_code == 302
    assert version() == before


def test_a_deleted_part_is_a_new_version_and_leads_back(
    editor: Client, legs: Questionnaire
) -> None:
    rule, before = Rule.objects.get(slug="chest"), version()
    response: Any = editor.post(address(rule, "delete"), {"post": "yes"})
    assert response.url == address(legs)
    assert version() > before
    edited = Questionnaire.objects.get().edited_by
    assert edited is not None
    assert edited.username == "edith"


def test_a_part_never_moves_to_another_questionnaire_or_name(
    editor: Client, legs: Questionnaire
) -> None:
    other = Questionnaire.objects.create(slug="child", title="C", summary="C", intro="C")
    rule = Rule.objects.get(slug="chest")
    save(editor, rule, questionnaire=other.pk, slug="renamed", because="B.")
    rule.refresh_from_db()
    assert (rule.questionnaire, rule.slug, rule.because) == (legs, "chest", "B.")


def test_only_answers_of_the_same_questionnaire_are_offered_and_taken(
    editor: Client, legs: Questionnaire, case: SafetyCase
) -> None:
    other = Questionnaire.objects.create(slug="child", title="C", summary="C", intro="C")
    question = other.questions.create(slug="q", text="Q?", label="Q")
    stray = question.options.create(slug="stray", code="zz", text="A stray answer")
    parts = [Rule.objects.get(slug="chest"), case, legs.questions.get(slug="helps")]
    fields = ["groups-0-options", "answers", "asked_when"]
    for part, field in zip(parts, fields, strict=True):
        assert "A stray answer" not in editor.get(address(part)).content.decode()
        assert save(editor, part, **{field: [stray.pk]}).status_code == 200
    assert not RuleGroup.objects.filter(options=stray).exists()


def test_a_rules_page_costs_the_same_queries_with_many_answers(
    editor: Client, legs: Questionnaire
) -> None:
    url = address(Rule.objects.get(slug="chest"))

    def queries() -> int:
        with CaptureQueriesContext(connection) as seen:
            editor.get(url)
        return len(seen)

    few = queries()
    question = legs.questions.get(slug="feel")
    for number in range(20):
        question.options.create(slug=f"o{number}", code=f"o{number}", text=f"Option {number}")
    assert queries() == few


def test_the_address_for_a_helper_is_fixed_once_it_is_published(
    editor: Client, legs: Questionnaire
) -> None:
    """Until then it may be given, and put right, as any other word."""
    make.published(legs)
    helper = {"other_title": "Their legs", "other_summary": "S.", "other_intro": "I."}
    for address_given in ("someone", "someone-else"):
        save(editor, legs, other_slug=address_given, **helper)
        legs.refresh_from_db()
        assert legs.other_slug == address_given
    make.published(legs)
    assert "other_slug" not in opened(editor, address(legs))
    save(editor, legs, other_slug="elsewhere", other_title="Their sore legs")
    legs.refresh_from_db()
    assert (legs.other_slug, legs.other_title) == ("someone-else", "Their sore legs")


def test_every_word_for_a_helper_is_explained_at_the_desk(
    editor: Client, legs: Questionnaire
) -> None:
    page, question = (editor.get(address(row)) for row in (legs, legs.questions.get(slug="feel")))
    (answers,) = question.context["inline_admin_formsets"]
    forms = [
        *(page.context["adminform"].form, question.context["adminform"].form),
        answers.formset.empty_form,
    ]
    helps = {
        f"{form._meta.model.__name__}.{name}": field.help_text
        for form in forms
        for name, field in form.fields.items()
        if name.startswith("other_")
    }
    assert len(helps) == 9
    assert [name for name, text in helps.items() if len(text) < len("Give it here.")] == []


def test_the_list_of_rules_is_no_way_to_delete_them_unseen(
    superuser: Client, legs: Questionnaire
) -> None:
    url = reverse("admin:guide_rule_changelist")
    rules = [rule.pk for rule in Rule.objects.all()]
    data = {"action": "delete_selected", "_selected_action": rules, "post": "yes"}
    superuser.post(url, data)
    assert Rule.objects.count() == len(rules)
