"""What a draft would change is said in a sentence and shown by name, before it is published."""

from __future__ import annotations

import pytest
from django.test import Client

from guide.admin import draft_effect
from guide.models import Questionnaire, Rule, RulePointer
from tests import make
from tests.admin.desk import address

pytestmark = pytest.mark.django_db


@pytest.fixture
def legs(db: None) -> Questionnaire:
    made = make.questionnaire()
    rule = make.rule(made, "knot", [[make.option("feel", "knot")]])
    RulePointer.objects.create(rule=rule, section=make.section(), weight=4)
    make.published(made)
    made.refresh_from_db()
    return made


def text(client: Client, legs: Questionnaire) -> str:
    return " ".join(client.get(address(legs, "effect")).content.decode().split())


def test_a_draft_that_reads_the_same_moves_nobody(editor: Client, legs: Questionnaire) -> None:
    page = text(editor, legs)
    assert (
        "0 cases up, 0 down; 0 of 20,000 random answer sets up, 0 down; "
        "0 sections no longer reachable." in page
    )
    assert "Nobody is told anything else." in page


def test_what_moves_is_counted_and_named_with_the_way_it_goes(
    editor: Client, legs: Questionnaire
) -> None:
    rule = Rule.objects.get(slug="swollen")
    rule.level = "emergency"
    rule.save()
    RulePointer.objects.get().delete()
    answer = editor.get(address(legs, "effect"))
    sentence = answer.context["sentence"]
    assert sentence.startswith("1 case up, 0 down; ")
    assert sentence.endswith("; 1 section no longer reachable.")
    (case,) = answer.context["cases"]
    assert (case.name, case.was, case.now) == ("swollen", "Urgent, today", "Emergency, now")
    assert case.url == address(legs.safety_cases.get(slug="swollen"))
    assert answer.context["lost_sections"] == ["Heat and cold"]
    examples = answer.context["examples"]
    assert ["“signs: It is swollen”"] in [example.words for example in examples]
    assert all(example.up for example in examples)
    assert "Nobody is told anything else." not in answer.content.decode()


def test_an_answer_that_the_draft_no_longer_has_is_named_as_readers_know_it(
    editor: Client, legs: Questionnaire
) -> None:
    make.option("signs", "chest").delete()
    examples = editor.get(address(legs, "effect")).context["examples"]
    assert ["“signs: It is chest”"] in [example.words for example in examples]
    assert not any(example.up for example in examples)


def test_a_case_that_fails_is_told_with_the_way_to_try_it(
    editor: Client, legs: Questionnaire
) -> None:
    Rule.objects.get(slug="swollen").delete()
    page = text(editor, legs)
    assert "Cases that fail: it cannot be published" in page
    assert f'href="{address(legs, "try")}?case=swollen"' in page


def test_without_a_live_edition_there_is_nothing_to_compare_with(editor: Client) -> None:
    assert "No edition is live" in text(editor, make.questionnaire())


def test_it_is_only_counted_when_it_is_asked_for(
    editor: Client, legs: Questionnaire, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(draft_effect, "effect", None)
    assert editor.get(address(legs)).status_code == 200
    with pytest.raises(TypeError):
        editor.get(address(legs, "effect"))


def test_who_publishes_is_led_to_it(clinician: Client, legs: Questionnaire) -> None:
    legs.save()
    page = clinician.get(address(legs, "publish")).content.decode()
    assert f'href="{address(legs, "effect")}"' in page
