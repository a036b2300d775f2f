"""What the desk says of a text beside its field and at the top of its form."""

from __future__ import annotations

from typing import Any

import pytest
from django.contrib.auth.models import Permission, User
from django.test import Client
from django.urls import reverse

from guide.models import Option, Question, Questionnaire, Section, Tip
from tests import make
from tests.admin.desk import address, save
from tests.admin.test_lists import queries


@pytest.fixture
def faulty(section: Section) -> Section:
    """A published section with a tip, both with something wrong on the desk since."""
    section.body = "You should rest.\n\nSee [the wall](/stretches/nowhere/)."
    section.save()
    Tip.objects.update(detail="Hold it for 20 seconds.")
    section.refresh_from_db()
    return section


def html(client: Client, url: str) -> str:
    page: str = client.get(url).content.decode()
    return page


def listed(client: Client, url: str) -> tuple[list[str], list[str]]:
    """The places that the two lists of a page name."""
    found = client.get(url).context["findings"]
    return [item.where for item in found.refused], [item.where for item in found.worth_a_look]


def test_the_form_lists_what_is_refused_and_what_is_worth_a_look(
    editor: Client, faulty: Section
) -> None:
    assert listed(editor, address(faulty)) == (
        ["Body", "Detail of the tip “Warm it”"],
        ["Body"],
    )
    page = html(editor, address(faulty))
    for heading in ("Before this can be published", "Worth a look"):
        assert f">{heading}</h2>" in page
    assert "“Hold it for 20”: A dose is typed in prose." in page
    assert "“should”: It scolds. Say what to do, or what can help." in page


def test_each_item_leads_to_its_field(editor: Client, faulty: Section) -> None:
    page = html(editor, address(faulty))
    for anchor in ("id_body", "id_tips-0-detail"):
        assert f'href="#{anchor}"' in page
        assert f'id="{anchor}"' in page


def test_an_item_leads_to_the_row_that_it_means(editor: Client, faulty: Section) -> None:
    """Rows are counted as the form shows them, not as they were made."""
    make.tip(faulty, "first", action="Just rest", order=0)
    make.tip(faulty, "last", action="Just walk", order=9)
    Tip.objects.filter(slug="warm-it").update(order=5)
    page = html(editor, address(faulty))
    for number, name in enumerate(("first", "warm-it", "last")):
        assert f'name="tips-{number}-slug" value="{name}"' in page
    anchors = [item.anchor for item in editor.get(address(faulty)).context["findings"].refused]
    assert "id_tips-1-detail" in anchors


def test_a_field_is_described_by_its_help_and_by_what_is_found_in_it(
    editor: Client, faulty: Section
) -> None:
    page = html(editor, address(faulty))
    for name in ("id_body", "id_tips-0-detail"):
        assert f'aria-describedby="{name}_helptext {name}_notes"' in page
        assert f'<ul class="desk-notes" id="{name}_notes">' in page
    assert "id_title_notes" not in page
    assert "<strong>Before this can be published:</strong> “Hold it for 20”" in page


def test_findings_never_keep_from_saving(editor: Client, faulty: Section) -> None:
    answer = save(editor, faulty, body="You should just rest. Hold it for 20 seconds.")
    assert answer.status_code == 302
    refused, worth = listed(editor, address(faulty))
    assert refused == ["Body", "Detail of the tip “Warm it”"]
    assert worth == ["Body", "Body"]


def test_a_text_without_findings_has_no_list(editor: Client, section: Section) -> None:
    page = html(editor, address(section))
    assert "desk-findings" not in page
    assert "desk-notes" not in page
    assert listed(editor, address(section)) == ([], [])


def test_a_form_that_was_not_saved_shows_its_errors_first(editor: Client, faulty: Section) -> None:
    answer = save(editor, faulty, title="")
    assert answer.status_code == 200
    assert "findings" not in answer.context
    assert "Before this can be published" not in answer.content.decode()


def test_a_new_unit_has_nothing_to_find(editor: Client) -> None:
    make.article()
    assert "desk-findings" not in html(editor, reverse("admin:guide_section_add"))


def test_what_is_found_in_a_question_leads_to_the_page_of_the_question(editor: Client) -> None:
    made = make.questionnaire()
    asked = Question.objects.get(slug="feel")
    asked.hint = "Just one."
    asked.save()
    option = Option.objects.get(question=asked, slug="urge")
    option.text = "It should move"
    option.save()
    page = html(editor, address(made))
    assert f'href="{address(asked)}#id_hint"' in page
    assert f'href="{address(asked)}#id_options-1-text"' in page
    own = html(editor, address(asked))
    assert 'href="#id_hint"' in own
    assert 'href="#id_options-1-text"' in own
    assert 'id="id_options-1-text"' in own


def test_the_page_of_a_part_lists_only_its_own(editor: Client) -> None:
    made = make.questionnaire()
    Question.objects.filter(slug="feel").update(hint="Just one.")
    other = made.questions.get(slug="signs")
    assert listed(editor, address(other)) == ([], [])
    assert listed(editor, address(made))[1] == [
        "Hint of the question “Which is closest to what you feel?”"
    ]


def test_a_rule_that_is_missing_is_asked_for_at_its_answer(editor: Client) -> None:
    made: Questionnaire = make.questionnaire()
    made.rules.get(slug="swollen").delete()
    asked = made.questions.get(slug="signs")
    assert "Text of the option “signs: It is swollen”" in listed(editor, address(asked))[0]


def test_what_a_questionnaire_lacks_as_a_whole_leads_to_its_safety_cases(editor: Client) -> None:
    made = make.questionnaire()
    made.safety_cases.all().delete()
    page = html(editor, address(made))
    assert 'href="#id_safety-cases"' in page
    assert 'id="id_safety-cases"' in page


def test_the_queries_of_a_form_do_not_grow_with_its_rows(editor: Client, section: Section) -> None:
    def cost() -> int:
        return len([sql for sql in queries(editor, address(section)) if "SAVEPOINT" not in sql])

    section.save()  # so that it differs from what is live, before and after
    one = cost()
    for number in range(5):
        make.tip(section, f"t{number}", action="You should rest", detail="Hold it for 20 seconds.")
    # Django's own: each search box of a row looks up what is chosen in it.
    boxes = 4 * 5
    assert cost() <= one + boxes


def test_staff_who_only_look_see_the_list_too(stranger: Client, faulty: Section) -> None:
    look = Permission.objects.filter(codename__startswith="view_")
    User.objects.get(username="stan").user_permissions.set(look)
    assert listed(stranger, address(faulty))[1] == ["Body"]


def test_the_page_to_publish_leads_back_to_the_list(publisher: Client, faulty: Section) -> None:
    page: Any = publisher.get(address(faulty, "publish"))
    assert f'href="{address(faulty)}">Go to each field</a>' in page.content.decode()
    assert len(page.context["refusals"]) == 2
