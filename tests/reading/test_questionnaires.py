from __future__ import annotations

import pytest
from django.core.exceptions import ValidationError

from guide.models import Questionnaire
from guide.reading.live import NotLive, live
from guide.reading.questionnaires import carried, flow, starts
from tests import make

pytestmark = pytest.mark.django_db


@pytest.fixture
def legs() -> Questionnaire:
    made = make.questionnaire()
    made.other_slug, made.other_title = "someone-else", "Why do their legs ache?"
    made.other_summary, made.other_intro = "For a helper.", "A few questions."
    made.save()
    make.published(made)
    return made


def test_a_questionnaire_is_offered_once_and_once_more_to_a_helper(legs: Questionnaire) -> None:
    assert [(start["slug"], start["for_other"]) for start in starts(live())] == [
        ("legs", False),
        ("someone-else", True),
    ]


def test_both_voices_ask_by_the_same_rules(legs: Questionnaire) -> None:
    own, other = flow(live(), "legs"), flow(live(), "someone-else")
    assert own[0] == other[0]
    assert own[1].rules == other[1].rules
    assert (other[1].slug, other[1].title) == ("someone-else", "Why do their legs ache?")


def test_a_helpers_answers_are_carried_into_the_next_edition(legs: Questionnaire) -> None:
    make.published(legs)
    assert carried(live(), "someone-else", 1, frozenset({"a8"})) == {"a8"}


def test_an_address_that_nobody_has_is_not_live(legs: Questionnaire) -> None:
    with pytest.raises(NotLive):
        flow(live(), "arms")


@pytest.mark.parametrize(
    ("address", "words"),
    [("rules", "is taken"), ("child", "is taken"), ("legs", "of their own")],
)
def test_the_address_for_a_helper_must_be_free(
    legs: Questionnaire, address: str, words: str
) -> None:
    Questionnaire.objects.create(slug="child", title="Children", summary="S", intro="I")
    legs.other_slug = address
    with pytest.raises(ValidationError, match=words):
        legs.full_clean()


def test_a_helpers_address_needs_a_helpers_words(legs: Questionnaire) -> None:
    legs.other_intro = ""
    with pytest.raises(ValidationError, match="title, summary and intro"):
        legs.full_clean()
