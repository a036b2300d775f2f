from __future__ import annotations

import pytest

from guide.models import Edition
from guide.publishing.press import withdraw
from guide.reading import citing
from guide.reading.how_we_write import how_we_write, texts
from guide.reading.live import NotLive, live
from guide.reading.sources import source, sources
from tests import make

pytestmark = pytest.mark.django_db


def used_on(slug: str = "s01") -> list[tuple[str, str, str]]:
    found = source(live(), slug, 1)
    return [(use["kind"], use["title"], use["address"]) for use in found["used_on"]]


def test_a_source_names_each_page_that_rests_on_it_once() -> None:
    cited, shell, section = make.source(), make.article(), make.section()
    tip, other = make.tip(section), make.tip(section, "rest-it")
    stretch, faq, claim = make.stretch(), make.faq(), make.claim()
    for row in (shell, section, tip, other, stretch, faq, claim):
        row.sources.add(cited)
    for unit in (cited, shell, section, stretch, faq, claim):
        make.published(unit)
    assert used_on() == [
        ("article", "Ease a cramp", "/guide/ease-a-cramp/"),
        ("claim", "C001", "/about/claims/c001/"),
        ("faq", "Can I use heat?", "/faq/#can-i-use-heat"),
        ("section", "Heat and cold", "/guide/ease-a-cramp/#heat-cold"),
        ("stretch", "Calf stretch at a wall", "/stretches/wall-calf/"),
    ]


def test_rules_that_rest_on_a_source_are_counted() -> None:
    cited, asked = make.source(), make.questionnaire()
    for rule in asked.rules.all()[:2]:
        rule.sources.add(cited)
    make.published(cited)
    make.published(asked)
    assert used_on() == [
        ("questionnaire", "Why do my legs ache? (2 rules)", "/check/rules/#legs-rules")
    ]


def test_a_page_that_readers_cannot_reach_is_no_use() -> None:
    cited, shell, section = make.source(), make.article(), make.section()
    section.sources.add(cited)
    make.published(cited)
    make.published(section)
    assert used_on() == []  # its article is not published
    make.published(shell)
    assert len(used_on()) == 1
    withdraw(section, message="Out of date")
    assert used_on() == []


def test_another_unit_of_the_same_name_is_no_use_of_a_source() -> None:
    cited, shell, section = make.source(), make.article(), make.section()
    caution = make.caution("s01")
    make.tip(section).cautions.add(caution)
    for unit in (cited, caution, shell, section):
        make.published(unit)
    assert used_on() == []


def test_what_rests_on_a_source_comes_a_part_at_a_time() -> None:
    cited = make.source()
    make.published(cited)
    for number in range(citing.ON_A_PAGE + 1):
        stretch = make.stretch(f"stretch-{number:02}")
        stretch.sources.add(cited)
        make.published(stretch)
    first, second = source(live(), "s01", 1), source(live(), "s01", 2)
    assert [len(page["used_on"]) for page in (first, second)] == [citing.ON_A_PAGE, 1]
    assert [page["has_more"] for page in (first, second)] == [True, False]
    assert len({use["address"] for page in (first, second) for use in page["used_on"]}) == 21
    with pytest.raises(NotLive):
        source(live(), "s01", 3)


def test_sources_are_listed_by_who_stands_behind_them() -> None:
    for slug, publisher in (("s01", "nhs"), ("s02", "Cochrane"), ("s03", "NICE")):
        make.published(make.source(slug, publisher=publisher))
    listed = sources(live(), 1)["sources"]
    assert [found["publisher"] for found in listed] == ["Cochrane", "nhs", "NICE"]


def test_a_source_that_nobody_has_read_is_never_listed() -> None:
    make.published(make.source(confirmed="C"))
    assert sources(live(), 1)["sources"] == []
    with pytest.raises(NotLive):
        source(live(), "s01", 1)


def test_each_label_is_explained_by_a_tip_that_carries_it(guide: list[Edition]) -> None:
    for label in how_we_write(live())["labels"]:
        assert label["means"]
        assert label["example"]
        assert "#" in label["address"]


def test_an_example_is_one_that_readers_can_reach() -> None:
    hidden = make.section("a-hidden", article=make.article("a-hidden"))
    shown = make.section(article=make.article())
    for section in (hidden, shown):
        make.tip(section, evidence="little")
    for unit in (hidden, shown.article, shown):
        make.published(unit)
    (found,) = [label for label in how_we_write(live())["labels"] if label["example"]]
    assert (found["value"], found["address"]) == ("little", "/guide/ease-a-cramp/#heat-cold")


def test_how_many_texts_are_checked_is_counted_not_said() -> None:
    shell, section = make.article(), make.section()
    make.published(shell)
    make.published(section)
    assert texts(live()) == {"checked": 0, "texts": 2}
    type(section).objects.update(checked_on="2026-11-01", checked_by="Dr A. Shah")
    make.published(section)
    assert texts(live()) == {"checked": 1, "texts": 2}
