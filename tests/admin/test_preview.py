"""The preview: what a form holds as readers would see it, and nothing is saved."""

from __future__ import annotations

import re
from typing import Any

import pytest
from django.contrib.auth.models import Permission, User
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from guide.admin.proofs import Proof, has_proof
from guide.models import CareCard, Edition, Part, Section, Tip, Unit
from guide.publishing.press import keep
from guide.publishing.rename import rename
from guide.publishing.rows import rows_of
from guide.reading.live import built
from tests import make
from tests.admin.conftest import signed_in
from tests.admin.desk import UNITS, address, opened
from tests.views import html

pytestmark = pytest.mark.django_db

SHOWN = [kind for kind in UNITS if has_proof(kind)]
EDITING = {"editor", "publisher", "superuser"}
NEW_TIP = {"slug": "rest-it", "action": "Rest it", "evidence": "none", "order": "9"}


def preview(client: Client, row: Unit | Part, **typed: Any) -> Any:
    """Open the form of a row, type, and ask for the preview."""
    return client.post(address(row, "preview"), {**opened(client, address(row)), **typed})


def text(response: Any) -> str:
    assert response.status_code == 200, response
    return str(response.content.decode())


def actions(response: Any) -> list[str]:
    return re.findall(r"<h4>(.*?)</h4>", text(response))


@pytest.fixture
def warning_signs(db: None) -> None:
    """What the page is made of on which a country is previewed."""
    signs = make.section("red-flags", article=make.article("when-to-get-help"))
    make.published(signs)


@pytest.mark.usefixtures("warning_signs")
@pytest.mark.parametrize("kind", SHOWN)
@pytest.mark.parametrize("role", ["editor", "publisher", "superuser", "stranger"])
def test_the_preview_of_each_unit_opens_for_those_who_edit_and_no_one_else(
    role: str, kind: str, superuser: Client, request: pytest.FixtureRequest
) -> None:
    client: Client = request.getfixturevalue(role)
    unit = UNITS[kind]()
    form = opened(superuser, address(unit))
    expected = 200 if role in EDITING else 403
    response = client.post(address(unit, "preview"), form)
    assert response.status_code == expected
    assert client.get(address(unit, "preview")).status_code == expected
    new = reverse(f"admin:guide_{kind}_preview_new")
    assert client.post(new, form).status_code == expected
    if expected == 200:
        assert "data-held" not in text(response)


def test_nobody_sees_a_preview_without_signing_in(client: Client, section: Section) -> None:
    response: Any = client.post(address(section, "preview"), {"title": "Mine"})
    assert response.status_code == 403
    assert 'id="login-form"' in response.content.decode()
    assert "Mine</h" not in response.content.decode()


def test_staff_who_may_only_look_are_refused_and_their_page_has_no_preview(
    stranger: Client, section: Section
) -> None:
    look = Permission.objects.filter(codename__startswith="view_")
    User.objects.get(username="stan").user_permissions.set(look)
    assert 'id="preview"' not in text(stranger.get(address(section)))
    assert stranger.post(address(section, "preview"), {}).status_code == 403


