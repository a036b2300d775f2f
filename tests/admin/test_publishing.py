from __future__ import annotations

from typing import Any
from unittest.mock import patch

import brotli  # type: ignore[import-untyped]
import pytest
from django.test import Client
from django.urls import reverse
from pytest_django import DjangoCaptureOnCommitCallbacks

from guide.models import Article, DrawnPage, Edition, Option, Questionnaire, Rule, Section, Tip
from guide.publishing.press import publish
from guide.publishing.submissions import SAFETY
from guide.reading import articles
from guide.reading.live import live
from tests import make
from tests.admin.desk import UNITS, address, messages, opened, press, save, tips


def test_an_edited_tip_is_read_once_it_is_published_and_not_before(
    publisher: Client, section: Section
) -> None:
    response = save(publisher, section, _publish="1", **{"tips-0-action": "Warm it gently"})
    assert response.url == address(section, "publish")
    assert tips() == ["Warm it"]
    assert "Readers see edition 2 now." in messages(press(publisher, section))[0]
    assert tips() == ["Warm it gently"]


def test_a_note_with_what_nobody_sees_leaves_the_public_feed_readable(
    publisher: Client, section: Section
) -> None:
    save(publisher, section, title="Warm\x07th")
    section.refresh_from_db()
    press(publisher, section, note="Kinder\x07 \u202ewords")
    assert Edition.objects.latest("pk").note == "Kinder words"
    assert publisher.get(reverse("changes_feed")).status_code == 200


def test_save_and_publish_works_for_a_new_unit(publisher: Client) -> None:
    url = reverse("admin:guide_article_add")
    typed = {"title": "New", "slug": "new", "summary": "A new one.", "_publish": "1"}
    sent: Any = publisher.post(url, {**opened(publisher, url), **typed})
    article = Article.objects.get()
    assert sent.url == address(article, "publish")
    press(publisher, article)
    assert articles.article(live(), "new")["title"] == "New"


def test_save_and_publish_with_a_new_tip_publishes_that_tip(publisher: Client) -> None:
    url, article = reverse("admin:guide_section_add"), make.article()
    make.published(article)
    section = {"article": article.pk, "title": "T", "slug": "t", "in_short": "S.", "body": "B."}
    tip = {"slug": "rest-it", "action": "Rest it", "evidence": "none", "order": "9"}
    added = {f"tips-0-{name}": value for name, value in tip.items()} | {"tips-TOTAL_FORMS": "1"}
    publisher.post(url, {**opened(publisher, url), **section, **added, "_publish": "1"})
    press(publisher, Section.objects.get())
    assert tips() == ["Rest it"]


def test_an_editor_who_asks_to_save_and_publish_saves(editor: Client, section: Section) -> None:
    response = save(editor, section, _publish="1", title="Warmth")
    assert response.url == reverse("admin:guide_section_changelist")
    assert Section.objects.get().title == "Warmth"


@pytest.mark.parametrize("kind", UNITS)
def test_only_those_who_may_publish_are_offered_it_and_others_to_submit(
    editor: Client, publisher: Client, superuser: Client, kind: str
) -> None:
    unit = UNITS[kind]()
    offered = {
        name: [
            button
            for button in ("_publish", "_submit")
            if f'name="{button}"' in client.get(address(unit)).content.decode()
        ]
        for name, client in {"edith": editor, "paula": publisher, "sue": superuser}.items()
    }
    safety = kind in SAFETY
    paulas = ["_submit"] if safety else ["_publish"]
    assert offered == {"edith": ["_submit"], "paula": paulas, "sue": ["_publish"]}
    popup = superuser.get(f"{address(unit)}?_popup=1").content.decode()
    assert 'name="_publish"' not in popup
    assert 'name="_submit"' not in popup


def test_the_page_to_publish_says_what_changed_in_words(
    publisher: Client, section: Section
) -> None:
    source, tip = make.source(title="Heat for cramps"), Tip.objects.get()
    tip.evidence = "some"
    tip.save()
    tip.sources.add(source)
    make.tip(section, "rest-it", action="Rest it")
    page = publisher.get(address(section, "publish"))
    said = {(change.row, change.field): change for change in page.context["changes"]}
    evidence = said["Tip warm-it", "Evidence"]
    assert (evidence.before, evidence.after) == ("No studies found", "Some evidence")
    assert said["Tip warm-it", "Sources"].after == "S01 A health service: Heat for cramps"
    assert said["Tip rest-it (new)", "Action"].after == "Rest it"
    assert not [field for _, field in said if field in {"Section", "Short name"}]
    assert "Heat for cramps" in page.content.decode()


