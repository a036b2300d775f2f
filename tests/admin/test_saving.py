from __future__ import annotations

from typing import Any
from urllib.parse import urlencode

import pytest
from django.contrib.admin import site
from django.contrib.auth.models import User
from django.test import Client
from django.urls import reverse

from guide.models import UNITS, Article, Edition, Question, Section, Tip, Unit
from tests import make
from tests.admin.desk import UNITS as MAKERS
from tests.admin.desk import address, opened, save


@pytest.mark.parametrize("kind", MAKERS)
def test_saving_a_form_as_it_is_makes_no_new_version(editor: Client, kind: str) -> None:
    unit = MAKERS[kind]()
    before = type(unit).objects.get(pk=unit.pk)
    assert save(editor, unit).status_code == 302
    after = type(unit).objects.get(pk=unit.pk)
    assert (after.version, after.edited_at, after.edited_by) == (
        before.version,
        before.edited_at,
        None,
    )


def test_text_of_many_lines_is_not_changed_by_the_line_ends_of_a_browser(editor: Client) -> None:
    section = make.section(body="One line.\n\n- and\n- a list")
    make.tip(section, detail="Two\nlines.")
    save(editor, section)
    unchanged = Section.objects.get()
    assert (unchanged.version, unchanged.body) == (section.version, "One line.\n\n- and\n- a list")


def test_a_long_line_that_was_typed_on_two_is_put_on_one(editor: Client) -> None:
    section = make.section()
    assert save(editor, section, in_short="Warm the muscle.\r\nThen rest.").status_code == 302
    assert Section.objects.get().in_short == "Warm the muscle. Then rest."


@pytest.mark.parametrize("unseen", ["\u202e", "\u200b", "\ufeff", "\x07", "\x1b"])
def test_what_nobody_sees_in_copied_words_is_left_out(editor: Client, unseen: str) -> None:
    section = make.section()
    save(editor, section, title=f"Warm{unseen}th", body=f"It {unseen}warms.")
    saved = Section.objects.get()
    assert (saved.title, saved.body) == ("Warmth", "It warms.")


def test_words_of_which_nothing_is_seen_are_no_title(editor: Client) -> None:
    response = save(editor, make.section(), title="\u200b\u202e")
    assert response.context["adminform"].form.errors["title"] == ["This field cannot be blank."]


def test_what_joins_emoji_and_letters_of_other_scripts_stays(editor: Client) -> None:
    section = make.section()
    save(editor, section, title="Rest 👩\u200d⚕️ می\u200cخواهم")
    assert Section.objects.get().title == "Rest 👩\u200d⚕️ می\u200cخواهم"


def test_a_text_too_long_to_look_through_is_refused_and_kept_in_the_form(editor: Client) -> None:
    section = make.section()
    response = save(editor, section, body="[" * 30_001)
    form = response.context["adminform"].form
    assert "at most 30000 characters" in form.errors["body"][0]
    assert form["body"].value() == "[" * 30_001


def test_two_new_parts_with_the_same_short_name_are_told_in_the_words_of_the_page(
    editor: Client,
) -> None:
    section = make.section()
    same = {"slug": "warm-it", "action": "Warm it", "evidence": "none", "order": "1"}
    typed = {f"tips-{number}-{name}": value for number in (0, 1) for name, value in same.items()}
    page = save(editor, section, **typed, **{"tips-TOTAL_FORMS": "2"}).content.decode()
    assert "No two of them may have the same short name." in page
    assert "Another one on this page has the same." in page


def test_a_change_of_one_field_is_one_version_by_who_made_it(editor: Client) -> None:
    section = make.section()
    save(editor, section, title="Warmth and cold")
    changed = Section.objects.get()
    assert (changed.version, changed.title) == (section.version + 1, "Warmth and cold")
    assert changed.edited_by == User.objects.get(username="edith")


def test_a_change_of_references_alone_is_a_new_version(editor: Client) -> None:
    section, source = make.section(), make.source()
    save(editor, section, sources=[source.pk])
    assert Section.objects.get().version == section.version + 1


def test_a_change_of_a_part_is_a_new_version_by_who_made_it(editor: Client) -> None:
    section = make.section()
    make.tip(section)
    save(editor, section, **{"tips-0-action": "Warm it gently"})
    changed = Section.objects.get()
    assert changed.version == section.version + 1
    assert changed.edited_by == User.objects.get(username="edith")


def test_a_caution_added_to_a_tip_is_a_new_version_of_its_section(editor: Client) -> None:
    section, caution = make.section(), make.caution()
    make.tip(section)
    save(editor, section, **{"tips-0-cautions": [caution.pk]})
    assert Section.objects.get().version > section.version


def test_parts_are_added_and_deleted_on_the_page_of_their_unit(editor: Client) -> None:
    section = make.section()
    make.tip(section)
    save(
        editor,
        section,
        **{
            "tips-0-DELETE": "on",
            "tips-1-slug": "rest-it",
            "tips-1-action": "Rest it",
            "tips-1-evidence": "none",
            "tips-1-order": "0",
            "tips-TOTAL_FORMS": "2",
        },
    )
    assert [tip.slug for tip in Tip.objects.all()] == ["rest-it"]


def test_the_short_name_of_a_part_never_changes(editor: Client) -> None:
    section = make.section()
    make.tip(section)
    save(editor, section, **{"tips-0-slug": "another-name"})
    assert Tip.objects.get().slug == "warm-it"


