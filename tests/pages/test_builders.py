"""Rows into pages: what a reader needs comes out, references stay slugs."""

from __future__ import annotations

from guide.models import (
    FAQ,
    Article,
    CareCard,
    Routine,
    RoutineStep,
    Section,
    Stretch,
    StretchStep,
    Tip,
)
from guide.pages.articles import build_article, build_section
from guide.pages.faqs import build_faq
from guide.pages.stretches import build_routine, build_stretch
from tests.pages.rows import row

SECTION = row(
    Section,
    slug="heat-cold",
    article=["ease-a-cramp"],
    title="Heat and cold",
    in_short="Warm the sore muscle.",
    body="Warmth feels good.\n\n### On the skin\n\nCall {emergency}.",
    stretches=[["ankle-pumps"]],
    sources=[["s01"], ["s03"]],
)
TIP = row(
    Tip,
    slug="warm-it",
    section=["heat-cold"],
    action="Warm the sore muscle",
    detail="For **ten** minutes.",
    evidence="little",
    studied="One trial in 80 adults",
    stretch=["ankle-pumps"],
    cautions=[["numb-skin"], ["possible-clot"]],
    sources=[["s03"], ["s09"]],
)
CARD = row(
    CareCard,
    slug="emergency",
    section=["heat-cold"],
    level="emergency",
    heading="Call {emergency} now if:",
    lines="The leg is cold.\nThe leg is numb.",
    after="Do not rub it.",
    sources=[["x13"]],
)
STRETCH = row(
    Stretch,
    slug="wall-calf",
    name="Wall calf stretch",
    summary="For the calf.",
    muscles=["calf"],
    position="standing",
    moments=["bedtime", "day"],
    hold_seconds=10,
    repeats=3,
    rest_seconds=10,
    feel="The back of the leg.",
    care="It is swollen.\nIt is hot.",
    easier=["ankle-pumps"],
    cautions=[["balance"]],
    sources=[["s09"]],
)
STEP = row(StretchStep, slug="stand", stretch=["wall-calf"], text="Stand at a wall.")


def test_a_section_is_built_with_its_tips_and_care_cards() -> None:
    page = build_section([SECTION, CARD, TIP])
    assert (page["slug"], page["article"]) == ("heat-cold", "ease-a-cramp")
    assert page["body_html"].startswith("<p>Warmth feels good.</p>")
    assert '<h3 id="heat-cold-on-the-skin">' in page["body_html"]
    assert page["stretches"] == ("ankle-pumps",)
    (tip,) = page["tips"]
    assert tip["detail_html"] == "<p>For <strong>ten</strong> minutes.</p>"
    assert (tip["stretch"], tip["evidence"]) == ("ankle-pumps", "little")
    assert tip["cautions"] == ("numb-skin", "possible-clot")
    (card,) = page["care_cards"]
    assert card["lines"] == ["The leg is cold.", "The leg is numb."]


def test_a_section_lists_the_sources_of_all_its_rows_each_once() -> None:
    assert build_section([SECTION, CARD, TIP])["sources"] == ("s01", "s03", "x13", "s09")


def test_country_words_stay_tokens_until_a_page_is_shown() -> None:
    page = build_section([SECTION, CARD])
    assert "{emergency}" in page["body_html"]
    assert page["care_cards"][0]["heading"] == "Call {emergency} now if:"


def test_a_tip_without_a_stretch_has_none() -> None:
    alone = row(Tip, slug="rest", section=["heat-cold"], action="Rest")
    assert build_section([SECTION, alone])["tips"][0]["stretch"] == ""


def test_the_same_rows_always_build_the_same_page() -> None:
    rows = [SECTION, CARD, TIP]
    assert build_section(rows) == build_section(rows)


def test_an_article_is_built_from_its_shell() -> None:
    shell = row(
        Article,
        slug="ease-a-cramp",
        title="Ease a cramp",
        summary="What to do.",
        intro="Open [Cramp now](/cramp/).",
        takeaway="Stretch it.",
        related=[["daily-habits"]],
        sources=[["s01"]],
        checked_on="2026-06-01",
        checked_by="Dr A. Shah",
    )
    page = build_article([shell])
    assert page["intro_html"] == '<p>Open <a href="/cramp/">Cramp now</a>.</p>'
    assert (page["related"], page["sources"]) == (("daily-habits",), ("s01",))
    assert page["checked"] == {"on": "2026-06-01", "by": "Dr A. Shah", "due": "2027-06-01"}


def test_what_nobody_checked_says_so_by_being_empty() -> None:
    assert build_section([SECTION])["checked"] == {"on": "", "by": "", "due": ""}


def test_a_stretch_is_built_with_its_steps_and_dose() -> None:
    page = build_stretch([STRETCH, STEP])
    assert page["steps"] == ["Stand at a wall."]
    assert page["care"] == ["It is swollen.", "It is hot."]
    assert (page["easier"], page["harder"]) == ("ankle-pumps", "")
    assert page["dose"] == {
        "hold_seconds": 10,
        "hold_seconds_max": None,
        "until_eased": False,
        "repeats": 3,
        "repeats_max": None,
        "rest_seconds": 10,
        "sides": "each",
    }
    assert page["figure_html"] == ""


def test_a_routine_keeps_only_what_it_sets_of_a_dose() -> None:
    routine = row(Routine, slug="short", title="Short", summary="Quick.", position="standing")
    own = row(
        RoutineStep,
        slug="one",
        routine=["short"],
        stretch=["wall-calf"],
        hold_seconds=20,
        repeats=1,
    )
    plain = row(RoutineStep, slug="two", routine=["short"], stretch=["ankle-pumps"])
    assert build_routine([routine, own, plain])["steps"] == [
        {"stretch": "wall-calf", "own": {"hold_seconds": 20, "repeats": 1}},
        {"stretch": "ankle-pumps", "own": {}},
    ]


def test_an_answer_is_built_with_its_owning_section() -> None:
    faq = row(
        FAQ,
        slug="heat",
        question="Can I use heat?",
        answer="Yes.",
        more="After the cramp.",
        group="night",
        section=["heat-cold"],
        sources=[["s01"]],
    )
    page = build_faq([faq])
    assert (page["section"], page["sources"]) == ("heat-cold", ("s01",))
    assert page["more_html"] == "<p>After the cramp.</p>"
