from __future__ import annotations

import pytest
from django.db.models import QuerySet

from guide.models import Edition, Stretch
from guide.reading.articles import section
from guide.reading.cards import StretchCard
from guide.reading.live import live
from guide.reading.positions import first_of_each, shown
from guide.reading.routines import routines
from guide.reading.stretches import library, stretch
from tests import make

pytestmark = pytest.mark.django_db


def calves() -> list[Stretch]:
    """One calf stretch in three positions, and one that has nothing to do with it."""
    made = [
        make.stretch("wall", family="calf", order=1),
        make.stretch("towel", family="calf", position="bed", order=2),
        make.stretch("chair", family="calf", position="chair", order=3),
        make.stretch("pumps", position="chair", order=4),
    ]
    for unit in made:
        make.published(unit)
    return made


def in_section(*stretches: Stretch) -> list[str]:
    made = make.section()
    made.stretches.set(stretches)
    make.published(made)
    return [card["slug"] for card in section(live(), made.slug)["stretches"]]


def card(slug: str) -> StretchCard:
    return next(card for card in library(live()) if card["slug"] == slug)


def counts() -> dict[str, int]:
    return {one["position"]: one["count"] for one in shown(library(live()))}


def test_a_stretch_leads_to_its_family_in_the_other_positions() -> None:
    calves()
    versions = stretch(live(), "chair")["versions"]
    assert [(one["position"], one["card"]["slug"]) for one in versions] == [
        ("standing", "wall"),
        ("bed", "towel"),
    ]
    assert stretch(live(), "pumps")["versions"] == []


def test_of_a_family_the_one_for_the_most_of_the_same_muscles_comes_closest() -> None:
    make.published(make.stretch("towel", family="leg", position="bed", muscles=["hamstring"]))
    for order, muscles in enumerate((["calf"], ["hamstring"])):
        make.published(make.stretch(f"s{order}", family="leg", muscles=muscles, order=order))
    (version,) = stretch(live(), "towel")["versions"]
    assert version["card"]["slug"] == "s1"


def test_a_stretch_that_is_done_in_two_positions_needs_no_version_there() -> None:
    make.published(make.stretch("pumps", family="f", position="chair", also=["bed"]))
    make.published(make.stretch("towel", family="f", position="bed"))
    assert stretch(live(), "pumps")["versions"] == []
    assert card("pumps")["position_label"] == "On a chair or in bed"


def test_the_list_of_a_section_takes_in_versions_where_it_would_be_empty() -> None:
    wall, *_ = calves()
    assert in_section(wall) == ["wall", "chair", "towel"]


def test_a_list_that_has_something_for_a_position_stays_as_it_was_written() -> None:
    wall, _, _, pumps = calves()
    assert in_section(wall, pumps) == ["wall", "pumps", "towel"]


def test_what_eases_a_cramp_shows_in_every_position() -> None:
    make.published(make.stretch("cramp", moments=["cramp"]))
    assert card("cramp")["fits"] == []
    assert counts() == {"standing": 1, "chair": 1, "bed": 1}


def test_a_position_with_nothing_to_show_is_known() -> None:
    make.published(make.stretch("wall"))
    make.published(make.stretch("mat", position="floor"))
    assert counts() == {"standing": 1, "chair": 0, "bed": 0}


def test_stretches_come_position_by_position_and_those_for_a_cramp_last() -> None:
    for slug, position, moment in [
        ("pull", "bed", "cramp"),
        ("towel", "bed", "bedtime"),
        ("stand-on-it", "standing", "cramp"),
        ("wall", "standing", "bedtime"),
    ]:
        order = Stretch.objects.count()
        make.published(make.stretch(slug, position=position, moments=[moment], order=order))
    assert [found["slug"] for found in library(live())] == ["wall", "towel", "pull", "stand-on-it"]


def test_for_tonight_there_is_one_for_each_position_or_at_least_one() -> None:
    calves()
    make.published(make.stretch("mat", position="floor"))
    found = [card(slug) for slug in ("mat", "pumps", "chair", "wall")]
    assert [one["slug"] for one in first_of_each(found)] == ["wall", "pumps"]
    assert [one["slug"] for one in first_of_each(found[:1])] == ["mat"]
    assert first_of_each([]) == []


def test_a_routine_shows_in_its_position_and_in_its_picture() -> None:
    def figure(hip: int) -> dict[str, object]:
        leg = {"ankle": [hip, 199.5]}
        pose = {"hip": [hip, 102], "torso": 90, "near_leg": leg, "far_leg": leg}
        return {"title": "Standing.", "pose": pose}

    sit = make.stretch("sit", position="chair", figure=figure(150))
    lie = make.stretch("lie", position="bed", figure=figure(100))
    for unit in (sit, lie, make.routine(steps=[sit, lie], position="bed")):
        make.published(unit)
    (found,) = routines(live())
    assert found["fits"] == ["bed"]
    assert found["figure_html"] == card("lie")["figure_html"] != card("sit")["figure_html"]


def test_an_edition_from_before_there_were_families_still_shows() -> None:
    edition = make.published(make.stretch("old"))
    without = {name: edition.card[name] for name in edition.card.keys() - {"family", "also"}}
    QuerySet(Edition).update(card=without)
    assert stretch(live(), "old")["versions"] == []
    assert card("old")["positions"] == ["standing"]
