"""A published unit gets another address, and nothing that knew the old one is lost."""

from __future__ import annotations

import re
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.test import Client
from django.utils import timezone

from guide.models import Article, Edition, LoadedRow, Moved, Section, Stretch, StretchStep, Tip
from guide.publishing.dump import dump
from guide.publishing.fixtures import load
from guide.publishing.guards import still_used
from guide.publishing.loaded import in_print
from guide.publishing.press import Changed, Refused, keep, publish, restore, withdraw
from guide.publishing.rename import history, rename
from guide.publishing.rows import rows_of
from guide.publishing.status import Status, with_status
from guide.reading import articles, faqs, my_routine, routines, stretches
from guide.reading.live import live
from tests import make
from tests.views.html import Page

pytestmark = pytest.mark.django_db


def renamed(unit: Any, new: str) -> Any:
    """The unit, fresh from the desk, under its new name."""
    unit.refresh_from_db()
    rename(unit, new, who="paula")
    unit.refresh_from_db()
    return unit


def status(unit: Any) -> str:
    (found,) = with_status(type(unit).objects.filter(pk=unit.pk), type(unit), timezone.now())
    return str(found.status)


def leads_to(client: Client, address: str) -> str:
    answer = client.get(address)
    assert answer.status_code == 301, answer.status_code
    target: str = answer["Location"]
    assert client.get(target).status_code == 200
    return target


@pytest.fixture
def stretch() -> Stretch:
    """A published stretch that a section, one of its tips, a routine and a stretch point to."""
    made = make.stretch()
    section = make.section()
    make.tip(section, stretch=made)
    section.stretches.add(made)
    other = make.stretch("chair-calf", name="On a chair", easier=made)
    routine = make.routine(steps=[made])
    for unit in (made, other, routine, section.article, section):
        make.published(unit)
    return made


# For readers


def test_an_old_address_leads_to_the_new_one(client: Client, stretch: Stretch) -> None:
    renamed(stretch, "calf-at-wall")
    assert leads_to(client, "/stretches/wall-calf/") == "/stretches/calf-at-wall/"
    renamed(Article.objects.get(), "in-a-cramp")
    assert leads_to(client, "/guide/ease-a-cramp/") == "/guide/in-a-cramp/"
    routine = make.routine("long", title="Long", steps=[stretch])
    make.published(routine)
    renamed(routine, "longer")
    assert leads_to(client, "/routines/long/") == "/routines/longer/"


def test_a_browser_does_not_keep_that_for_ever(client: Client, stretch: Stretch) -> None:
    """The unit may be named back, and then two answers kept for ever would be a loop."""
    renamed(stretch, "calf-at-wall")
    assert client.get("/stretches/wall-calf/")["Cache-Control"] == "max-age=86400"


def test_an_address_that_never_was_is_not_found(client: Client, stretch: Stretch) -> None:
    renamed(stretch, "calf-at-wall")
    assert client.get("/stretches/other/").status_code == 404


def test_what_names_it_by_its_old_name_still_shows_it(stretch: Stretch) -> None:
    editions = Edition.objects.count()
    renamed(stretch, "calf-at-wall")
    (section,) = articles.article(live(), "ease-a-cramp")["sections"]
    assert [card["slug"] for card in section["stretches"]] == ["calf-at-wall"]
    tip = section["tips"][0]["stretch"]
    assert tip is not None
    assert tip["slug"] == "calf-at-wall"
    easier = stretches.stretch(live(), "chair-calf")["easier"]
    assert easier is not None
    assert easier["slug"] == "calf-at-wall"
    (step,) = routines.routine(live(), "short")["steps"]
    assert step["slug"] == "calf-at-wall"
    (card,) = routines.routines(live())
    assert card["count"] == 1
    assert Edition.objects.count() == editions + 2, "no edition of another unit is pressed"


def test_a_routine_that_a_reader_kept_still_holds_it(stretch: Stretch) -> None:
    renamed(stretch, "calf-at-wall")
    found = my_routine.asked(live(), "wall-calf.15x2~chair-calf")
    assert [step.slug for step in found.steps] == ["calf-at-wall", "chair-calf"]
    assert found.steps[0].hold == 15
    assert found.notes == ()


def test_a_renamed_article_keeps_its_sections_and_its_place_in_lists(client: Client) -> None:
    section = make.section()
    faq = make.faq(section=section)
    for unit in (section.article, section, faq):
        make.published(unit)
    renamed(section.article, "in-a-cramp")
    page = client.get("/guide/in-a-cramp/").content
    assert "heat-cold" in Page(page).ids
    assert b"/guide/in-a-cramp/#heat-cold" in client.get("/guide/").content
    assert b"/guide/in-a-cramp/#heat-cold" in client.get("/faq/").content
    for address in ("/guide/", "/faq/", "/sitemap.xml", "/about/changes/"):
        assert b"/guide/ease-a-cramp/#heat" not in client.get(address).content, address


