"""What would send somebody the wrong way is not published."""

from __future__ import annotations

from typing import Any

import pytest

from guide.models import Caution, Edition, Questionnaire, Rule, SafetyCase, Unit
from guide.publishing.press import Refused, withdraw
from tests import make

pytestmark = pytest.mark.django_db


@pytest.fixture
def live() -> Questionnaire:
    made = make.questionnaire()
    make.published(made)
    return made


@pytest.fixture
def clot(live: Questionnaire) -> Caution:
    """A live caution that hides advice. A live rule raises it."""
    made = make.caution()
    make.published(made)
    Rule.objects.get(slug="swollen").cautions.add(made)
    make.published(live)
    return made


def refused(unit: Unit) -> str:
    editions = Edition.objects.count()
    with pytest.raises(Refused) as error:
        make.published(unit)
    assert Edition.objects.count() == editions
    return " ".join(error.value.reasons)


def changed(unit: Any, **fields: str) -> Any:
    for name, value in fields.items():
        setattr(unit, name, value)
    unit.save()
    return unit


def test_losing_a_rule_that_a_safety_case_rests_on_is_refused(live: Questionnaire) -> None:
    Rule.objects.get(slug="nothing-helps").delete()
    assert (
        "The case “nothing-helps” (It is nothing-helps.) comes out as “Look after it at home”, "
        "not as “See a doctor, not urgent”."
    ) in refused(live)


def test_lowering_the_level_of_a_rule_is_refused(live: Questionnaire) -> None:
    Rule.objects.filter(slug="nothing-helps").update(level="self_care")
    assert "comes out as “Look after it at home”" in refused(live)


def test_a_warning_sign_that_leads_nowhere_is_refused(live: Questionnaire) -> None:
    Rule.objects.get(slug="swollen").delete()
    said = refused(live)
    for page in ("signs", "together"):
        assert f"“{page}: It is swollen” is a warning sign, but no rule" in said


def test_losing_a_rule_together_with_its_only_case_is_refused(live: Questionnaire) -> None:
    """It takes the last case of a level with it."""
    Rule.objects.get(slug="nothing-helps").delete()
    SafetyCase.objects.get(slug="nothing-helps").delete()
    assert refused(live) == "No safety case must come out as “See a doctor, not urgent”. Add one."


def test_a_questionnaire_without_safety_cases_is_refused(live: Questionnaire) -> None:
    SafetyCase.objects.all().delete()
    assert refused(live).count("No safety case must come out as") == 4


def test_losing_the_only_case_that_rests_on_a_rule_is_refused(live: Questionnaire) -> None:
    SafetyCase.objects.get(slug="still-unsure").delete()
    assert "The rule “still-unsure” could be lost unseen." in refused(live)


def test_a_question_that_no_longer_asks_for_warning_signs_is_refused(live: Questionnaire) -> None:
    live.questions.filter(slug="signs").update(warning=False)
    assert "“signs” has an answer that leads to “Emergency, now” by itself." in refused(live)


def test_the_picture_of_a_leg_is_refused_where_nothing_is_asked_about_its_parts(
    live: Questionnaire,
) -> None:
    live.questions.filter(slug="feel").update(picture="leg")
    assert "“feel” shows a picture, but no answer has the short name" in refused(live)


def test_what_is_wrong_with_the_rules_is_said_before_what_fails(live: Questionnaire) -> None:
    Rule.objects.get(slug="swollen").delete()
    said = refused(live)
    assert said.index("is a warning sign") < said.index("The case “swollen”")


def test_an_answer_that_takes_a_used_code_is_named_by_its_words(live: Questionnaire) -> None:
    live.questions.get(slug="helps").options.filter(slug="moving").update(code="d3")
    live.questions.get(slug="feel").options.filter(slug="other").update(code="d1")
    assert (
        "The code d1 stood for “helps: It is moving” (helps/moving) in edition 1. "
        "Give “feel: It is other” (feel/other) a new code."
    ) in refused(live)


@pytest.mark.parametrize(
    ("address", "said"),
    [
        ("rules", "The address /check/rules/ is that of another page."),
        ("arms", "The address /check/arms/ is that of “Arms”."),
        ("their-arms", "The address /check/their-arms/ is that of “Arms”."),
        ("legs", "A helper needs an address of their own."),
    ],
)
def test_an_address_that_readers_find_something_else_at_is_refused(
    live: Questionnaire, address: str, said: str
) -> None:
    arms = Edition.objects.get()
    arms.pk, arms.slug, arms.title, arms.card = None, "arms", "Arms", {"other_slug": "their-arms"}
    Edition.objects.bulk_create([arms])
    assert refused(changed(live, other_slug=address)) == said


def test_an_address_of_a_helper_that_became_another_questionnaire_is_refused(
    live: Questionnaire,
) -> None:
    make.published(changed(live, other_slug="arms"))
    live.slug = "arms"
    Questionnaire.objects.filter(pk=live.pk).update(slug="arms", other_slug="")
    assert "The address /check/arms/ is that of “Why do my legs ache?”." in refused(live)


def test_a_caution_that_a_rule_raises_goes_on_hiding_advice(
    live: Questionnaire, clot: Caution
) -> None:
    assert refused(changed(clot, effect="show")) == (
        "It must go on hiding advice: rules of “Why do my legs ache?” raise it (“swollen”). "
        "Take it from them first, and publish that."
    )


def test_the_words_of_a_caution_that_hides_may_change(clot: Caution) -> None:
    assert make.published(changed(clot, sentence="Do not rub it.")).number == 2


def test_a_caution_that_no_live_rule_raises_may_stop_hiding(
    live: Questionnaire, clot: Caution
) -> None:
    Rule.objects.get(slug="swollen").cautions.clear()
    changed(clot, effect="show")
    assert "must go on hiding" in refused(clot)
    make.published(live)
    assert make.published(clot).card == {"effect": "show"}


def test_a_caution_may_begin_to_hide_and_one_that_shows_may_be_raised(
    live: Questionnaire,
) -> None:
    shows = make.caution(effect="show")
    make.published(shows)
    Rule.objects.get(slug="swollen").cautions.add(shows)
    make.published(live)
    assert make.published(changed(shows, sentence="Ask first.")).number == 2
    assert make.published(changed(shows, effect="hide")).number == 3


def test_a_withdrawn_questionnaire_holds_no_caution_and_no_address(
    live: Questionnaire, clot: Caution
) -> None:
    live.refresh_from_db()
    withdraw(live, message="Out of date")
    assert make.published(changed(clot, effect="show")).card == {"effect": "show"}
