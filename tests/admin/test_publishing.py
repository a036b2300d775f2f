from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.contrib.admin.models import LogEntry
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from guide.models import Article, CareCard, Edition, Option, Questionnaire, Rule, Section, Tip
from guide.publishing.press import keep, publish
from guide.reading import articles
from guide.reading.live import live
from tests import make
from tests.admin.desk import UNITS, address, messages, opened, save


def press(client: Client, unit: Any, note: str = "A better word") -> Any:
    """Publish on the page that shows what changed; follow to where that leads."""
    url = address(unit, "publish")
    version = client.get(url).context["form"]["version"].value()
    return client.post(url, {"note": note, "version": version}, follow=True)


def tips(article: str = "ease-a-cramp") -> list[str]:
    page = articles.article(live(), article)
    return [tip["action"] for section in page["sections"] for tip in section["tips"]]


@pytest.fixture
def section(db: None) -> Section:
    """A section with a tip, public on its article."""
    made = make.section()
    make.tip(made, action="Warm it")
    make.published(made.article)
    make.published(made)
    made.refresh_from_db()
    return made


def test_an_edited_tip_is_read_once_it_is_published_and_not_before(
    publisher: Client, section: Section
) -> None:
    response = save(publisher, section, _publish="1", **{"tips-0-action": "Warm it gently"})
    assert response.url == address(section, "publish")
    assert tips() == ["Warm it"]
    assert "Readers see edition 2 now." in messages(press(publisher, section))[0]
    assert tips() == ["Warm it gently"]


def test_a_publication_is_in_the_history_with_who_and_why(
    publisher: Client, section: Section
) -> None:
    save(publisher, section, title="Warmth")
    press(publisher, section, "Shorter")
    page = publisher.get(address(section, "editions"))
    newest = page.context["editions"][0]
    assert (newest.number, newest.who, newest.note) == (2, "paula", "Shorter")
    assert "Shorter" in page.content.decode()
    assert "Shorter" in LogEntry.objects.latest("pk").get_change_message()


def test_an_older_edition_is_restored_as_a_draft(editor: Client, section: Section) -> None:
    Tip.objects.get().delete()
    make.published(section)
    assert tips() == []
    response = editor.post(address(section, "restore", 1), follow=True)
    assert "back on the desk" in messages(response)[0]
    assert Tip.objects.get().action == "Warm it"
    assert tips() == []
    edited = Section.objects.get().edited_by
    assert edited is not None
    assert edited.username == "edith"


def test_restoring_what_is_on_the_desk_changes_nothing(editor: Client, section: Section) -> None:
    editor.post(address(section, "restore", 1))
    assert Section.objects.get().version == section.version


def test_an_edition_that_no_longer_fits_is_not_restored_and_says_why(
    editor: Client, db: None
) -> None:
    section, stretch = make.section(), make.stretch()
    tip = make.tip(section, stretch=stretch)
    make.published(section)
    tip.delete()
    stretch.delete()
    response = editor.post(address(section, "restore", 1), follow=True)
    assert "no stretch is called wall-calf" in messages(response)[0]
    assert not Tip.objects.exists()


def test_an_edition_is_restored_over_a_part_that_took_the_place_of_its_own(editor: Client) -> None:
    section = make.section()
    card = {"section": section, "level": "urgent", "heading": "Call today if:", "lines": "A sign"}
    first = CareCard.objects.create(slug="first", **card)
    make.published(section)
    first.delete()
    CareCard.objects.create(slug="second", **card)
    response = editor.post(address(section, "restore", 1), follow=True)
    assert "back on the desk" in messages(response)[0]
    assert [card.slug for card in CareCard.objects.all()] == ["first"]


def test_an_edition_of_another_unit_is_not_restored(editor: Client, section: Section) -> None:
    other = make.section("other")
    assert editor.post(address(other, "restore", 1)).status_code == 404


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
def test_only_those_who_may_publish_are_offered_it(
    editor: Client, publisher: Client, kind: str
) -> None:
    unit = UNITS[kind]()
    assert 'name="_publish"' not in editor.get(address(unit)).content.decode()
    assert 'name="_publish"' in publisher.get(address(unit)).content.decode()
    popup = publisher.get(f"{address(unit)}?_popup=1").content.decode()
    assert 'name="_publish"' not in popup


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
    assert "edited while you looked" in str(response.context["form"].non_field_errors())
    assert Edition.objects.filter(kind="section").count() == 1
    form = response.context["form"]
    again = {name: form[name].value() for name in ("note", "version")}
    assert again["note"] == "Shorter"
    publisher.post(url, again)
    assert Edition.objects.filter(kind="section", title="Warmth and rest").exists()


def test_a_refused_publication_says_why_and_leaves_the_draft(publisher: Client) -> None:
    make.questionnaire()
    questionnaire = Questionnaire.objects.get()
    publish(questionnaire)
    Rule.objects.get(slug="chest").delete()
    response = press(publisher, questionnaire)
    said = str(response.context["form"].non_field_errors())
    assert "Not published." in said
    assert "It is chest" in said
    assert not Rule.objects.filter(slug="chest").exists()
    assert Edition.objects.get().number == 1


