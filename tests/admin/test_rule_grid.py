"""The rules as a grid: what it shows is what the rows hold, and it saves as their pages do."""

from __future__ import annotations

import re
from typing import Any

import pytest
from django.contrib.admin.models import LogEntry
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from guide.models import Edition, Hand, Questionnaire, Rule, RulePointer
from guide.triage.grid import grid
from tests import make
from tests.admin.desk import address
from tests.triage.flows import NAMES, published

pytestmark = pytest.mark.django_db


@pytest.fixture
def legs(db: None) -> Questionnaire:
    """With a knot that speaks for heat, and a rule that waits for two answers."""
    made = make.questionnaire()
    made_rule = make.rule(made, "knot", [[make.option("feel", "knot")]])
    RulePointer.objects.create(rule=made_rule, section=make.section(), weight=4)
    both = [[make.option("signs", "swollen")], [make.option("feel", "urge")]]
    make.rule(made, "both", both, level="doctor", soon=True)
    made.refresh_from_db()
    return made


def edit(legs: Questionnaire, question: str = "feel") -> str:
    return f"{address(legs, 'grid')}?edit={question}"


def boxes(response: Any) -> dict[str, Any]:
    """What the boxes of a page with a question to edit would post as they are."""
    form = response.context["form"]
    return {
        field.html_name: field.value() for field in form if field.value() not in (None, False, [])
    }


def save(client: Client, legs: Questionnaire, question: str = "feel", **typed: Any) -> Any:
    """Type into the boxes of a question, and save."""
    url = edit(legs, question)
    return client.post(url, {**boxes(client.get(url)), **typed})


def version() -> int:
    found: int = Questionnaire.objects.values_list("version", flat=True).get(slug="legs")
    return found


def rows(response: Any) -> dict[str, Any]:
    return {row.key: row for group in response.context["groups"] for row in group.rows}


def test_each_rule_is_a_line_with_its_level_and_its_weights(
    editor: Client, legs: Questionnaire
) -> None:
    found = rows(editor.get(address(legs, "grid")))
    assert [cell.weight for cell in found["knot"].cells] == [4]
    assert (found["chest"].level, found["chest"].also) == ("Emergency, now", ["“together”"])
    assert found["both"].level == "See a doctor, this week"
    assert "one is “It is urge”" in found["both"].answer
    assert set(found) >= set(legs.rules.values_list("slug", flat=True))


def test_its_cells_say_their_line_and_column_to_a_screen_reader(
    editor: Client, legs: Questionnaire
) -> None:
    page = editor.get(edit(legs)).content.decode()
    assert '<th scope="col"><span>Heat and cold</span></th>' in page
    assert '<th scope="colgroup" colspan="1">Ease a cramp</th>' in page
    assert page.count('<th scope="rowgroup">') == 4
    assert 'aria-label="Heat and cold, for It is knot"' in page
    assert re.search(r'aria-label="At least, for It is knot"', page)


def test_what_is_not_edited_here_leads_to_where_it_is(editor: Client, legs: Questionnaire) -> None:
    page = editor.get(address(legs, "grid")).content.decode()
    for rule in legs.rules.all():
        assert f'href="{address(rule)}#id_cautions"' in page
    for question in legs.questions.all():
        assert f'href="{address(question)}"' in page


def test_a_rule_that_names_no_answer_yet_is_told_of(editor: Client, legs: Questionnaire) -> None:
    fresh = Rule.objects.create(questionnaire=legs, slug="fresh")
    page = editor.get(address(legs, "grid"))
    assert page.context["unfinished"] == [("fresh", address(fresh))]


def test_a_weight_and_a_level_are_typed_and_signed_and_readers_see_nothing(
    editor: Client, legs: Questionnaire
) -> None:
    before = version()
    answer = save(editor, legs, **{"knot:heat-cold": "6", "knot.level": "soon"})
    assert answer.status_code == 302
    assert answer.url == f"{address(legs, 'grid')}#at-feel"
    rule = Rule.objects.get(slug="knot")
    assert (rule.level, rule.soon, rule.pointers.get().weight) == ("doctor", True, 6)
    assert version() > before
    assert Hand.objects.get().user.username == "edith"
    assert "at feel" in LogEntry.objects.get().change_message
    assert not Edition.objects.exists()


def test_an_emptied_box_takes_the_section_from_the_rule(
    editor: Client, legs: Questionnaire
) -> None:
    save(editor, legs, **{"knot:heat-cold": ""})
    assert not RulePointer.objects.exists()