def test_what_is_published_already_is_not_published_again(
    publisher: Client, section: Section
) -> None:
    url = address(section, "publish")
    for response in (
        publisher.get(url, follow=True),
        publisher.post(url, {"note": "Again", "version": section.version}, follow=True),
    ):
        assert "Nothing to publish" in messages(response)[0]
    assert Edition.objects.filter(kind="section").count() == 1


def test_an_edit_that_was_taken_back_can_be_published_to_settle_its_status(
    publisher: Client, section: Section
) -> None:
    save(publisher, section, title="Warmth")
    save(publisher, section, title=section.title)
    assert "reads the same" in publisher.get(address(section, "publish")).content.decode()
    press(publisher, section)
    assert (
        "Nothing to publish" in messages(publisher.get(address(section, "publish"), follow=True))[0]
    )


def test_a_publication_needs_a_note(publisher: Client, section: Section) -> None:
    save(publisher, section, title="Warmth")
    response = press(publisher, section, "")
    assert response.context["form"].errors["note"]
    assert Edition.objects.filter(kind="section").count() == 1


def test_what_was_edited_while_its_changes_were_read_is_shown_once_more(
    editor: Client, publisher: Client, section: Section
) -> None:
    save(editor, section, title="Warmth")
    url = address(section, "publish")
    read = publisher.get(url).context["form"]["version"].value()
    save(editor, section, title="Warmth and rest")
    response = publisher.post(url, {"note": "Shorter", "version": read})
    assert "while you looked" in str(response.context["form"].non_field_errors())
    assert Edition.objects.filter(kind="section").count() == 1
    form = response.context["form"]
    again = {name: form[name].value() for name in ("note", "version")}
    assert again["note"] == "Shorter"
    publisher.post(url, again)
    assert Edition.objects.filter(kind="section", title="Warmth and rest").exists()


def test_a_refused_publication_says_why_and_leaves_the_draft(clinician: Client) -> None:
    make.questionnaire()
    questionnaire = Questionnaire.objects.get()
    publish(questionnaire)
    Rule.objects.get(slug="chest").delete()
    response = press(clinician, questionnaire)
    said = str(response.context["form"].non_field_errors())
    assert "Not published." in said
    assert "It is chest" in said
    assert not Rule.objects.filter(slug="chest").exists()
    assert Edition.objects.get().number == 1


def test_the_page_to_publish_says_at_once_what_would_be_refused(clinician: Client) -> None:
    questionnaire = make.questionnaire()
    url = address(questionnaire, "publish")
    assert "cannot be published" not in clinician.get(url).content.decode()
    Rule.objects.get(slug="chest").delete()
    page = clinician.get(url)
    assert "cannot be published" in page.content.decode()
    assert "“signs: It is chest” is a warning sign" in page.content.decode()
    refused = press(clinician, questionnaire)
    said = refused.context["form"].non_field_errors()
    assert list(said) == [f"Not published. {reason}" for reason in page.context["refusals"]]
    assert refused.content.decode().count("“signs: It is chest” is a warning sign") == 1


def test_a_rule_on_the_answers_of_another_questionnaire_is_refused_not_an_error(
    clinician: Client,
) -> None:
    questionnaire = make.questionnaire()
    other = Questionnaire.objects.create(slug="child", title="C", summary="C", intro="C")
    make.rule(other, "stray", [list(Option.objects.filter(question__questionnaire=questionnaire))])
    response = press(clinician, other)
    assert "There is no answer" in str(response.context["form"].non_field_errors())


def test_what_is_published_is_drawn_at_once_for_who_reads_next(
    publisher: Client,
    section: Section,
    django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks,
) -> None:
    save(publisher, section, **{"tips-0-action": "Warm it gently"})
    with django_capture_on_commit_callbacks(execute=True):
        press(publisher, section)
    drawn = DrawnPage.objects.get(path=f"/guide/{section.article.slug}/")
    assert b"Warm it gently" in brotli.decompress(drawn.html)


def test_a_page_that_cannot_be_drawn_stands_in_the_way_of_no_publish(
    publisher: Client,
    section: Section,
    django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks,
) -> None:
    save(publisher, section, **{"tips-0-action": "Warm it gently"})
    with (
        patch("guide.drawing.release", side_effect=OSError),
        django_capture_on_commit_callbacks(execute=True),
    ):
        assert "Readers see edition 2 now." in messages(press(publisher, section))[0]
    assert tips() == ["Warm it gently"]
