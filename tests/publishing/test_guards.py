"""What would send somebody the wrong way is not published."""

from __future__ import annotations

from typing import Any

import pytest

from guide.models import (
    Caution,
    Edition,
    Option,
    Question,
    Questionnaire,
    Rule,
    SafetyCase,
    Section,
    Tip,
    Unit,
)
from guide.publishing.press import Refused, publish, withdraw
from guide.publishing.refusal import Refusal
from guide.publishing.rename import rename
from guide.publishing.rows import instances_of
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


def pressed(unit: Any) -> Edition:
    """Publish a unit by itself, as it is on the desk by now."""
    unit.refresh_from_db()
    return publish(unit)


def reasons(unit: Unit) -> list[Refusal]:
    """Why a unit is refused. Nothing is pressed meanwhile."""
    editions = Edition.objects.count()
    with pytest.raises(Refused) as error:
        pressed(unit)
    assert Edition.objects.count() == editions
    return [reason for reason in error.value.reasons if isinstance(reason, Refusal)]


def refused(unit: Unit) -> str:
    return " ".join(reasons(unit))


def places(unit: Unit) -> list[tuple[str, str]]:
    """The rows and fields that the reasons speak of."""
    rows = list(instances_of(unit))
    return [(str(rows[reason.row]), reason.field) for reason in reasons(unit)]


def changed(unit: Any, **fields: Any) -> Any:
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


def test_a_page_of_urgent_signs_that_stops_asking_for_them_is_refused(
    live: Questionnaire,
) -> None:
    """None of its signs is an emergency, so that its answers alone would be let through."""
    Rule.objects.get(slug="chest").groups.get().options.clear()
    Rule.objects.get(slug="chest").groups.get().options.set([make.option("together", "chest")])
    live.questions.filter(slug="signs").update(warning=False)
    assert (
        "“signs” no longer asks for warning signs, but it has some: “signs: It is swollen”."
    ) in refused(live)


def test_a_sign_cannot_move_to_a_page_that_does_not_ask_for_signs(live: Questionnaire) -> None:
    Option.objects.filter(question__slug="together", slug="swollen").update(
        question=Question.objects.get(slug="feel")
    )
    assert "“feel” no longer asks for warning signs" in refused(live)


def test_a_sign_that_no_rule_of_its_own_raises_may_stop_being_one(live: Questionnaire) -> None:
    """First its rules, then its page: two editions that each say what they do."""
    pressed(live)
    page = live.questions.get(slug="together")
    for rule in Rule.objects.exclude(slug="nothing-helps"):
        rule.groups.get().options.remove(*page.options.all())
    page.warning = False
    page.save()
    assert "no longer asks for warning signs" not in refused(live)


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
    pressed(changed(live, other_slug="arms"))
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
    assert pressed(changed(clot, sentence="Do not rub it.")).number == 2


def test_a_caution_that_no_live_rule_raises_may_stop_hiding(
    live: Questionnaire, clot: Caution
) -> None:
    Rule.objects.get(slug="swollen").cautions.clear()
    changed(clot, effect="show")
    assert "must go on hiding" in refused(clot)
    pressed(live)
    assert pressed(clot).card == {"effect": "show"}


def test_a_caution_may_begin_to_hide_and_one_that_shows_may_be_raised(
    live: Questionnaire,
) -> None:
    shows = make.caution(effect="show")
    pressed(shows)
    Rule.objects.get(slug="swollen").cautions.add(shows)
    pressed(live)
    assert pressed(changed(shows, sentence="Ask first.")).number == 2
    assert pressed(changed(shows, effect="hide")).number == 3


def test_a_withdrawn_questionnaire_holds_no_caution_and_no_address(
    live: Questionnaire, clot: Caution
) -> None:
    live.refresh_from_db()
    withdraw(live, message="Out of date")
    assert pressed(changed(clot, effect="show")).card == {"effect": "show"}


@pytest.mark.parametrize(
    ("model", "slug", "row", "field"),
    [
        ("rule", "swollen", "signs: It is swollen", "text"),
        ("safetycase", "still-unsure", "still-unsure", "because"),
    ],
)
def test_what_is_wrong_with_the_questions_names_row_and_field(
    live: Questionnaire, model: str, slug: str, row: str, field: str
) -> None:
    {"rule": Rule, "safetycase": SafetyCase}[model].objects.get(slug=slug).delete()
    assert (row, field) in places(live)