def test_a_rule_on_the_answers_of_another_questionnaire_is_refused_not_an_error(
    publisher: Client,
) -> None:
    questionnaire = make.questionnaire()
    other = Questionnaire.objects.create(slug="child", title="C", summary="C", intro="C")
    make.rule(other, "stray", [list(Option.objects.filter(question__questionnaire=questionnaire))])
    response = press(publisher, other)
    assert "There is no answer" in str(response.context["form"].non_field_errors())


def test_withdrawing_takes_a_unit_from_readers_and_says_why(
    publisher: Client, section: Section
) -> None:
    publisher.post(address(section, "withdraw"), {"message": "Out of date"})
    assert articles.article(live(), "ease-a-cramp")["sections"] == []
    assert Edition.objects.get(kind="section", number=2).note == "Out of date"


def test_withdrawing_needs_a_reason(publisher: Client, section: Section) -> None:
    response = publisher.post(address(section, "withdraw"), {"message": ""})
    assert response.context["form"].errors["message"]
    assert tips() == ["Warm it"]


def test_a_unit_that_others_use_is_not_withdrawn_and_they_are_listed(
    publisher: Client, section: Section
) -> None:
    response = publisher.post(address(section.article, "withdraw"), {"message": "Old"})
    assert "Heat and cold" in str(response.context["form"].non_field_errors())
    assert tips() == ["Warm it"]


def test_what_was_withdrawn_can_be_published_again(publisher: Client, section: Section) -> None:
    publisher.post(address(section, "withdraw"), {"message": "Out of date"})
    page = publisher.get(address(section, "publish")).content.decode()
    assert "Readers do not see it now" in page
    press(publisher, section)
    assert tips() == ["Warm it"]


@pytest.mark.parametrize("where", ["restore", "withdraw"])
def test_nothing_is_pressed_by_opening_an_address(
    publisher: Client, section: Section, where: str
) -> None:
    url = address(section, where, *([1] if where == "restore" else []))
    assert publisher.get(url).status_code == 405
    assert Edition.objects.count() == 2


@pytest.mark.parametrize("where", ["publish", "restore", "withdraw"])
def test_no_press_without_the_token_against_forgery(section: Section, where: str) -> None:
    client = Client(enforce_csrf_checks=True)
    client.force_login(make.staff("paula", "Publishers"))
    url = address(section, where, *([1] if where == "restore" else []))
    data = {"note": "n", "message": "m", "version": section.version}
    assert client.post(url, data).status_code == 403
    assert Edition.objects.count() == 2


def test_view_on_site_is_offered_only_while_readers_see_it(
    editor: Client, publisher: Client, section: Section
) -> None:
    def offered(unit: Any) -> str:
        url: str = editor.get(address(unit)).context["public_address"]
        return url

    assert offered(section) == "/guide/ease-a-cramp/#heat-cold"
    assert offered(make.section("draft")) == ""
    publisher.post(address(section, "withdraw"), {"message": "Out of date"})
    assert offered(section) == ""


def test_a_section_is_on_the_site_only_with_its_article(editor: Client) -> None:
    section = make.section()
    make.published(section)
    assert editor.get(address(section)).context["public_address"] == ""
    make.published(section.article)
    moved = make.article("other", title="Other")
    section.article = moved
    section.save()
    shown = editor.get(address(section)).context["public_address"]
    assert shown == "/guide/ease-a-cramp/#heat-cold"


@pytest.mark.parametrize("kind", UNITS)
def test_the_address_of_every_kind_of_unit_is_a_page(editor: Client, kind: str) -> None:
    shell = make.article("when-to-get-help", title="When to get help")
    make.published(make.section("red-flags", article=shell))  # the page of numbers shows it
    unit = UNITS[kind]()
    make.published(unit)
    public = editor.get(address(unit)).context["public_address"]
    assert (public == "") == (kind in {"caution", "claim", "section"})
    if public:
        assert editor.get(public).status_code == 200


def test_a_source_that_nobody_has_read_is_not_on_the_site(editor: Client) -> None:
    source = make.source(confirmed="C")
    make.published(source)
    assert editor.get(address(source)).context["public_address"] == ""


def test_the_editions_of_a_unit_say_what_became_of_each(editor: Client, section: Section) -> None:
    keep(Section.objects.get(), note="A proof")
    make.published(section)
    publish(Section.objects.get(), live_from=timezone.now() + timedelta(days=1))
    page = editor.get(address(section, "editions")).content.decode()
    states = [page.find(state) for state in ("Scheduled for", "Live", "Kept, not", "Replaced")]
    assert -1 not in states
    assert states == sorted(states)


def test_an_edition_can_be_read_as_it_was(editor: Client, section: Section) -> None:
    save(editor, section, body="Quite other words.")
    edition = Edition.objects.get(kind="section")
    page = editor.get(reverse("admin:guide_edition_change", args=[edition.pk])).content.decode()
    assert "Warmth feels good after a cramp." in page
    assert "Quite other words." not in page
