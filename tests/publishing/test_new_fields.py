"""A guide that was loaded before a migration gets what the fixtures say in its new fields."""

from __future__ import annotations

import json
from hashlib import sha256
from importlib import import_module
from pathlib import Path

import pytest
from django.apps import apps
from django.db.models import QuerySet

from guide.models import Edition, LoadedRow, Section
from guide.pages.rows import RowData
from guide.publishing.fixtures import load
from guide.publishing.loaded import in_print
from tests.publishing.test_fixtures import GUIDE

pytestmark = pytest.mark.django_db


def as_it_was(rows: list[RowData]) -> tuple[list[RowData], str]:
    """Rows and their digest as they were before there were places."""
    for row in rows:
        row["fields"].pop("places", None)
    text = json.dumps(rows, sort_keys=True, separators=(",", ":"), ensure_ascii=False)
    return rows, sha256(text.encode()).hexdigest()


@pytest.fixture
def fixtures(tmp_path: Path) -> Path:
    """Fixtures that were loaded and published long ago, and then got a place."""
    file = tmp_path / "articles.yaml"
    file.write_text(GUIDE)
    load(tmp_path)
    for edition in Edition.objects.all():
        rows, digest = as_it_was(edition.rows)
        QuerySet(Edition).filter(pk=edition.pk).update(rows=rows, digest=digest)
        for row in rows:
            found = LoadedRow.objects.get(model=row["model"], key__endswith=row["fields"]["slug"])
            found.digest = as_it_was([row])[1]
            found.save()
    file.write_text(GUIDE.replace("    title: Heat", "    places: [calf]\n    title: Heat"))
    return tmp_path


def migrate() -> None:
    migration = import_module("guide.migrations.0005_positions_and_places")
    migration.renew_digests(Historical(), None)


class Historical:
    """The models as a migration has them: editions without their guard."""

    def get_model(self, app: str, name: str) -> object:
        if name != "Edition":
            return apps.get_model(app, name)
        return type("Edition", (), {"objects": QuerySet(Edition)})


def test_it_gets_them_and_publishes_them(fixtures: Path) -> None:
    migrate()
    report = load(fixtures)
    assert (report.kept, report.updated) == ([], ["section heat-cold"])
    assert Section.objects.get().places == ["calf"]
    assert report.published == ["section heat-cold"]


def test_what_staff_changed_stays_theirs(fixtures: Path) -> None:
    section = Section.objects.get()
    section.title = "Warm or cool"
    section.save()
    migrate()
    assert load(fixtures).kept == ["section heat-cold: staff changed it"]


def test_the_desk_is_what_readers_see_as_before(fixtures: Path) -> None:
    assert in_print() == set()
    migrate()
    assert in_print() == {("article", "ease-a-cramp"), ("section", "heat-cold")}
