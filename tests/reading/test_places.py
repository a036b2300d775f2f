from __future__ import annotations

import pytest
from django.db.models import QuerySet

from guide.models import Edition, Place
from guide.reading.live import live
from guide.reading.places import PLACES, PlacePage, named, place
from tests import make

pytestmark = pytest.mark.django_db


def publish_all(*units: object) -> None:
    for unit in units:
        make.published(unit)  # type: ignore[arg-type]


def calf() -> PlacePage:
    return place(live(), Place.CALF, 1)


def test_a_place_has_what_names_it_in_the_order_of_the_articles() -> None:
    late, early = make.article("late", order=20), make.article("early", order=10)
    one = make.section("one", article=late, places=["calf"], order=1)
    two = make.section("two", article=early, places=["knee", "calf"], order=2)
    other = make.section("other", article=early, places=["knee"])
    faq = make.faq(section=one, places=["calf"])
    elsewhere = make.faq("elsewhere", section=one, places=["all"])
    publish_all(late, early, one, two, other, faq, elsewhere)
    assert [card["slug"] for card in calf()["sections"]] == ["two", "one"]
    assert [answer["slug"] for answer in calf()["answers"]] == ["can-i-use-heat"]


def test_stretches_come_by_muscle_and_what_eases_a_cramp_by_itself() -> None:
    publish_all(
        make.stretch("wall"),
        make.stretch("thigh", muscles=["quad"]),
        make.stretch("pull", moments=["cramp"]),
    )
    assert [card["slug"] for card in calf()["stretches"]] == ["wall"]
    cramp = calf()["cramp"]
    assert cramp
    assert cramp["slug"] == "pull"


def test_what_eases_a_foot_cramp_is_not_shown_for_the_shin() -> None:
    """It pulls the toes up: in the shin that is what cramps."""
    publish_all(make.stretch("toes", muscles=["foot"], moments=["cramp"]))
    assert place(live(), Place.FOOT, 1)["cramp"]
    assert place(live(), Place.SHIN, 1)["cramp"] is None


def test_a_section_whose_article_is_not_published_is_not_shown() -> None:
    publish_all(make.section(places=["calf"]))
    assert calf()["sections"] == []


def test_the_signs_that_need_help_today_come_from_the_help_page() -> None:
    assert calf()["urgent"] == []
    signs = make.section("red-flags")
    for level in ("emergency", "urgent"):
        signs.care_cards.create(slug=level, level=level, heading="Act.", lines="It swells.")
    publish_all(signs)
    assert [card["level"] for card in calf()["urgent"]] == ["urgent"]


def test_an_edition_from_before_there_were_places_names_none() -> None:
    shell, made = make.article(), make.section(places=["calf"])
    publish_all(shell, made)
    QuerySet(Edition).filter(kind="section").update(card={})
    assert calf()["sections"] == []


def test_only_a_part_of_the_drawing_is_a_place() -> None:
    assert [name for name, _ in PLACES] == [
        "hip",
        "front-thigh",
        "back-thigh",
        "knee",
        "shin",
        "calf",
        "foot",
    ]
    assert named("calf") is Place.CALF
    for other in ("", "all", "wing", "Calf"):
        assert named(other) is None
