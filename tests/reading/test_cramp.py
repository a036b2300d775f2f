from __future__ import annotations

import pytest

from guide.reading.cramp import CRAMP_SECTION, cramp, muscles
from guide.reading.live import live
from tests import make

pytestmark = pytest.mark.django_db


def shown() -> dict[str, list[str]]:
    return {
        muscle["slug"]: [stretch["text"]["slug"] for stretch in muscle["stretches"]]
        for muscle in muscles(live())
    }


def test_the_help_has_live_stretches_for_a_cramp_and_no_others() -> None:
    make.published(make.stretch("toe-pull", moments=["bedtime", "cramp"]))
    make.published(make.stretch("bedtime"))
    make.stretch("draft", moments=["cramp"])
    assert shown() == {"calf": ["toe-pull"]}


def test_stretches_stand_under_the_first_muscle_of_each_in_their_order() -> None:
    make.published(make.stretch("toes", moments=["cramp"], muscles=["foot"], order=30))
    make.published(make.stretch("stand", moments=["cramp"], muscles=["calf", "foot"], order=20))
    make.published(make.stretch("pull", moments=["cramp"], order=10))
    assert list(shown().items()) == [("calf", ["pull", "stand"]), ("foot", ["toes"])]


def test_the_page_adds_live_cautions_and_when_to_get_help() -> None:
    caution, made = make.caution(), make.stretch(moments=["cramp"])
    made.cautions.add(caution)
    for unit in (caution, made, make.section(CRAMP_SECTION)):
        make.published(unit)
    page = cramp(live())
    (stretch,) = page["muscles"][0]["stretches"]
    assert [found["sentence"] for found in stretch["cautions"]] == [caution.sentence]
    assert page["care_cards"] == []


def test_the_page_stands_without_its_section() -> None:
    assert cramp(live()) == {"muscles": [], "care_cards": []}
