from __future__ import annotations

from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from guide.models import Edition
from guide.publishing.press import withdraw
from guide.reading.claims import ClaimPage, claims
from guide.reading.live import live
from tests import make

pytestmark = pytest.mark.django_db


def homes(claim: str = "c001") -> list[tuple[str, str, str, str]]:
    (found,) = [page for page in claims(live()) if page["slug"] == claim]
    return [
        (home["kind"], home["address"], home["tip"], home["evidence"]) for home in found["homes"]
    ]


def said(*words: str) -> str:
    out = StringIO()
    call_command("claims", *words, stdout=out)
    return out.getvalue()


def test_a_claim_is_found_wherever_the_live_guide_settles_it() -> None:
    claim, shell, section = make.claim(), make.article(), make.section()
    tip = make.tip(section, evidence="little")
    stretch, faq = make.stretch(), make.faq()
    routine = make.routine(steps=[stretch])
    for row in (shell, section, tip, stretch, faq, routine):
        row.claims.add(claim)
    for unit in (claim, shell, section, stretch, routine, faq):
        make.published(unit)
    assert homes() == [
        ("article", "/guide/ease-a-cramp/", "", ""),
        ("section", "/guide/ease-a-cramp/#heat-cold", "", ""),
        ("section", "/guide/ease-a-cramp/#heat-cold", "warm-it", "little"),
        ("stretch", "/stretches/wall-calf/", "", ""),
        ("routine", "/routines/short/", "", ""),
        ("faq", "/faq/#can-i-use-heat", "", ""),
    ]


def test_a_place_is_a_home_only_while_readers_can_reach_it() -> None:
    claim, shell, section = make.claim(), make.article(), make.section()
    section.claims.add(claim)
    make.published(claim)
    assert homes() == []
    make.published(section)
    assert homes() == []  # its article is not published
    make.published(shell)
    assert len(homes()) == 1
    withdraw(section, message="Out of date")
    assert homes() == []


def test_a_claim_names_its_verdict_and_only_sources_that_somebody_read() -> None:
    claim = make.claim(verdict="mixed")
    claim.sources.set([make.source("s01"), make.source("s02", confirmed="C")])
    for unit in (claim, *claim.sources.all()):
        make.published(unit)
    (found,) = claims(live())
    assert found["verdict_label"] == "Mixed"
    assert [source["slug"] for source in found["sources"]] == ["s01"]


def test_the_command_answers_with_a_line_for_each_claim() -> None:
    section, claim = make.section(), make.claim()
    make.tip(section, evidence="little").claims.add(claim)
    for unit in (claim, section, section.article, make.claim("c002", left_out="A brand.")):
        make.published(unit)
    place = "tip /guide/ease-a-cramp/#heat-cold warm-it (Little evidence, low risk)"
    assert said().splitlines() == [
        f"C001  limited       {place}",
        "C002  limited       left out: A brand.",
    ]
    assert "Heat helps a cramp." in said("C001")


def test_the_command_fails_while_a_claim_is_missing() -> None:
    make.published(make.claim(left_out="A brand."))
    assert said("--missing") == ""
    make.published(make.claim("c002"))
    with pytest.raises(CommandError, match="1 of 2 claims"):
        said("--missing")


@pytest.mark.parametrize("words", [("C999",), ()])
def test_the_command_says_when_there_is_no_such_claim(words: tuple[str, ...]) -> None:
    with pytest.raises(CommandError, match=r"[Nn]o .*claim is published"):
        said(*words)


def test_the_real_guide_settles_every_claim_or_says_why_not(guide: list[Edition]) -> None:
    missing: list[ClaimPage] = [
        claim for claim in claims(live()) if not claim["homes"] and not claim["left_out"]
    ]
    assert missing == []
    assert len(claims(live())) == 179
