"""Every claim is settled somewhere, or left out for a reason that can be read."""

from __future__ import annotations

from tests.content.conftest import Fixtures

HOMES = ("article", "section", "tip", "stretch", "routine", "faq")
CITING = (*HOMES, "carecard")


def test_every_claim_has_a_home_or_a_reason_and_not_both(fixtures: Fixtures) -> None:
    settled = set[str]().union(*(row.points_to("claims") for row in fixtures.of(*HOMES)))
    left_out = {row.fields["slug"] for row in fixtures.of("claim") if row.fields.get("left_out")}
    assert fixtures.slugs("claim") - settled - left_out == set()
    assert settled & left_out == set()


def test_the_guide_knowingly_leaves_out_only_these_claims(fixtures: Fixtures) -> None:
    """A new name here is a decision for whoever reviews the change."""
    left_out = {row.fields["slug"] for row in fixtures.of("claim") if row.fields.get("left_out")}
    assert left_out == {"c016", "c089", "c164"}


def test_no_source_that_nobody_has_read_is_cited(fixtures: Fixtures) -> None:
    read = {
        row.fields["slug"]
        for row in fixtures.of("source")
        if row.fields.get("confirmed", "C") != "C"
    }
    wrong = [
        f"{row.name} cites {slug}"
        for row in fixtures.of(*CITING)
        for slug in sorted(row.points_to("sources") - read)
    ]
    assert wrong == []


def test_a_tip_is_not_surer_than_the_claims_it_settles(fixtures: Fixtures) -> None:
    doubted = {
        row.fields["slug"]
        for row in fixtures.of("claim")
        if row.fields["verdict"] in {"unsupported", "contradicted"}
    }
    wrong = [
        row.name
        for row in fixtures.of("tip")
        if row.points_to("claims") & doubted and row.fields.get("evidence") in {"good", "some"}
    ]
    assert wrong == []


def test_a_tip_that_claims_good_evidence_names_its_source(fixtures: Fixtures) -> None:
    wrong = [
        row.name
        for row in fixtures.of("tip")
        if row.fields.get("evidence") in {"good", "some"} and not row.points_to("sources")
    ]
    assert wrong == []
