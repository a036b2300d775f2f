"""Two people edit the same page: the second is told, and nobody loses a word."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client

from guide.models import Edition, Question, Section, Tip
from guide.publishing.press import restore
from tests import make
from tests.admin.desk import address, opened, save, sent_back, ticked

Page = dict[str, Any]


@pytest.fixture
def section(db: None) -> Section:
    made = make.section()
    make.tip(made, "warm-it", action="Warm it")
    make.tip(made, "cool-it", action="Cool it", order=1)
    return made


def refusal(response: Any) -> str:
    assert response.status_code == 200, "it was saved"
    return " ".join(response.context["adminform"].form.non_field_errors())


def test_the_second_is_told_who_was_first_and_nothing_is_saved(
    editor: Client, publisher: Client, section: Section
) -> None:
    mine = opened(editor, address(section))
    save(publisher, section, title="Theirs")
    response = editor.post(address(section), {**mine, "title": "Mine"})
    assert "paula" in refusal(response)
    assert Section.objects.get().title == "Theirs"


def test_what_the_second_typed_is_all_still_there(
    editor: Client, publisher: Client, section: Section
) -> None:
    mine = opened(editor, address(section))
    save(publisher, section, **{"tips-0-action": "Their tip"})
    typed = {"body": "My body.", "tips-0-action": "My tip", "tips-1-detail": "My detail."}
    page = sent_back(editor.post(address(section), {**mine, **typed}))
    assert typed.items() <= page.items()


def test_with_its_box_ticked_it_is_saved_and_the_other_text_is_kept(
    editor: Client, publisher: Client, section: Section
) -> None:
    mine = opened(editor, address(section))
    save(publisher, section, body="Their body.", **{"tips-0-action": "Their tip"})
    page = ticked(editor.post(address(section), {**mine, "body": "My body."}))
    assert editor.post(address(section), page).status_code == 302
    assert Section.objects.get().body == "My body."
    kept = Edition.objects.get()
    assert (kept.live_from, kept.who) == (None, "paula")
    restore(kept)
    assert Section.objects.get().body == "Their body."
    assert Tip.objects.get(slug="warm-it").action == "Their tip"


def test_without_its_box_ticked_it_is_never_saved(
    editor: Client, publisher: Client, section: Section
) -> None:
    mine = opened(editor, address(section))
    save(publisher, section, title="Theirs")
    page = sent_back(editor.post(address(section), {**mine, "title": "Mine"}))
    assert "paula" in refusal(editor.post(address(section), page))
    assert Section.objects.get().title == "Theirs"


def test_the_second_sees_what_the_first_changed_and_nothing_else(
    editor: Client, publisher: Client, section: Section
) -> None:
    save(editor, section, title="Warmth")  # from here on the desk is kept at every save
    mine = opened(editor, address(section))
    save(publisher, section, **{"tips-0-action": "Warm it gently"})
    answer = editor.post(address(section), {**mine, "body": "My body.", "tips-1-action": "Mine"})
    (change,) = answer.context["adminform"].form.theirs
    assert (change.row, change.field) == ("Tip warm-it", "Action")
    assert (change.before, change.after) == ("Warm it", "Warm it gently")
    page = answer.content.decode()
    assert "[added: </span> gently" in page
    assert "Put my text in the place of theirs" in page


def test_what_the_first_changed_goes_on_being_seen_until_it_is_saved(
    editor: Client, publisher: Client, section: Section
) -> None:
    save(editor, section, title="Warmth")
    mine = opened(editor, address(section))
    save(publisher, section, title="Theirs")
    page = ticked(editor.post(address(section), {**mine, "title": ""}))
    again = editor.post(address(section), page)
    assert "title" in again.context["adminform"].form.errors
    assert [change.after for change in again.context["adminform"].form.theirs] == ["Theirs"]
    assert sent_back(again)["writes_over"] == "on"
    assert editor.post(address(section), {**sent_back(again), "title": "Mine"}).status_code == 302


def test_a_third_who_was_faster_is_told_of_too(
    editor: Client, publisher: Client, section: Section
) -> None:
    mine = opened(editor, address(section))
    save(publisher, section, title="Theirs")
    page = ticked(editor.post(address(section), {**mine, "title": "Mine"}))
    save(publisher, section, title="Theirs again")
    assert "paula" in refusal(editor.post(address(section), page))
    assert Section.objects.get().title == "Theirs again"


def test_a_tip_that_was_deleted_meanwhile_comes_back_with_what_was_typed(
    editor: Client, publisher: Client, section: Section
) -> None:
    mine = opened(editor, address(section))
    save(publisher, section, **{"tips-0-DELETE": "on"})
    page = ticked(editor.post(address(section), {**mine, "tips-0-detail": "My detail."}))
    assert editor.post(address(section), page).status_code == 302
    assert {tip.slug: tip.detail for tip in Tip.objects.all()} == {
        "cool-it": "",
        "warm-it": "My detail.",
    }


def test_a_tip_that_both_deleted_stays_deleted(
    editor: Client, publisher: Client, section: Section
) -> None:
    mine = opened(editor, address(section))
    save(publisher, section, **{"tips-0-DELETE": "on"})
    page = ticked(editor.post(address(section), {**mine, "tips-0-DELETE": "on"}))
    assert editor.post(address(section), page).status_code == 302
    assert [tip.slug for tip in Tip.objects.all()] == ["cool-it"]


def test_a_tip_that_the_other_added_stays(
    editor: Client, publisher: Client, section: Section
) -> None:
    mine = opened(editor, address(section))
    new = {"slug": "rest-it", "action": "Rest it", "evidence": "none", "order": "9"}
    theirs = {f"tips-2-{name}": value for name, value in new.items()}
    save(publisher, section, **theirs, **{"tips-TOTAL_FORMS": "3"})
    page = ticked(editor.post(address(section), {**mine, "tips-0-action": "Mine"}))
    assert editor.post(address(section), page).status_code == 302
    assert [tip.action for tip in Tip.objects.all()] == ["Mine", "Cool it", "Rest it"]


def test_a_tip_that_both_added_is_refused_by_name_and_saved_once_it_has_another(
    editor: Client, publisher: Client, section: Section
) -> None:
    new = {"slug": "rest-it", "action": "Rest it", "evidence": "none", "order": "9"}
    added = {f"tips-2-{name}": value for name, value in new.items()} | {"tips-TOTAL_FORMS": "3"}
    mine = {**opened(editor, address(section)), **added, "tips-2-action": "Mine"}
    save(publisher, section, **added)
    page = ticked(editor.post(address(section), mine))
    page = sent_back(editor.post(address(section), page))
    assert page["tips-2-action"] == "Mine"
    assert editor.post(address(section), {**page, "tips-2-slug": "mine"}).status_code == 302
    assert Tip.objects.count() == 4


def test_publishing_meanwhile_makes_no_form_stale(editor: Client, section: Section) -> None:
    mine = opened(editor, address(section))
    make.published(section)
    assert editor.post(address(section), {**mine, "title": "Mine"}).status_code == 302


def test_a_form_without_its_version_is_refused(editor: Client, section: Section) -> None:
    mine = opened(editor, address(section))
    del mine["opened_version"]
    assert refusal(editor.post(address(section), mine))


def test_a_question_is_protected_like_its_questionnaire(editor: Client, publisher: Client) -> None:
    make.questionnaire()
    question = Question.objects.get(slug="feel")
    mine = opened(editor, address(question))
    save(publisher, question, text="Theirs?")
    response = editor.post(address(question), {**mine, "text": "Mine?"})
    assert "paula" in refusal(response)
    assert Question.objects.get(slug="feel").text == "Theirs?"
    assert editor.post(address(question), ticked(response)).status_code == 302
    assert Question.objects.get(slug="feel").text == "Mine?"
    assert Edition.objects.get().live_from is None