def test_bookmarks_of_a_section_and_of_an_answer_land_where_they_did(client: Client) -> None:
    section = make.section()
    faq = make.faq(section=section)
    for unit in (section.article, section, faq):
        make.published(unit)
    renamed(section, "warmth")
    renamed(faq, "is-heat-fine")
    ids = Page(client.get("/guide/ease-a-cramp/").content).ids
    assert {"heat-cold", "warmth"} <= set(ids)
    assert {"can-i-use-heat", "is-heat-fine"} <= set(Page(client.get("/faq/").content).ids)
    (group,) = faqs.groups(live())
    owner = group["faqs"][0]["section"]
    assert owner is not None
    assert owner["slug"] == "warmth"


def test_a_search_leads_to_the_new_address_of_an_article_and_its_sections(client: Client) -> None:
    section = make.section(title="Warmth")
    publish(section.article)
    publish(section)
    renamed(section.article, "ease-it")
    assert pages_found(client, "warmth") == {"/guide/ease-it/"}
    section.refresh_from_db()
    section.title = "More warmth"
    section.save()
    publish(section)
    assert pages_found(client, "more warmth") == {"/guide/ease-it/"}
    assert "/guide/ease-it/" in pages_found(client, section.article.title)


def pages_found(client: Client, asked: str) -> set[str]:
    results = client.get("/search/", {"q": asked}).content.split(b'id="results"')[1]
    found = Page(results.split(b"</main>")[0]).links
    return {link.split("#")[0] for link in found if re.match(r"/guide/[\w-]+/", link)}


def test_from_each_old_address_it_is_one_step_to_the_newest(
    client: Client, stretch: Stretch
) -> None:
    for slug in ("b", "c", "d"):
        renamed(stretch, slug)
    for old in ("wall-calf", "b", "c"):
        assert leads_to(client, f"/stretches/{old}/") == "/stretches/d/"


def test_a_unit_is_named_back_without_a_loop(client: Client, stretch: Stretch) -> None:
    renamed(stretch, "b")
    renamed(stretch, "wall-calf")
    assert client.get("/stretches/wall-calf/").status_code == 200
    assert leads_to(client, "/stretches/b/") == "/stretches/wall-calf/"
    assert len(articles.article(live(), "ease-a-cramp")["sections"][0]["stretches"]) == 1
    assert [one.number for one in history(stretch).order_by("number")] == [1, 3, 5]


def test_the_change_is_told_once(client: Client, stretch: Stretch) -> None:
    renamed(stretch, "calf-at-wall")
    page = client.get("/about/changes/").content.decode()
    assert page.count("It has another address. The old one leads to it.") == 1
    assert "Withdrawn" not in page
    assert "/stretches/wall-calf/" not in page


def test_what_is_withdrawn_after_it_was_renamed_is_gone_under_both(
    client: Client, stretch: Stretch
) -> None:
    alone = make.stretch("alone")
    make.published(alone)
    withdraw(renamed(alone, "by-itself"), message="Out of date")
    assert client.get("/stretches/by-itself/").status_code == 410
    assert client.get("/stretches/alone/", follow=True).status_code == 410


# For staff


def test_a_draft_stays_a_draft_and_what_was_published_stays_published(stretch: Stretch) -> None:
    assert status(renamed(stretch, "b")) == Status.PUBLISHED
    stretch.feel = "Elsewhere"
    stretch.save()
    assert status(renamed(stretch, "c")) == Status.CHANGED
    assert stretches.stretch(live(), "c")["text"]["feel"] == "The calf of the back leg."
    assert stretch.feel == "Elsewhere"


def test_what_was_withdrawn_stays_withdrawn() -> None:
    stretch = make.stretch()
    make.published(stretch)
    withdraw(stretch, message="Out of date")
    assert status(renamed(stretch, "b")) == Status.WITHDRAWN


def test_its_history_goes_on_and_is_restored_under_the_new_name(stretch: Stretch) -> None:
    first = history(stretch).get()
    StretchStep.objects.create(stretch=stretch, slug="lean", text="Lean in.")
    make.published(stretch)
    renamed(stretch, "b")
    assert [one.number for one in history(stretch).order_by("number")] == [1, 2, 4]
    restored = restore(first)
    assert restored.pk == stretch.pk
    assert [step.text for step in restored.steps.all()] == ["Stand at a wall."]  # type: ignore[attr-defined]
    assert Stretch.objects.count() == 2


def test_an_older_edition_of_another_unit_is_restored_with_the_new_name(stretch: Stretch) -> None:
    renamed(stretch, "b")
    Tip.objects.all().delete()
    restore(Edition.objects.get(kind="section"))
    assert Tip.objects.get().stretch == stretch