def test_a_failing_case_is_named_by_its_own_row(live: Questionnaire) -> None:
    Rule.objects.filter(slug="nothing-helps").update(level="self_care")
    assert ("nothing-helps", "level") in places(live)


def test_what_a_whole_questionnaire_lacks_is_mended_at_its_cases(live: Questionnaire) -> None:
    SafetyCase.objects.all().delete()
    assert (str(live), "safety-cases") in places(live)


# Words and evidence


def test_a_stretch_or_a_routine_without_a_step_is_refused(db: None) -> None:
    stretch = make.stretch()
    stretch.steps.get().delete()
    for unit in (stretch, make.routine()):
        assert reasons(unit) == ["It has no steps yet. Add one."]


def test_a_dose_typed_in_prose_is_refused_where_it_stands(db: None) -> None:
    tip = make.tip(make.section(), action="Pull your toes up", detail="Hold it for 20 seconds.")
    assert places(tip.section) == [("Pull your toes up", "detail")]
    assert "“Hold it for 20”: A dose is typed in prose." in refused(tip.section)


def test_words_that_are_only_worth_a_look_are_published(db: None) -> None:
    assert pressed(make.section(body="You should just rest.")).number == 1


@pytest.mark.parametrize("verdict", ["supported", "contradicted"])
def test_a_claim_that_was_found_true_or_false_names_its_source(verdict: str) -> None:
    claim = make.claim(verdict=verdict)
    assert places(claim) == [(str(claim), "sources")]
    source = make.source()
    pressed(source)
    claim.sources.add(source)
    assert pressed(claim).number == 1


@pytest.mark.parametrize("evidence", ["good", "some", "no-help"])
def test_a_tip_that_rests_on_studies_names_them(evidence: str) -> None:
    tip = make.tip(make.section(), evidence=evidence)
    assert places(tip.section) == [("Warm the sore muscle", "sources")]
    assert "but names no source for that." in refused(tip.section)


@pytest.mark.parametrize("evidence", ["little", "none"])
def test_a_tip_without_studies_needs_no_source(evidence: str) -> None:
    assert pressed(make.tip(make.section(), evidence=evidence).section).number == 1


# Links


@pytest.fixture
def shown(db: None) -> Section:
    """A section on a live article."""
    made = make.section(body="Warm it.\n\n### How warm\n\nNot hot.")
    pressed(made.article)
    pressed(made)
    return made


@pytest.mark.parametrize(
    ("link", "why"),
    [
        ("/nowhere/", "this guide has no such address"),
        ("guide/ease-a-cramp/", "this guide has no such address"),
        ("#heat-cold", "this guide has no such address"),
        ("http://example.org/", "this guide has no such address"),
        ("/guide/elsewhere/", "the article “elsewhere” is not public"),
        ("/guide/ease-a-cramp/#cold", "the section “cold” is not public"),
        ("/guide/ease-a-cramp/#heat-cold-how-cold", "the section “heat-cold-how-cold” is not"),
        ("/stretches/wall/", "the stretch “wall” is not public"),
        ("/routines/short/", "the routine “short” is not public"),
        ("/check/legs/", "the questionnaire “legs” is not public"),
        ("/faq/#why", "the question and answer “why” is not public"),
    ],
)
def test_a_link_that_no_page_answers_is_refused(shown: Section, link: str, why: str) -> None:
    faq = make.faq(more=f"Rest. [Read more of it]({link})", section=shown)
    (reason,) = reasons(faq)
    assert reason.startswith(f"The link to {link} is broken: {why}")
    assert reason.field == "more"


@pytest.mark.parametrize(
    "link",
    [
        "/",
        "/help/",
        "/faq/?group=night",
        "/guide/ease-a-cramp/",
        "/guide/ease-a-cramp/#heat-cold",
        "/guide/ease-a-cramp/#heat-cold-how-warm",
        "/faq/#can-i-use-heat",
        "https://example.org/",
        "tel:911",
    ],
)
def test_a_link_that_a_page_answers_is_published(shown: Section, link: str) -> None:
    """A question may link to itself, as it is public with its own link."""
    assert pressed(make.faq(more=f"[Heat and cold]({link})", section=shown)).number == 1


