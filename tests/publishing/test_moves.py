"""Former addresses go with the fixtures, so that old links lead on wherever those are loaded."""

from __future__ import annotations

from pathlib import Path

import pytest
from django.test import Client

from guide.models import Article, Edition, LoadedRow, Moved, Section, Unit
from guide.publishing.dump import dump
from guide.publishing.files import FixtureError
from guide.publishing.fixtures import load
from guide.publishing.rename import rename
from tests import make

pytestmark = pytest.mark.django_db


def write(folder: Path, slug: str, moved: str = "") -> Path:
    folder.mkdir(exist_ok=True)
    rows = (
        f"- model: guide.article\n  fields: {{slug: {slug}, title: Cramps, summary: What to do.}}\n"
    )
    (folder / "guide.yaml").write_text(rows)
    (folder / "moved.yaml").write_text(moved)
    return folder


def move(old: str, new: str, kind: str = "article") -> str:
    return f"- model: guide.moved\n  fields: {{kind: {kind}, old: {old}, new: {new}}}\n"


def articles() -> list[str]:
    return list(Article.objects.values_list("slug", flat=True))


def test_a_dump_keeps_former_addresses_and_they_lead_on_where_it_is_loaded(
    tmp_path: Path, client: Client
) -> None:
    load(write(tmp_path / "first", "cramps"))
    rename(Article.objects.get(), "ease-a-cramp")
    dump(tmp_path / "dumped")
    Moved.objects.all().delete()
    Edition.objects.all()._raw_delete(using="default")
    Article.objects.all().delete()
    LoadedRow.objects.all().delete()
    report = load(tmp_path / "dumped")
    assert "moved article cramps" in report.added
    assert client.get("/guide/cramps/").headers["Location"] == "/guide/ease-a-cramp/"


def test_loading_and_dumping_former_addresses_changes_no_byte(tmp_path: Path) -> None:
    load(write(tmp_path / "first", "ease-a-cramp", move("cramp", "ease-a-cramp")))
    dump(tmp_path / "second")
    load(tmp_path / "second")
    dump(tmp_path / "third")
    files = {path.name: path.read_text() for path in (tmp_path / "second").glob("*.yaml")}
    assert "old: cramp" in files["moved.yaml"]
    assert files == {path.name: path.read_text() for path in (tmp_path / "third").glob("*.yaml")}


def test_without_former_addresses_no_file_is_written_for_them(tmp_path: Path) -> None:
    dump(tmp_path)
    assert not (tmp_path / "moved.yaml").exists()


def test_a_unit_under_its_old_address_is_renamed_by_a_load_and_not_made_twice(
    tmp_path: Path, client: Client
) -> None:
    load(write(tmp_path, "cramps"))
    report = load(write(tmp_path, "ease-a-cramp", move("cramps", "ease-a-cramp")))
    assert report.updated == ["moved article cramps"]
    assert articles() == ["ease-a-cramp"]
    assert client.get("/guide/cramps/").headers["Location"] == "/guide/ease-a-cramp/"
    assert load(tmp_path).updated == []


def test_an_address_that_staff_gave_stays(tmp_path: Path) -> None:
    load(write(tmp_path, "cramps"))
    rename(Article.objects.get(), "my-cramps")
    report = load(write(tmp_path, "my-cramps", move("cramps", "ease-a-cramp")))
    assert report.kept == ["moved article cramps: staff renamed it"]
    assert Moved.objects.names() == {("article", "cramps"): "my-cramps"}


def test_an_address_that_staff_gave_back_stays(tmp_path: Path) -> None:
    load(write(tmp_path, "ease-a-cramp"))
    rename(Article.objects.get(), "cramps")
    report = load(write(tmp_path, "ease-a-cramp", move("cramps", "ease-a-cramp")))
    assert report.kept == ["moved article cramps: staff renamed it"]
    assert articles() == ["cramps"]


def test_a_former_address_leads_to_where_staff_moved_the_unit_since(tmp_path: Path) -> None:
    load(write(tmp_path, "ease-a-cramp"))
    rename(Article.objects.get(), "cramps")
    load(write(tmp_path, "ease-a-cramp", move("leg-cramp", "ease-a-cramp")))
    assert Moved.objects.names()["article", "leg-cramp"] == "cramps"


def test_a_load_that_does_not_publish_does_not_rename(tmp_path: Path) -> None:
    load(write(tmp_path, "cramps"))
    report = load(write(tmp_path, "ease-a-cramp", move("cramps", "ease-a-cramp")), press=False)
    assert "moved article cramps: a load that does not publish does not rename" in report.kept


def test_a_unit_that_is_in_the_way_is_said(tmp_path: Path) -> None:
    unit: Unit = make.section("heat-cold")
    make.published(unit)
    make.published(make.section("warmth"))
    report = load(write(tmp_path, "x", move("heat-cold", "warmth", "section")))
    assert report.kept == [
        "moved section heat-cold: The address “warmth” is or was that of another one."
    ]
    assert Section.objects.count() == 2


@pytest.mark.parametrize(
    ("moved", "why"),
    [
        (move("a", "nowhere"), "row 1 (moved article a): new: no article is called nowhere"),
        (move("a", "a"), "row 1 (moved): new: must be the address of today"),
        (move("a", "b") + move("b", "x"), "row 1 (moved): new: must be the address of today"),
        (move("a", "x") * 2, "row 2 (moved): old: it is given twice"),
        (move("'a b'", "x"), "row 1 (moved): old: must be an address"),
        (move("[a]", "x"), "row 1 (moved): old: must be an address"),
        (move("a", "x", "source"), "row 1 (moved): kind: must be one that has addresses"),
        (move("a", "x", "[no]"), "row 1 (moved): kind: must be one that has addresses"),
        ("- model: guide.moved\n  fields: {kind: faq}\n", "a move has a kind, old and new"),
    ],
)
def test_a_mistake_is_named(tmp_path: Path, moved: str, why: str) -> None:
    with pytest.raises(FixtureError, match=r"moved\.yaml, row") as caught:
        load(write(tmp_path, "x", moved))
    assert why in str(caught.value)
    assert not Moved.objects.exists()
    assert articles() == []
