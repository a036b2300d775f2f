"""What the leg drawing and the choice of a position lead to is in the fixtures."""

from __future__ import annotations

from guide.reading.places import PLACES
from tests.content.conftest import FixtureRow, Fixtures

#: From evidence.md, section 5: the versions that it offers in each position.
VERSIONS = {
    "heel-on-step-hamstring": {"chair", "bed"},
    "wall-calf-straight-knee": {"chair", "bed"},
    "wall-calf-bent-knee": {"chair", "bed"},
    "standing-quad": set[str](),
    "half-kneeling-hip-flexor": {"standing"},
    "step-back-hip-flexor": {"floor"},
    "cramp-toe-pull": {"standing"},
    "cramp-stand-on-it": {"bed"},
    "cramp-back-of-thigh": {"standing"},
    "cramp-front-of-thigh": {"standing"},
    "cramp-foot-and-toes": {"standing", "chair"},
    "lying-hamstring-towel": {"standing", "chair"},
    "seated-hamstring-calf": {"standing", "bed"},
    "lying-figure-four": set[str](),
    "knee-to-chest": {"floor"},
    "ankle-pumps": {"bed"},
    "childs-pose": {"bed"},
}


def positions(row: FixtureRow) -> set[str]:
    return {row.fields["position"], *row.fields.get("also", [])}


def test_every_section_and_every_answer_says_where_in_the_leg_it_is_about(
    fixtures: Fixtures,
) -> None:
    parts = {name for name, _ in PLACES}
    wrong = [
        row.name
        for row in fixtures.of("section", "faq")
        if (named := set(row.fields.get("places", []))) != {"all"}
        and not (named and named <= parts)
    ]
    assert wrong == []


def test_every_stretch_has_a_version_in_each_position_that_the_evidence_offers(
    fixtures: Fixtures,
) -> None:
    rows = list(fixtures.of("stretch"))
    found = {
        row.fields["slug"]: {
            position
            for other in rows
            if other is row
            or (row.fields.get("family") and row.fields["family"] == other.fields.get("family"))
            for position in positions(other)
        }
        - {row.fields["position"]}
        for row in rows
    }
    assert found == VERSIONS


def test_a_family_is_for_the_same_moment_and_shares_a_muscle(fixtures: Fixtures) -> None:
    """What eases a cramp is no version of what is held by the clock."""
    rows = [row for row in fixtures.of("stretch") if row.fields.get("family")]
    for row in rows:
        for other in rows:
            if row.fields["family"] == other.fields["family"]:
                both = f"{row.name}, {other.name}"
                cramp = ["cramp" in one.fields["moments"] for one in (row, other)]
                assert cramp[0] is cramp[1], both
    families = {row.fields["family"] for row in rows}
    for family in families:
        of = [set(row.fields["muscles"]) for row in rows if row.fields["family"] == family]
        assert all(any(one & other for other in of if other is not one) for one in of), family
