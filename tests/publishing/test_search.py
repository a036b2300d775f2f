"""The index follows the press: what is live is in it, and nothing else."""

from __future__ import annotations

from datetime import timedelta

import pytest
import time_machine
from django.core.management import call_command
from django.db import connection
from django.utils import timezone

from guide.models import Edition, SearchDocument, SearchWord, Unit
from guide.pages.terms import words_of
from guide.publishing import search
from guide.publishing.press import keep, publish, restore, withdraw
from tests import make

pytestmark = pytest.mark.django_db


def titles() -> list[str]:
    return sorted(SearchDocument.objects.values_list("title", flat=True))


def words() -> dict[str, int]:
    return dict(SearchWord.objects.values_list("word", "documents"))


def index() -> list[object]:
    fields = [field.attname for field in SearchDocument._meta.concrete_fields if field.name != "id"]
    rows = [str(row) for row in SearchDocument.objects.values_list(*fields)]
    return [*sorted(rows), sorted(words().items())]


def shell_and_section() -> tuple[Unit, Unit]:
    shell, section = make.article(), make.section()
    make.tip(section)
    make.published(shell)
    make.published(section)
    section.refresh_from_db()
    return shell, section


def test_publishing_puts_a_unit_and_its_tips_in_the_index() -> None:
    shell_and_section()
    assert titles() == ["Ease a cramp", "Heat and cold", "Warm the sore muscle"]


def test_publishing_again_replaces_them() -> None:
    _, section = shell_and_section()
    section.title = "Warm or cool"  # type: ignore[attr-defined]
    section.save()
    assert "Warm or cool" not in titles()
    make.published(section)
    assert titles() == ["Ease a cramp", "Warm or cool", "Warm the sore muscle"]
    assert "cold" not in words()


def test_withdrawing_takes_them_out_with_their_words() -> None:
    _, section = shell_and_section()
    withdraw(section, message="Wrong")
    assert titles() == ["Ease a cramp"]
    assert set(words()) == {"ease", "cramp", "what", "while", "grips", "your", "leg"}


def test_drafts_kept_and_restored_editions_and_a_later_day_change_nothing() -> None:
    _, section = shell_and_section()
    before = index()
    keep(section)
    restore(Edition.objects.of("section", "heat-cold").earliest("number"))
    section.refresh_from_db()
    section.title = "Tomorrow"  # type: ignore[attr-defined]
    section.save()
    publish(section, live_from=timezone.now() + timedelta(days=1))
    assert index() == before


def test_refreshing_finds_what_became_live_by_the_clock() -> None:
    _, section = shell_and_section()
    section.title = "Tomorrow"  # type: ignore[attr-defined]
    section.save()
    day = timezone.now() + timedelta(days=1)
    publish(section, live_from=day)
    call_command("refresh_search")
    assert "Tomorrow" not in titles()
    with time_machine.travel(day, tick=False):
        call_command("refresh_search")
    assert "Tomorrow" in titles()


def test_refreshing_makes_what_the_press_made_and_nothing_more_the_second_time() -> None:
    _, section = shell_and_section()
    stretch = make.stretch()
    routine = make.routine(steps=[stretch])
    for unit in (stretch, routine, make.faq(), make.section("more"), make.synonym()):
        make.published(unit)
    withdraw(section.faqs.get(), message="Wrong")  # type: ignore[attr-defined]
    made = index()
    for _ in range(2):
        search.refresh()
        assert index() == made


def test_only_an_empty_index_is_filled_at_a_start() -> None:
    shell_and_section()
    SearchDocument.objects.filter(kind="tip").delete()
    call_command("refresh_search", if_empty=True)
    assert len(titles()) == 2
    SearchDocument.objects.all().delete()
    call_command("refresh_search", if_empty=True)
    assert len(titles()) == 3


def test_a_section_is_found_once_its_article_can_be_opened_and_names_it() -> None:
    shell, section = make.article(), make.section()
    make.published(section)
    assert titles() == []
    make.published(shell)
    assert SearchDocument.objects.get(kind="section").within == "Ease a cramp"
    shell.title = "Stop a cramp"
    shell.save()
    make.published(shell)
    assert SearchDocument.objects.get(kind="section").within == "Stop a cramp"


def test_each_word_is_counted_in_as_many_documents_as_it_is_in() -> None:
    shell_and_section()
    make.published(make.section("more", body="Warmth, warmth and more warmth."))
    counted = {
        word: sum(
            word in words_of(f"{found.title} {found.keywords} {found.body}")
            for found in SearchDocument.objects.all()
        )
        for word in words()
    }
    assert counted == words()
    assert counted["warmth"] == 2


def test_a_press_that_fails_leaves_the_index_as_it_was(monkeypatch: pytest.MonkeyPatch) -> None:
    _, section = shell_and_section()
    before = index()
    section.title = "Half-way"  # type: ignore[attr-defined]
    section.save()

    def fail(*given: object) -> None:
        raise RuntimeError

    monkeypatch.setattr(search, "_add_words", fail)
    with pytest.raises(RuntimeError):
        publish(section)
    assert index() == before
    assert Edition.objects.of("section", "heat-cold").count() == 1


def test_the_index_of_the_database_is_whole() -> None:
    """FTS5 can compare its index with the table that it stands on."""
    _, section = shell_and_section()
    make.published(section)
    withdraw(section, message="Wrong")
    search.refresh()
    if connection.vendor == "sqlite":
        with connection.cursor() as cursor:
            cursor.execute(
                "INSERT INTO guide_search (guide_search, rank) VALUES ('integrity-check', 1)"
            )