def test_the_permission_is_asked_for_this_very_row(
    editor: Client, section: Section, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked = []

    def only_others(desk: Any, request: Any, obj: Any = None) -> bool:
        asked.append(obj)
        return obj is None

    form = opened(editor, address(section))
    monkeypatch.setattr("guide.admin.articles.SectionAdmin.has_change_permission", only_others)
    assert editor.post(address(section, "preview"), form).status_code == 403
    assert asked == [section]


def test_a_form_from_another_site_is_refused(section: Section) -> None:
    client = Client(enforce_csrf_checks=True)
    client.force_login(make.staff("eve"))
    assert client.post(address(section, "preview"), {"title": "Mine"}).status_code == 403


def test_a_row_that_is_not_there_is_not_found(superuser: Client) -> None:
    for pk in (999, 10**30):
        url = reverse("admin:guide_section_preview", args=[pk])
        assert superuser.post(url, {}).status_code == 404


@pytest.mark.usefixtures("warning_signs")
@pytest.mark.parametrize("kind", SHOWN)
def test_nothing_is_written(editor: Client, kind: str) -> None:
    unit = UNITS[kind]()
    version = type(unit).objects.get(pk=unit.pk).version
    form = opened(editor, address(unit))
    for url in (address(unit, "preview"), reverse(f"admin:guide_{kind}_preview_new")):
        with CaptureQueriesContext(connection) as asked:
            assert editor.post(url, form).status_code == 200
        said = {query["sql"].split()[0] for query in asked}
        assert said <= {"SELECT", "SAVEPOINT", "RELEASE"}  # Django tries constraints in savepoints
    assert type(unit).objects.get(pk=unit.pk).version == version


def test_what_was_typed_shows_and_readers_see_none_of_it(editor: Client, section: Section) -> None:
    page = text(preview(editor, section, title="Being warm", body="Warm **slowly**."))
    assert "Being warm" in page
    assert "Warm <strong>slowly</strong>." in page
    live = editor.get(reverse("article", args=[section.article.slug]))
    assert "Being warm" not in text(live)


def test_tips_that_were_added_deleted_and_moved_show_so(editor: Client, section: Section) -> None:
    make.tip(section, "cool-it", action="Cool it", order=1)
    new = {f"tips-2-{name}": value for name, value in NEW_TIP.items()}
    more = {**new, "tips-TOTAL_FORMS": "3"}
    assert actions(preview(editor, section, **more)) == ["Warm it", "Cool it", "Rest it"]
    moved = {**more, "tips-0-order": "20"}
    assert actions(preview(editor, section, **moved)) == ["Cool it", "Rest it", "Warm it"]
    fewer = {**more, "tips-0-DELETE": "on"}
    assert actions(preview(editor, section, **fewer)) == ["Cool it", "Rest it"]
    neither = {**more, "tips-0-DELETE": "on", "tips-2-DELETE": "on"}
    assert actions(preview(editor, section, **neither)) == ["Cool it"]
    assert Tip.objects.count() == 2


def test_a_row_that_was_only_opened_holds_nothing_back(editor: Client, section: Section) -> None:
    blank = {"tips-TOTAL_FORMS": "2", "tips-1-evidence": "none", "tips-1-order": "0"}
    assert actions(preview(editor, section, **blank)) == ["Warm it"]


def test_references_to_many_come_from_the_form(editor: Client, section: Section) -> None:
    old, new = make.caution(), make.caution("balance", name="Balance", sentence="Hold on to it.")
    for caution in (old, new):
        make.published(caution)
    Tip.objects.get().cautions.add(old)
    assert old.sentence in text(preview(editor, section))
    page = text(preview(editor, section, **{"tips-0-cautions": [new.pk]}))
    assert (old.sentence in page, new.sentence in page) == (False, True)
    added = {f"tips-1-{name}": value for name, value in NEW_TIP.items()}
    many = {"tips-1-cautions": [new.pk], "tips-TOTAL_FORMS": "2"}
    assert new.sentence in text(preview(editor, section, **added, **many))


def test_references_lead_to_what_is_live_not_to_drafts(editor: Client, section: Section) -> None:
    stretch = make.stretch()
    typed = {"tips-0-stretch": stretch.pk}
    assert stretch.name not in text(preview(editor, section, **typed))
    make.published(stretch)
    stretch.name = "A draft of a name"
    stretch.save()
    page = text(preview(editor, section, **typed))
    assert ("Calf stretch at a wall" in page, "A draft of a name" in page) == (True, False)


def test_a_new_section_shows_before_it_is_ever_saved(editor: Client, section: Section) -> None:
    form = opened(editor, reverse("admin:guide_section_add"))
    new = {f"tips-0-{name}": value for name, value in NEW_TIP.items()}
    typed = {"article": section.article.pk, "title": "Sleep", "slug": "sleep", "body": "Lie down."}
    url = reverse("admin:guide_section_preview_new")
    response = editor.post(
        url, {**form, **typed, "in_short": "Rest.", **new, "tips-TOTAL_FORMS": "1"}
    )
    assert "Lie down." in text(response)
    assert actions(response) == ["Rest it"]
    assert Section.objects.count() == 1


def test_an_article_shows_among_the_sections_that_are_live(
    editor: Client, section: Section
) -> None:
    make.section("draft", title="Not yet public")
    page = text(preview(editor, section.article, title="Ease it"))
    assert ("Ease it" in page, "Heat and cold" in page, "Not yet public" in page) == (
        True,
        True,
        False,
    )


def test_a_stretch_shows_its_typed_dose_and_steps(editor: Client) -> None:
    stretch = make.stretch()
    page = text(preview(editor, stretch, hold_seconds="45", **{"steps-0-text": "Stand tall."}))
    assert ("45 seconds" in page, "Stand tall." in page) == (True, True)


def test_a_routine_shows_its_stretches_in_their_typed_order(editor: Client) -> None:
    first, last = make.stretch(), make.stretch("chair", name="On a chair")
    routine = make.routine(steps=[first, last])
    for unit in (first, last):
        make.published(unit)
    page = text(preview(editor, routine, **{"steps-0-order": "5"}))
    assert page.index(last.name) < page.index(first.name)


def test_a_country_shows_the_help_page_in_its_words(editor: Client, warning_signs: None) -> None:
    card = {"level": "emergency", "heading": "Call {emergency} now if:", "lines": "It hurts."}
    signs = Section.objects.get(slug="red-flags")
    CareCard.objects.create(section=signs, slug="now", **card)
    make.published(signs)
    page = text(preview(editor, make.country("gb"), emergency="999"))
    assert "Call 999 now if:" in page


def test_a_country_says_what_is_missing_while_there_is_no_help_page(editor: Client) -> None:
    assert "red-flags" in text(preview(editor, make.country()))


def test_a_question_shows_as_it_would_be_asked_in_both_voices(editor: Client) -> None:
    questionnaire = make.questionnaire()
    questionnaire.other_slug, questionnaire.other_title = "another", "Why do their legs ache?"
    questionnaire.other_summary, questionnaire.other_intro = "For a helper.", "About them."
    questionnaire.save()
    question = questionnaire.questions.get(slug="helps")
    typed = {"text": "What eases it?", "other_text": "What eases theirs?"}
    page = text(preview(editor, question, **typed, **{"options-0-text": "A walk"}))
    assert all(words in page for words in (*typed.values(), "A walk"))
    assert "Which is closest" not in page
    whole = text(preview(editor, questionnaire, **{"questions-3-text": "What eases it?"}))
    shown = ("What eases it?", "Which is closest", "A few questions")
    assert [words for words in shown if words not in whole] == []
    ids = html.Page(whole.encode()).ids
    assert len(ids) == len(set(ids))


def test_an_answer_that_a_rule_needs_holds_the_preview_back_by_name(editor: Client) -> None:
    question = make.questionnaire().questions.get(slug="helps")
    assert "helps/nothing" in text(preview(editor, question, **{"options-1-DELETE": "on"}))


def test_fields_that_are_wrong_are_named_and_linked_and_nothing_is_drawn(
    editor: Client, section: Section
) -> None:
    page = text(preview(editor, section, title="", **{"tips-0-action": ""}))
    assert "data-held" in page
    assert re.search(r'href="#id_title">Title</a>: This field is required', page)
    assert re.search(r'href="#id_tips-0-action">Tip 1: Action</a>: This field is required', page)
    assert section.body not in page


def test_what_is_wrong_in_a_deleted_tip_holds_nothing_back(
    editor: Client, section: Section
) -> None:
    typed = {"tips-0-action": "", "tips-0-DELETE": "on"}
    assert actions(preview(editor, section, **typed)) == []
    assert "tips-0-action" not in text(preview(editor, section, title="", **typed))


def test_a_form_that_was_overtaken_is_still_shown(
    editor: Client, publisher: Client, section: Section
) -> None:
    mine = opened(editor, address(section))
    section.save()
    response = editor.post(address(section, "preview"), {**mine, "title": "Mine"})
    assert "Mine" in text(response)


@pytest.mark.parametrize("kind", SHOWN)
def test_a_form_that_nobody_touched_holds_the_rows_of_the_desk(
    editor: Client, kind: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    unit = make.tip(make.section()).section if kind == "section" else UNITS[kind]()
    shown: list[Edition] = []

    def proof(_: object, edition: Edition, only: str) -> Proof:
        shown.append(edition)
        return Proof("admin/guide/preview/held.html", {})

    monkeypatch.setattr("guide.admin.preview.proof", proof)
    preview(editor, unit)
    assert [edition.rows for edition in shown] == [rows_of(unit)]


def test_the_page_may_be_framed_by_the_desk_alone_and_runs_no_script(
    editor: Client, section: Section
) -> None:
    routine = make.routine(steps=[make.stretch()])
    make.published(routine)
    frame = address(routine, "edition_frame", 1)
    for response in (preview(editor, section), editor.get(frame)):
        policy = response["Content-Security-Policy"]
        assert "frame-ancestors 'self'" in policy
        assert "default-src 'none'" in policy
        assert "allow-scripts" not in policy
        assert response["X-Frame-Options"] == "SAMEORIGIN"
        assert "no-store" in response["Cache-Control"]
        assert not response.cookies
        assert "<script" not in text(response)
        assert "csrfmiddlewaretoken" not in text(response)
    elsewhere = editor.get(address(section))
    assert elsewhere["X-Frame-Options"] == "DENY"
    assert "frame-ancestors 'none'" in elsewhere["Content-Security-Policy"]


@pytest.mark.parametrize(
    ("look", "theme"), [("night", "night"), ("dim", "dim"), ("day", "day"), ("print", "day")]
)
def test_it_is_shown_in_the_theme_that_was_chosen(
    editor: Client, section: Section, look: str, theme: str
) -> None:
    assert f'data-theme="{theme}"' in text(preview(editor, section, look=look))
    assert "data-theme" not in text(preview(editor, section, look='x" onload="alert(1)'))


def test_a_preview_takes_no_page_of_readers_out_of_memory(editor: Client, section: Section) -> None:
    edition = Edition.objects.get(kind="section")
    before = built(edition)
    for number in range(3):
        preview(editor, section, title=f"Title {number}")
    assert built(edition) is before


def test_a_kept_edition_is_shown_as_readers_would_see_it(editor: Client, section: Section) -> None:
    section.title = "A proof"
    section.save()
    kept = keep(section, who="edith", note="Please check")
    section.title = "Edited since"
    section.save()
    frame = text(editor.get(address(section, "edition_frame", kept.number)))
    assert ("A proof" in frame, "Edited since" in frame) == (True, False)
    page = text(editor.get(address(section, "edition", kept.number)))
    assert "Please check" in page
    assert address(section, "edition_frame", kept.number) in page


@pytest.mark.usefixtures("warning_signs")
@pytest.mark.parametrize("kind", SHOWN)
def test_the_edition_of_each_unit_can_be_looked_at(editor: Client, kind: str) -> None:
    unit = UNITS[kind]()
    unit.refresh_from_db()
    keep(unit)
    assert "data-held" not in text(editor.get(address(unit, "edition_frame", 1)))


def test_what_readers_never_see_by_itself_says_so_and_has_no_preview(editor: Client) -> None:
    claim = make.claim()
    make.published(claim)
    assert "by itself" in text(preview(editor, claim))
    assert "by itself" in text(editor.get(address(claim, "edition_frame", 1)))
    assert 'id="preview"' not in text(editor.get(address(claim)))


def test_an_edition_from_before_a_new_address_is_shown_under_that_of_today(
    editor: Client, section: Section
) -> None:
    article = section.article
    rename(article, "cramps", who="paula")
    article.refresh_from_db()
    frame = text(editor.get(address(article, "edition_frame", 1)))
    assert ("Ease a cramp" in frame, section.title in frame) == (True, True)


def test_an_edition_is_shown_to_those_who_may_read_editions(section: Section) -> None:
    stan = User.objects.create_user("stan", is_staff=True)
    stranger = signed_in(stan)
    for page in ("edition", "edition_frame"):
        assert stranger.get(address(section, page, 1)).status_code == 403
    stan.user_permissions.set(Permission.objects.filter(codename="view_section"))
    stranger = signed_in(stan)
    assert stranger.get(address(section, "edition_frame", 1)).status_code == 403
    assert stranger.get(address(section, "compare")).status_code == 403
    for page in ("change", "editions"):
        assert "/compare/" not in stranger.get(address(section, page)).content.decode()
    stan.user_permissions.set(Permission.objects.filter(codename="view_edition"))
    assert stranger.get(address(section, "edition_frame", 1)).status_code == 403
    more = ("view_edition", "view_section")
    stan.user_permissions.set(Permission.objects.filter(codename__in=more))
    assert stranger.get(address(section, "edition_frame", 1)).status_code == 200
    assert stranger.get(address(section, "edition_frame", 9)).status_code == 404
