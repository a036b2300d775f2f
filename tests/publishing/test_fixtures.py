from __future__ import annotations

from collections.abc import Callable
from contextlib import AbstractContextManager
from pathlib import Path

import pytest

from guide.models import Edition, Section, Tip
from guide.publishing.dump import dump
from guide.publishing.fixtures import load
from guide.publishing.loaded import publish_loaded
from guide.publishing.press import publish, withdraw
from tests import make

pytestmark = pytest.mark.django_db

GUIDE = """\
- model: guide.article
  fields:
    slug: ease-a-cramp
    title: Ease a cramp
    summary: What to do.

- model: guide.section
  fields:
    slug: heat-cold
    article: [ease-a-cramp]
    title: Heat and cold
    in_short: Warm the sore muscle.
    body: |
      Warmth feels good.

      Cold is fine too.

- model: guide.tip
  fields:
    slug: warm-it
    section: [heat-cold]
    action: Warm the sore muscle
"""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    write(tmp_path, GUIDE)
    return tmp_path


def write(folder: Path, text: str) -> None:
    (folder / "articles").mkdir(exist_ok=True)
    (folder / "articles" / "ease-a-cramp.yaml").write_text(text)


def numbers() -> list[tuple[str, int]]:
    return list(Edition.objects.order_by("pk").values_list("slug", "number"))


def test_a_first_load_adds_and_publishes_everything(folder: Path) -> None:
    report = load(folder)
    assert len(report.added) == 3
    assert numbers() == [("ease-a-cramp", 1), ("heat-cold", 1)]


def test_a_new_part_counts_as_a_change_of_a_unit_that_was_there(folder: Path) -> None:
    load(folder)
    before = Section.objects.get().version
    tip = GUIDE[GUIDE.index("- model: guide.tip") :]
    write(folder, GUIDE + tip.replace("warm-it", "rest-it"))
    assert load(folder).published == ["section heat-cold"]
    assert Section.objects.get().version == before + 1
    assert numbers() == [("ease-a-cramp", 1), ("heat-cold", 1), ("heat-cold", 2)]


def test_a_load_asks_little_more_for_each_unit_that_there_is_more(
    folder: Path, django_assert_max_num_queries: Callable[..., AbstractContextManager[object]]
) -> None:
    """Forty articles with a section and a tip each: their rows are written together."""
    for number in range(40):
        text = GUIDE.replace("ease-a-cramp", f"article-{number}")
        text = text.replace("heat-cold", f"section-{number}")
        (folder / "articles" / f"{number}.yaml").write_text(text)
    with django_assert_max_num_queries(82 * 15):
        load(folder)
    assert len(numbers()) == 82


def test_a_second_load_changes_nothing(folder: Path) -> None:
    load(folder)
    versions = list(Section.objects.values_list("version", flat=True))
    report = load(folder)
    assert [report.added, report.updated, report.kept, report.published] == [[], [], [], []]
    assert list(Section.objects.values_list("version", flat=True)) == versions


def test_a_changed_fixture_updates_an_untouched_row_and_publishes_it(folder: Path) -> None:
    load(folder)
    write(folder, GUIDE.replace("Warmth feels good.", "Warmth may feel good."))
    report = load(folder)
    assert report.updated == ["section heat-cold"]
    assert numbers()[-1] == ("heat-cold", 2)


def test_text_that_staff_touched_is_kept_and_said(folder: Path) -> None:
    load(folder)
    Section.objects.update(body="Words of staff.")
    write(folder, GUIDE.replace("Warmth feels good.", "Warmth may feel good."))
    report = load(folder)
    assert report.kept == ["section heat-cold: staff changed it"]
    assert Section.objects.get().body == "Words of staff."


def test_a_row_that_staff_deleted_stays_deleted(folder: Path) -> None:
    load(folder)
    Tip.objects.get().delete()
    report = load(folder)
    assert report.kept == ["tip heat-cold/warm-it: staff deleted it"]
    assert not Tip.objects.exists()


def test_a_staff_draft_is_not_published_by_a_load(folder: Path) -> None:
    load(folder)
    Section.objects.update(body="Words of staff.")
    write(folder, GUIDE.replace("Warm the sore muscle\n", "Warm it with a cloth\n"))
    report = load(folder)
    assert report.updated == ["tip heat-cold/warm-it"]
    assert report.published == []


def test_what_staff_published_themselves_is_published_again_with_an_updated_part(
    folder: Path,
) -> None:
    load(folder)
    section = Section.objects.get()
    section.title = "Warm or cool"
    section.save()
    publish(section)
    write(folder, GUIDE.replace("Warm the sore muscle\n", "Warm it with a cloth\n"))
    assert load(folder).published == ["section heat-cold"]


def test_a_unit_made_by_staff_is_never_published_by_a_load(folder: Path) -> None:
    make.article("by-staff")
    load(folder)
    assert not Edition.objects.filter(slug="by-staff").exists()


def test_a_part_that_left_the_fixtures_goes_unless_staff_touched_it(folder: Path) -> None:
    load(folder)
    without_tip = GUIDE[: GUIDE.index("- model: guide.tip")]
    write(folder, without_tip)
    assert load(folder).deleted == ["tip heat-cold/warm-it"]

    write(folder, GUIDE)
    load(folder)
    Tip.objects.update(action="By staff")
    write(folder, without_tip)
    assert load(folder).kept == ["tip heat-cold/warm-it: it is no longer in the fixtures"]


def test_blanks_around_a_short_name_and_bare_dates_read_back_as_the_same_row(folder: Path) -> None:
    checked = "'heat-cold '\n    checked_on: 2026-01-31\n    checked_by: Dr A. Shah\n"
    write(folder, GUIDE.replace("slug: heat-cold\n", f"slug: {checked}"))
    load(folder)
    report = load(folder)
    assert [report.added, report.updated, report.kept] == [[], [], []]


def test_loading_then_dumping_changes_no_byte(
    folder: Path, tmp_path_factory: pytest.TempPathFactory
) -> None:
    load(folder)
    first, second = tmp_path_factory.mktemp("first"), tmp_path_factory.mktemp("second")
    dump(first)
    load(first)
    dump(second)
    assert {path.relative_to(first): path.read_bytes() for path in first.rglob("*.yaml")} == {
        path.relative_to(second): path.read_bytes() for path in second.rglob("*.yaml")
    }


def test_publish_guide_publishes_what_was_loaded_but_no_draft(folder: Path) -> None:
    load(folder, press=False)
    Section.objects.update(body="Words of staff.")
    published, drafts = publish_loaded()
    assert published == ["article ease-a-cramp"]
    assert drafts == ["section heat-cold"]


def test_publish_guide_does_not_put_back_what_staff_withdrew(folder: Path) -> None:
    load(folder)
    withdraw(Section.objects.get(), message="Under review")
    assert publish_loaded() == ([], ["section heat-cold"])