def test_the_short_name_of_a_new_part_can_be_chosen(editor: Client) -> None:
    url = reverse("admin:guide_article_add")
    page = opened(editor, url)
    sent = editor.post(url, {**page, "title": "New", "slug": "new", "summary": "A new one."})
    assert sent.status_code == 302
    assert Article.objects.get().edited_by == User.objects.get(username="edith")


def test_an_address_is_fixed_once_it_was_published(editor: Client) -> None:
    section = make.section()
    save(editor, section, slug="warmth")
    assert Section.objects.get().slug == "warmth"
    make.published(section)
    save(editor, section, slug="heat-cold", title="Warmth")
    assert Section.objects.get().slug == "warmth"


def test_a_draft_may_be_deleted_and_what_was_published_may_not(superuser: Client) -> None:
    draft, public = make.section("draft"), make.section("public")
    make.published(public)
    for section in (draft, public):
        superuser.post(address(section, "delete"), {"post": "yes"})
    assert list(Section.objects.all()) == [public]


@pytest.mark.parametrize("kind", MAKERS)
def test_no_list_deletes_in_bulk(superuser: Client, kind: str) -> None:
    unit = MAKERS[kind]()
    make.published(unit) if kind != "questionnaire" else None
    url = reverse(f"admin:guide_{kind}_changelist")
    data = {"action": "delete_selected", "_selected_action": [unit.pk], "post": "yes"}
    superuser.post(url, data)
    assert type(unit).objects.filter(pk=unit.pk).exists()
    assert "delete_selected" not in superuser.get(url).content.decode()


@pytest.mark.parametrize("model", UNITS)
def test_every_field_of_a_unit_is_on_its_form_once(model: type[Unit], superuser: Client) -> None:
    response: Any = superuser.get(reverse(f"admin:guide_{model.kind}_add"))
    shown = [
        name
        for _, options in response.context["adminform"].fieldsets
        for line in options["fields"]
        for name in ([line] if isinstance(line, str) else line)
        if name not in site._registry[model].readonly_fields
    ]
    fields = [field.name for field in model._meta.get_fields() if getattr(field, "editable", False)]
    assert sorted(shown) == sorted(set(fields) - {"id"})


def test_every_field_of_a_part_is_on_a_form() -> None:
    forms: dict[Any, set[str]] = {}
    for admin in site._registry.values():
        for options in (admin, *admin.inlines):
            names = forms.setdefault(options.model, set())
            for line in options.fields or ():
                names.update([line] if isinstance(line, str) else line)
    for unit in UNITS:
        for part in unit.parts:
            owner = part.unit_path.split("__", maxsplit=1)[0]
            editable = {
                field.name for field in part._meta.get_fields() if getattr(field, "editable", False)
            }
            assert editable - forms[part] <= {"id", owner}, part


def test_a_question_counts_as_a_change_of_its_questionnaire(editor: Client) -> None:
    questionnaire = make.questionnaire()
    before = type(questionnaire).objects.get().version
    question = Question.objects.get(slug="feel")
    response = save(editor, question, text="What do you feel?")
    assert response.url == address(questionnaire)
    after = type(questionnaire).objects.get()
    assert after.version == before + 1
    assert after.edited_by == User.objects.get(username="edith")


def test_saving_writes_no_edition(editor: Client) -> None:
    save(editor, make.section(), title="Warmth")
    assert not Edition.objects.exists()


def test_a_posted_count_of_parts_beyond_reason_is_an_error_of_the_form(editor: Client) -> None:
    section = make.section()
    make.tip(section)
    answer = save(editor, section, **{"tips-TOTAL_FORMS": "99999999", "title": "Changed"})
    assert answer.status_code == 200
    tips = answer.context["inline_admin_formsets"][0].formset
    assert len(tips.forms) <= 100
    assert not tips.is_valid()
    assert Section.objects.get().title == section.title


def test_a_part_numbered_beyond_reason_is_not_read(editor: Client) -> None:
    section = make.section()
    make.tip(section)
    posted = {**opened(editor, address(section)), f"tips-{'9' * 5000}-action": "Rest it"}
    form = "application/x-www-form-urlencoded"
    answer = editor.post(address(section), urlencode(posted, doseq=True), content_type=form)
    assert answer.status_code == 302
    assert [tip.action for tip in Tip.objects.all()] == ["Warm the sore muscle"]


@pytest.mark.parametrize("key", ["zz", "9" * 30, "-1"])
@pytest.mark.parametrize("field", ["sources", "tips-0-cautions", "tips-0-stretch"])
def test_a_reference_to_what_cannot_be_is_an_error_of_the_form(
    editor: Client, field: str, key: str
) -> None:
    section = make.section()
    make.tip(section)
    answer = save(editor, section, **{field: [key]})
    assert answer.status_code == 200
    assert "Select a valid choice" in answer.text


@pytest.mark.parametrize("asked", ["article=x", "article=%FF", "stretches=1,x", "sources=-1"])
def test_a_page_begins_empty_where_its_address_names_what_is_no_row(
    editor: Client, asked: str
) -> None:
    assert editor.get(f"{reverse('admin:guide_section_add')}?{asked}").status_code == 200
    assert editor.get(f"{reverse('admin:guide_faq_add')}?section={asked}").status_code == 200


def test_a_page_begins_with_the_row_that_its_address_names(editor: Client) -> None:
    article = make.article()
    page = editor.get(f"{reverse('admin:guide_section_add')}?article={article.pk}").content.decode()
    assert f'<option value="{article.pk}" selected>{article}</option>' in page
