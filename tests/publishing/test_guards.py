"""A questionnaire that would send somebody the wrong way is not published."""

from __future__ import annotations

import pytest

from guide.models import Edition, Rule, SafetyCase
from guide.publishing.press import Refused
from tests import make

pytestmark = pytest.mark.django_db


@pytest.fixture
def live() -> SafetyCase:
    """A published questionnaire with the case of somebody whom nothing helps."""
    made = make.questionnaire()
    case: SafetyCase = SafetyCase.objects.create(
        questionnaire=made, slug="nothing-helps", story="Nothing helps.", level="doctor"
    )
    case.answers.set([make.option(*one) for one in ANSWERS])
    make.published(made)
    return case


ANSWERS = [("signs", "none"), ("feel", "urge"), ("helps", "nothing")]


def refused(case: SafetyCase) -> str:
    with pytest.raises(Refused) as error:
        make.published(case.questionnaire)
    assert Edition.objects.get().number == 1
    return " ".join(error.value.reasons)


def test_losing_a_rule_that_a_safety_case_rests_on_is_refused(live: SafetyCase) -> None:
    Rule.objects.get(slug="nothing-helps").delete()
    assert "comes to self_care, expected doctor" in refused(live)


def test_lowering_the_level_of_a_rule_is_refused(live: SafetyCase) -> None:
    Rule.objects.filter(slug="nothing-helps").update(level="self_care")
    assert "comes to self_care, expected doctor" in refused(live)


def test_a_warning_sign_that_leads_nowhere_is_refused(live: SafetyCase) -> None:
    Rule.objects.get(slug="swollen").delete()
    assert "is a warning sign, but no rule" in refused(live)
