"""The page that holds every question and every rule in the open."""

from __future__ import annotations

import pytest
from django.test import Client
from django.utils.html import escape

from guide.models import Edition, Questionnaire, RulePointer
from guide.pages.countries import fill
from guide.publishing.press import withdraw
from guide.reading.cards import words
from guide.reading.live import live
from guide.reading.rules import RulePage, all_rules
from guide.triage import Flow
from guide.triage.sentences import sentence
from tests import make
from tests.triage.flows import NAMES, published
from tests.views.html import Page

pytestmark = pytest.mark.django_db

RULES = "/check/rules/"
JUDGMENT = "Careful judgment; awaits clinical sign-off"


def html(client: Client) -> str:
    answer = client.get(RULES)
    assert answer.status_code == 200
    return answer.content.decode()


def rules() -> dict[str, RulePage]:
    """The rules that the page tells of, by their slugs."""
    (check,) = all_rules(live())["questionnaires"]
    return {rule["slug"]: rule for group in check["rules"] for rule in group["rules"]}


@pytest.fixture
def legs() -> Questionnaire:
    made = make.questionnaire()
    make.published(made)
    made.refresh_from_db()
    return made


@pytest.mark.parametrize("name", NAMES)
def test_every_question_answer_and_rule_of_the_guide_is_on_the_page(
    client: Client, guide: list[Edition], name: str
) -> None:
    made, found = published(name), html(client)
    spoken = words(live())
    ids = Page(found.encode()).ids
    for text in _texts(made):
        assert fill(escape(text), spoken) in found, text
    assert {f"{name}-q-{asked.slug}" for asked in made.questions} <= set(ids)
    assert {f"{name}-rule-{rule.slug}" for rule in made.rules} <= set(ids)


def _texts(made: Flow) -> list[str]:
    asked = [text for found in made.questions for text in (found.text, found.hint, found.why)]
    answers = [option.text for found in made.questions for option in found.options]
    return asked + answers + [sentence(made, rule) for rule in made.rules]


def test_the_map_and_its_telling_in_words_are_both_there(
    client: Client, legs: Questionnaire
) -> None:
    found = html(client)
    for label in ("signs", "together", "feel", "helps"):
        assert found.count(f". {label}</text>") == found.count(f". {label}</b>") == 1
    gate = "After “It is urge” at “feel”"
    assert f">{gate}</text>" in found
    assert f"<li>{gate}.</li>" in found
    assert "<li>“It is urge”: on to “helps”.</li>" in found


def test_a_rule_names_what_it_rests_on_and_what_it_raises(
    client: Client, legs: Questionnaire
) -> None:
    read, unread, caution = make.source(), make.source("s02", confirmed="C"), make.caution()
    section = make.section("red-flags", title="Signs that need help")
    rule = legs.rules.get(slug="chest")
    rule.implements = "E01 E12"
    rule.save()
    rule.sources.set([read, unread])
    rule.cautions.set([caution])
    RulePointer.objects.create(rule=rule, section=section, weight=8)
    for unit in (read, unread, caution, section.article, section, legs):
        make.published(unit)
    found = rules()["chest"]
    assert found["ladder"] == ["E01", "E12"]
    assert [source["slug"] for source in found["sources"]] == ["s01"]
    assert found["cautions"] == ["Possible clot"]
    assert [(card["title"], points) for card, points in found["read"]] == [
        ("Signs that need help", 8)
    ]
    for text in ("E01, E12", "Leg cramps", "Possible clot", "(8 points)"):
        assert text in html(client)


def test_a_rule_that_raises_a_level_without_a_source_says_so(
    client: Client, legs: Questionnaire
) -> None:
    make.rule(legs, "calm", [[make.option("feel", "knot")]])
    make.published(legs)
    assert html(client).count(JUDGMENT) == len(rules()) - 1 == 4


def test_a_section_that_readers_cannot_reach_is_not_linked(legs: Questionnaire) -> None:
    section = make.section()
    rule = make.rule(legs, "knot", [[make.option("feel", "knot")]])
    RulePointer.objects.create(rule=rule, section=section, weight=6)
    make.published(section)
    make.published(legs)
    assert rules()["knot"]["read"] == []


def test_rules_come_with_the_most_urgent_first(legs: Questionnaire) -> None:
    (check,) = all_rules(live())["questionnaires"]
    assert [group["level"] for group in check["rules"]] == ["emergency", "urgent", "doctor"]


def test_the_page_shows_the_live_edition_and_never_a_draft(
    client: Client, legs: Questionnaire
) -> None:
    asked = legs.questions.get(slug="feel")
    asked.text = "What is it like?"
    asked.save()
    assert "What is it like?" not in html(client)
    make.published(legs)
    assert "What is it like?" in html(client)


def test_a_withdrawn_questionnaire_disappears(client: Client, legs: Questionnaire) -> None:
    assert 'id="legs"' in html(client)
    withdraw(legs, message="Out of date")
    found = html(client)
    assert 'id="legs"' not in found
    assert "No questions are live" in found


def test_the_other_voice_is_named_where_there_is_one(client: Client, legs: Questionnaire) -> None:
    assert "someone else" not in html(client)
    legs.other_slug, legs.other_title = "someone-else", "Why do their legs ache?"
    legs.other_summary, legs.other_intro = "For a helper.", "A few questions."
    legs.save()
    make.published(legs)
    assert 'href="/check/someone-else/"' in html(client)


def test_answers_on_the_device_change_nothing(client: Client, legs: Questionnaire) -> None:
    plain = client.get(RULES)
    client.post("/check/legs/q/signs/", {"answer": ["a8"]})
    answer = client.get(RULES)
    assert answer.content == plain.content
    assert not answer.cookies
    reading = client.get("/about/")
    for header in ("X-Robots-Tag", "Referrer-Policy"):
        assert answer.headers.get(header) == reading.headers.get(header), header
    assert "no-store" not in answer.headers.get("Cache-Control", "")
    assert "Cookie" not in answer.headers.get("Vary", "")


def test_words_of_staff_are_text_and_never_code(client: Client, legs: Questionnaire) -> None:
    attack = "<script>alert(1)</script>"
    asked = legs.questions.get(slug="feel")
    asked.text = asked.label = asked.hint = asked.why = asked.help = attack
    asked.save()
    option = asked.options.get(slug="urge")
    option.text = attack
    option.save()
    make.published(legs)
    assert "<script>alert" not in html(client)


def test_the_ways_to_the_page(client: Client, legs: Questionnaire) -> None:
    for address in ("/about/how-we-write/", "/check/legs/"):
        assert RULES in Page(client.get(address).content).links