def test_cautions_are_ticked_in_place(editor: Client, legs: Questionnaire) -> None:
    clot, burn = make.caution(), make.caution("burn", name="Burn")
    both: dict[str, Any] = {"knot.cautions": [str(clot.pk), str(burn.pk)]}
    save(editor, legs, **both)
    rule = Rule.objects.get(slug="knot")
    assert set(rule.cautions.all()) == {clot, burn}
    before = version()
    one: dict[str, Any] = {"knot.cautions": [str(burn.pk)]}
    save(editor, legs, **one)
    assert set(rule.cautions.all()) == {burn}
    assert rule.pointers.get().weight == 4
    assert version() > before


def test_an_answer_without_a_rule_gets_one_with_its_first_number(
    editor: Client, legs: Questionnaire
) -> None:
    save(editor, legs, **{"new.feel.other:heat-cold": "2"})
    rule = Rule.objects.get(slug="feel-other")
    assert rule.groups.get().options.get() == make.option("feel", "other")
    assert (rule.level, rule.pointers.get().weight) == ("self_care", 2)


def test_a_name_that_another_rule_has_is_not_taken(editor: Client, legs: Questionnaire) -> None:
    make.rule(legs, "feel-other", [[make.option("feel", "knot")]])
    legs.refresh_from_db()
    save(editor, legs, **{"new.feel.other.level": "urgent"})
    assert Rule.objects.get(slug="feel-other-2").level == "urgent"


def test_sent_as_it_is_it_makes_no_new_version(editor: Client, legs: Questionnaire) -> None:
    before = version()
    assert save(editor, legs).status_code == 302
    assert version() == before
    assert not Hand.objects.exists()


@pytest.mark.parametrize("typed", ["0", "9", "much"])
def test_a_number_that_is_none_is_refused_and_stays_typed(
    editor: Client, legs: Questionnaire, typed: str
) -> None:
    answer = save(editor, legs, **{"knot:heat-cold": typed})
    assert answer.context["form"].errors == {"knot:heat-cold": ["1 to 8, or empty."]}
    assert f'value="{typed}"' in answer.content.decode()
    assert RulePointer.objects.get().weight == 4


def test_two_people_at_once_the_second_is_told_and_loses_nothing(
    editor: Client, publisher: Client, legs: Questionnaire
) -> None:
    save(editor, legs, **{"knot:heat-cold": "5"})
    mine = boxes(editor.get(edit(legs)))
    save(publisher, legs, "signs", **{"swollen.level": "emergency"})
    answer = editor.post(edit(legs), {**mine, "knot:heat-cold": "8"})
    form = answer.context["form"]
    assert "paula changed" in form.non_field_errors()[0]
    assert [change.after for change in form.theirs] == ["Emergency, now"]
    assert RulePointer.objects.get().weight == 5
    again = {**boxes(answer), "writes_over": "on"}
    assert again["knot:heat-cold"] == "8"
    assert editor.post(edit(legs), again).status_code == 302
    assert RulePointer.objects.get().weight == 8
    assert Rule.objects.get(slug="swollen").level == "emergency", "it is of another question"
    assert Edition.objects.get().who == "paula"


def test_a_question_that_is_not_there_is_not_found(editor: Client, legs: Questionnaire) -> None:
    assert editor.get(edit(legs, "nothing")).status_code == 404


def test_the_whole_grid_and_its_boxes_cost_the_same_queries_with_many_rules(
    editor: Client, legs: Questionnaire
) -> None:
    def queries() -> int:
        with CaptureQueriesContext(connection) as seen:
            editor.get(edit(legs))
        return len(seen)

    few = queries()
    for number in range(10):
        made = make.rule(legs, f"r{number}", [[make.option("feel", "other")]])
        section = make.section(f"s{number}")
        RulePointer.objects.create(rule=made, section=section, weight=1)
    assert queries() == few


@pytest.mark.parametrize("name", NAMES)
def test_the_boxes_of_no_question_are_more_than_django_takes(settings: Any, name: str) -> None:
    flow = published(name)
    sections = {slug for rule in flow.rules for slug in rule.pointers}
    lines = max(len(block.lines) + len(block.together) for block in grid(flow))
    cautions = max(len(rule.cautions) for rule in flow.rules)
    boxes_of_a_line = len(sections) + 1 + cautions
    assert lines * boxes_of_a_line + 10 < settings.DATA_UPLOAD_MAX_NUMBER_FIELDS