def test_the_address_of_a_helper_answers_as_well(live: Questionnaire, shown: Section) -> None:
    pressed(changed(live, other_slug="someone-else"))
    faq = make.faq(more="[Answer for them](/check/someone-else/)", section=shown)
    assert pressed(faq).number == 1


def test_a_link_to_an_anchor_of_another_article_is_refused(shown: Section) -> None:
    pressed(make.article("other"))
    faq = make.faq(more="[Heat and cold](/guide/other/#heat-cold)", section=shown)
    assert "the section “heat-cold” is in the article “ease-a-cramp”." in refused(faq)


def test_a_link_to_what_was_withdrawn_is_refused(shown: Section) -> None:
    stretch = make.stretch()
    pressed(stretch)
    withdraw(stretch, message="Out of date")
    faq = make.faq(more="[At a wall](/stretches/wall-calf/)", section=shown)
    assert "the stretch “wall-calf” was withdrawn." in refused(faq)


def test_a_link_to_a_former_address_answers_and_counts_as_a_link(shown: Section) -> None:
    stretch = make.stretch()
    pressed(stretch)
    rename(stretch, "at-a-wall")
    pressed(make.faq(more="[At a wall](/stretches/wall-calf/)", section=shown))
    stretch.refresh_from_db()
    with pytest.raises(Refused, match="still links to it"):
        withdraw(stretch, message="Out of date")


def test_units_that_are_pressed_together_may_link_to_each_other(shown: Section) -> None:
    faq = make.faq(more="[At a wall](/stretches/wall-calf/)", section=shown)
    assert publish(faq, beside={("stretch", "wall-calf")}).number == 1


# References


def test_what_a_row_points_to_must_be_public(shown: Section) -> None:
    tip = make.tip(shown, "wall", action="Stretch at a wall", stretch=make.stretch())
    assert "The stretch “wall-calf” is not public. Publish it first" in refused(shown)
    assert places(shown) == [("Stretch at a wall", "stretch")]
    pressed(tip.stretch)
    assert pressed(shown).number == 2


def test_what_a_row_points_to_must_not_be_withdrawn(shown: Section) -> None:
    source = make.source()
    pressed(source)
    withdraw(source, message="Retracted")
    shown.sources.add(source)
    assert refused(shown) == ("The source “s01” was withdrawn. Take it out, or publish it again.")


def test_of_two_that_point_to_each_other_either_may_be_first(db: None) -> None:
    easy, hard = make.stretch("easy"), make.stretch("hard")
    pressed(changed(easy, harder=hard))
    pressed(changed(hard, easier=easy))
    pressed(changed(easy, harder=None))
    withdraw(changed(hard, easier=None), message="Too hard")
    assert "The stretch “hard” was withdrawn." in refused(changed(easy, harder=hard))


def test_a_section_may_be_published_before_its_article(db: None) -> None:
    assert pressed(make.section()).number == 1


# Withdrawing


def test_what_live_prose_links_to_is_not_withdrawn(shown: Section) -> None:
    stretch = make.stretch()
    pressed(stretch)
    pressed(make.faq(more="[At a wall](/stretches/wall-calf/)", section=shown))
    with pytest.raises(Refused, match=r"“Can I use heat\?” still links to it"):
        withdraw(stretch, message="Out of date")


def test_a_questionnaire_is_not_withdrawn_while_a_link_leads_to_its_helper(
    live: Questionnaire, shown: Section
) -> None:
    pressed(changed(live, other_slug="someone-else"))
    pressed(make.faq(more="[Answer](/check/someone-else/)", section=shown))
    with pytest.raises(Refused, match="still links to it"):
        withdraw(live, message="Out of date")


def test_a_draft_that_points_to_a_unit_does_not_hold_it(shown: Section) -> None:
    stretch = make.stretch()
    pressed(stretch)
    make.tip(shown, "wall", stretch=stretch)
    assert withdraw(stretch, message="Out of date").withdrawn
    assert Tip.objects.get(slug="wall").stretch == stretch