def test_it_still_cannot_be_withdrawn_while_others_use_it(stretch: Stretch) -> None:
    renamed(stretch, "b")
    assert len(still_used("stretch", "b")) == 3


def test_units_that_point_to_it_count_as_published_as_before(stretch: Stretch) -> None:
    before = {name for name in in_print() if name[0] != "stretch"}
    renamed(stretch, "b")
    assert {name for name in in_print() if name[0] != "stretch"} == before
    assert ("stretch", "b") in in_print()


@pytest.mark.parametrize("new", ["chair-calf", "draft", "gone", "wall-calf"])
def test_an_address_that_is_or_was_taken_is_refused(stretch: Stretch, new: str) -> None:
    make.stretch("draft")
    gone = make.stretch("gone")
    make.published(gone)
    renamed(gone, "gone-on")
    with pytest.raises(Refused):
        rename(stretch, new)


def test_a_former_address_is_never_given_to_a_new_unit(stretch: Stretch) -> None:
    renamed(stretch, "b")
    with pytest.raises(ValidationError, match="was once the address"):
        Stretch(slug="wall-calf").clean()


@pytest.mark.parametrize("new", ["Über", "two words", "", "a/b", "a" * 61])
def test_what_is_no_address_is_refused(stretch: Stretch, new: str) -> None:
    with pytest.raises(Refused):
        rename(stretch, new)


def test_what_was_never_published_or_is_scheduled_or_built_in_is_refused(stretch: Stretch) -> None:
    with pytest.raises(Refused, match="never published"):
        rename(make.stretch("draft"), "other")
    publish(stretch, live_from=timezone.now() + timedelta(days=1))
    with pytest.raises(Refused, match="scheduled"):
        rename(stretch, "b")
    signs = make.section("red-flags")
    make.published(signs)
    with pytest.raises(Refused, match="made of it"):
        rename(signs, "signs")
    questions = make.questionnaire()
    make.published(questions)
    with pytest.raises(Refused, match="no address of its own"):
        rename(questions, "other")
    assert not Moved.objects.exists()


def test_somebody_elses_edit_meanwhile_is_told(stretch: Stretch) -> None:
    stale = Stretch.objects.get(pk=stretch.pk)
    Stretch.objects.get(pk=stretch.pk).save()
    with pytest.raises(Changed):
        rename(stale, "b")


def test_what_was_only_kept_is_carried_on_unseen(client: Client) -> None:
    stretch = make.stretch()
    keep(stretch)
    renamed(stretch, "b")
    assert client.get("/stretches/b/").status_code == 404
    assert history(stretch).count() == 2


# For fixtures


@pytest.fixture
def files(tmp_path: Path, stretch: Stretch) -> Path:
    """Fixtures that name the stretch as it was, and a desk that they made."""
    LoadedRow.objects.all().delete()
    dump(tmp_path)
    load(tmp_path)
    return tmp_path


def test_a_load_finds_it_under_its_new_name_and_changes_nothing(
    files: Path, stretch: Stretch
) -> None:
    renamed(stretch, "b")
    rows = [rows_of(unit) for unit in (*Stretch.objects.all(), *Section.objects.all())]
    editions = Edition.objects.count()
    report = load(files)
    assert (report.added, report.updated, report.deleted, report.kept) == ([], [], [], [])
    assert report.published == []
    assert [rows_of(unit) for unit in (*Stretch.objects.all(), *Section.objects.all())] == rows
    assert Edition.objects.count() == editions


def test_a_load_goes_on_updating_it_and_what_points_to_it(files: Path, stretch: Stretch) -> None:
    renamed(stretch, "b")
    for file in files.rglob("*.yaml"):
        text = file.read_text().replace("Stand at a wall.", "Stand at a door.")
        file.write_text(text.replace("Warm the sore muscle", "Warm the muscle"))
    report = load(files)
    assert {"stretchstep b/stand", "tip heat-cold/warm-it"} <= set(report.updated)
    assert {"stretch b", "section heat-cold"} <= set(report.published)
    assert stretches.stretch(live(), "b")["text"]["steps"] == ["Stand at a door."]


def test_a_load_keeps_what_staff_changed_or_deleted_under_any_name(
    files: Path, stretch: Stretch
) -> None:
    StretchStep.objects.get(stretch=stretch).delete()
    Tip.objects.update(action="Cool it")
    renamed(stretch, "b")
    report = load(files)
    assert report.added == []
    assert "stretchstep b/stand: staff deleted it" in report.kept
    assert "tip heat-cold/warm-it: staff changed it" in report.kept


def test_a_dump_after_it_was_renamed_loads_without_a_change(files: Path, stretch: Stretch) -> None:
    renamed(stretch, "b")
    dump(files)
    report = load(files)
    assert (report.added, report.updated, report.kept, report.published) == ([], [], [], [])
