"""Advice that is unsafe beside an answer is not shown: every rule, every tip, real answers.

Three proofs that lean on different things. By tags: nothing is shown that carries a caution
which was raised. By words: nothing is shown that speaks of what the caution forbids. By
answers: the same words are missing for people who gave the answers, whatever was raised.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any, NamedTuple

import pytest
from django.http import HttpResponse
from django.test import Client
from hypothesis import given, settings

from guide.models import GETTING_HELP, Edition, Position
from guide.reading import results
from guide.reading.articles import SectionPage, TipPage, section
from guide.reading.cards import total_seconds
from guide.reading.live import Live, live
from guide.reading.my_routine import asked, my_routine
from guide.reading.results import Tonight, read_next, tonight
from guide.reading.stretches import library, stretch
from guide.triage import Answers, Assessment, Flow, Level, Pointer, Rule, assess
from guide.triage.assess import Fit
from guide.views import answers as cookie
from tests.content.conftest import Fixtures
from tests.content.test_cautions import RULES
from tests.triage.flows import NAMES, alone, in_twos, people, published, reproducible
from tests.views.html import Page

pytestmark = pytest.mark.django_db

#: Sections whose own line uses the words to warn, or for something else.
FREE_SECTIONS = {"circulation", "relaxing-foods", "sleep-environment"}


#: Where the phone numbers of other countries stand.
NUMBERS = {"/help/#numbers"}

#: Answers beside which a kind of advice is never right, whatever rule fires.
NUMB = "feel.tingling days.numb care.diabetes care.diabetes-foot signs.weak"
ARTERIES = "pattern.walking pattern.hanging care.arteries leg.cold"
CLOT = "leg.swollen signs.long-cramp pregnancy.one-leg"
MEANS = {
    "heat": f"{NUMB} {ARTERIES} {CLOT}",
    "cold": f"{NUMB} {ARTERIES} {CLOT}",
    "rubbing": CLOT,
    "stretching": CLOT,
    "raising the legs": f"{ARTERIES} {CLOT} care.heart signs.swollen-breathless",
    "drinking more": "care.heart care.kidney care.liver signs.swollen-breathless",
    "potassium": "care.heart care.kidney care.liver health.tablets",
}


class Shown(NamedTuple):
    """One piece of advice on a result: what it is, its words, and the cautions it carries."""

    name: str
    words: str
    cautions: set[str]


class Tags(NamedTuple):
    """The cautions that hide, and which of them each tip and each stretch carries."""

    hiding: set[str]
    tips: dict[tuple[str, str], set[str]]
    stretches: dict[str, set[str]]


@pytest.fixture
def now(guide: list[Edition]) -> Live:
    return live()


@pytest.fixture(params=NAMES)
def flow(request: pytest.FixtureRequest) -> Flow:
    return published(request.param)


@pytest.fixture
def tags(fixtures: Fixtures) -> Tags:
    hiding = {
        row.fields["slug"] for row in fixtures.of("caution") if row.fields.get("effect") == "hide"
    }
    tips = {
        (row.fields["section"][-1], row.fields["slug"]): row.points_to("cautions") & hiding
        for row in fixtures.of("tip")
    }
    stretches = {
        row.fields["slug"]: row.points_to("cautions") & hiding for row in fixtures.of("stretch")
    }
    return Tags(hiding, tips, stretches)


def all_sections(now: Live) -> list[SectionPage]:
    slugs = now.editions.filter(kind="section").order_by("slug").values_list("slug", flat=True)
    return [section(now, slug) for slug in slugs]


def result_of(rule: Rule, section_slug: str) -> Assessment:
    """What one rule comes to by itself, for a reader whom it points to one section."""
    pointer = Pointer(section_slug, 8, Fit.BEST, ())
    return Assessment(Level.SELF_CARE, False, (), (pointer,), rule.cautions, (), ())


def advice(now: Live, found: Assessment) -> Iterator[Shown]:
    """All that a result says to read or to do."""
    entries = read_next(now, found)
    for entry in entries:
        part = entry["section"]
        first = section(now, part["slug"])["tips"][0]
        words = f"{part['title']}. {part['in_short']}"
        yield Shown(part["slug"], words, {one["slug"] for one in first["cautions"]})
    shown = tonight(now, found, entries)
    for _, tip in shown["tips"]:
        words = f"{tip['action']}. {tip['detail_html']}"
        yield Shown(tip["slug"], words, {one["slug"] for one in tip["cautions"]})
    offered = [card["slug"] for card in shown["stretches"]]
    for slug in [*offered, *in_routines(shown)]:
        page = stretch(now, slug)
        yield Shown(slug, "A stretch", {one["slug"] for one in page["cautions"]})


def in_routines(shown: Tonight) -> list[str]:
    """The stretches of every routine for tonight, as their links name them."""
    links = [link for group in shown["routines"] for _, link in group["choices"]]
    return [piece.partition(".")[0] for link in links for piece in link.split("~")]


def cautions_of(now: Live, slug: str) -> set[str]:
    return {caution["slug"] for caution in stretch(now, slug)["cautions"]}


def speaks_of(shown: Shown, kinds: set[str]) -> list[str]:
    """The kinds of advice, such as heat, that something shown speaks of."""
    return [
        kind
        for kind in sorted(kinds)
        if re.search(RULES[kind][0], shown.words, re.IGNORECASE)
        and shown.name not in RULES[kind][2] | FREE_SECTIONS
    ]


def forbidden_by(cautions: tuple[str, ...]) -> set[str]:
    return {kind for kind, (_, hidden_by, _) in RULES.items() if hidden_by & set(cautions)}


@pytest.mark.parametrize("about", [True, False], ids=["first", "later"])
def test_every_rule_hides_every_tip_that_carries_its_caution_and_no_other(
    about: bool, flow: Flow, now: Live, tags: Tags, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Each tip stands where it is the one to be shown: alone, or between two of no help."""
    wrong, walked = [], 0
    for page in all_sections(now):
        for tip in page["tips"]:
            idle: TipPage = {**tip, "evidence": "no-help", "cautions": []}
            shown: TipPage = {**tip, "tonight": True}
            tips = [shown] if about else [idle, shown, idle]
            made: SectionPage = {**page, "tips": tips, "stretches": []}
            monkeypatch.setattr(results, "section", lambda *_, made=made: made)
            to_do = page["article"] != GETTING_HELP and tip["evidence"] != "no-help"
            for rule in flow.rules:
                safe = tags.tips[page["slug"], tip["slug"]].isdisjoint(rule.cautions)
                found = result_of(rule, page["slug"])
                entries = read_next(now, found)
                told = bool(tonight(now, found, entries)["tips"])
                walked += 1
                if bool(entries) is not (safe or not about) or told is not (safe and to_do):
                    wrong.append((rule.slug, page["slug"], tip["slug"]))
    assert wrong == []
    assert walked == len(flow.rules) * len(tags.tips)


def test_every_rule_hides_every_stretch_that_carries_its_caution_and_no_other(
    flow: Flow, now: Live, tags: Tags, monkeypatch: pytest.MonkeyPatch
) -> None:
    page = next(page for page in all_sections(now) if page["article"] != GETTING_HELP)
    wrong = []
    for card in library(now):
        only: SectionPage = {**page, "tips": [], "stretches": [card]}
        monkeypatch.setattr(results, "section", lambda *_, only=only: only)
        monkeypatch.setattr(results, "library", lambda *_, card=card: [card])
        for rule in flow.rules:
            result = result_of(rule, page["slug"])
            offered = tonight(now, result, read_next(now, result))
            safe = tags.stretches[card["slug"]].isdisjoint(rule.cautions)
            told = safe and "bedtime" in card["moments"]
            made_of = told and cautions_of(now, card["slug"]).isdisjoint(rule.cautions)
            shown = (bool(offered["stretches"]), card["slug"] in in_routines(offered))
            if shown != (told, made_of):
                wrong.append((rule.slug, card["slug"]))
    assert wrong == []


def test_no_rule_shows_words_of_what_its_cautions_forbid(flow: Flow, now: Live) -> None:
    wrong = [
        (rule.slug, shown.name, speaks_of(shown, forbidden_by(rule.cautions)))
        for rule in flow.rules
        for page in all_sections(now)
        for shown in advice(now, result_of(rule, page["slug"]))
        if speaks_of(shown, forbidden_by(rule.cautions))
    ]
    assert wrong == []


def faults(now: Live, flow: Flow, answers: Answers, tags: Tags) -> list[str]:
    """What is unsafe in the result of these answers."""
    found = assess(flow, answers)
    raised = set(found.cautions) & tags.hiding
    kinds = forbidden_by(found.cautions) | {
        kind for kind, means in MEANS.items() if answers & codes(flow, means)
    }
    return [
        f"{sorted(answers)} show {shown.name}"
        for shown in advice(now, found)
        if shown.cautions & raised or speaks_of(shown, kinds) or found.level > Level.DOCTOR
        if not (found.level is Level.URGENT and shown.name == "red-flags")
    ]


def codes(flow: Flow, text: str) -> Answers:
    wanted = set(text.split())
    return frozenset(
        option.code
        for asked in flow.questions
        for option in asked.options
        if f"{asked.slug.removesuffix('-check')}.{option.slug}" in wanted
    )


def test_any_two_answers_and_every_safety_case_show_nothing_unsafe(
    flow: Flow, now: Live, tags: Tags
) -> None:
    tried = {*alone(flow.slug).values(), *in_twos(flow.slug), *(one.answers for one in flow.cases)}
    assert [fault for answers in tried for fault in faults(now, flow, answers, tags)] == []


def test_nobody_is_shown_what_is_unsafe_for_them(flow: Flow, now: Live, tags: Tags) -> None:
    @settings(reproducible, max_examples=300)
    @given(people(flow))
    def holds(answers: Answers) -> None:
        assert faults(now, flow, answers, tags) == []

    holds()


def test_a_routine_for_tonight_asks_for_no_care_that_the_answers_raised(
    flow: Flow, now: Live
) -> None:
    carried = {card["slug"]: cautions_of(now, card["slug"]) for card in library(now)}
    wrong, made = [], 0
    for answers in {*in_twos(flow.slug), *(one.answers for one in flow.cases)}:
        found = assess(flow, answers)
        slugs = in_routines(tonight(now, found, read_next(now, found)))
        made += bool(slugs and found.cautions)
        wrong += [(sorted(answers), slug) for slug in slugs if carried[slug] & set(found.cautions)]
    assert wrong == []
    assert made or flow.slug == "child"


def test_no_answer_hides_the_page_that_is_about_it(flow: Flow, now: Live) -> None:
    """With pain that shoots down a leg, the page on nerve pain once hid: its tip said sciatica."""
    wrong, told = [], 0
    for code, answers in alone(flow.slug).items():
        found = assess(flow, answers)
        shown = {entry["section"]["slug"] for entry in read_next(now, found)}
        quoted = flow.option_of[code].quoted
        about = [
            pointer.section
            for pointer in found.pointers
            if pointer.fit is Fit.BEST and quoted in pointer.because
        ]
        told += len(about)
        wrong += [(quoted, slug) for slug in about if slug not in shown]
    assert wrong == []
    assert told


def test_restless_legs_are_explained_to_who_cannot_stand(now: Live) -> None:
    flow = published("legs")
    said = "where.unsure feel.urge days.cannot-stand now.none leg.none signs.none"
    entries = read_next(now, assess(flow, codes(flow, said)))
    assert entries[0]["section"]["slug"] == "restless-legs"


@pytest.mark.parametrize(
    ("said", "positions"),
    [
        ("where.calf feel.cramp pattern.wakes", ["In bed", "On a chair", "Standing"]),
        ("where.calf feel.cramp pattern.wakes days.cannot-stand", ["In bed", "On a chair"]),
        ("where.calf feel.cramp pattern.wakes days.numb", ["In bed", "On a chair"]),
        ("where.foot feel.cramp pattern.wakes", ["In bed", "On a chair", "Standing"]),
        ("where.calf feel.cramp pattern.wakes health.pregnant", ["On a chair", "Standing"]),
        (
            "where.back-thigh feel.cramp pattern.wakes health.under-doctor care.bones-joints",
            ["On a chair"],
        ),
        ("where.back-thigh feel.shooting days.sitting", []),
    ],
)
def test_who_cramps_at_night_is_offered_a_routine_in_each_position_that_suits_them(
    now: Live, said: str, positions: list[str]
) -> None:
    flow = published("legs")
    none = " ".join(f"{page}.none" for page in ("now", "leg", "signs"))
    found = assess(flow, codes(flow, f"{said} {none}"))
    offered = tonight(now, found, read_next(now, found))["routines"]
    assert [group["position"] for group in offered] == positions


def test_a_routine_for_tonight_begins_with_the_muscles_that_the_answers_point_to(
    now: Live,
) -> None:
    flow = published("legs")
    said = "where.front-thigh feel.both-tired pattern.exercise now.none leg.none signs.none"
    found = assess(flow, codes(flow, said))
    offered = tonight(now, found, read_next(now, found))["routines"]
    (standing,) = (group["choices"] for group in offered if group["position"] == "Standing")
    first = [piece.partition(".")[0] for piece in standing[0][1].split("~")]
    assert first == ["standing-quad", "step-back-hip-flexor"]


def test_routines_for_tonight_are_short_and_full_and_open_without_a_word(
    flow: Flow, now: Live
) -> None:
    """Otherwise the proofs above would walk over nothing."""
    positions, longest = set(), 0
    for answers in {*alone(flow.slug).values(), *in_twos(flow.slug)}:
        found = assess(flow, answers)
        for group in tonight(now, found, read_next(now, found))["routines"]:
            positions.add(group["position"])
            for _, link in group["choices"]:
                steps, notes = asked(now, link)
                assert steps
                assert notes == ()
                page = my_routine(now, steps)
                longest = max(longest, len(steps))
                assert total_seconds(page["steps"])[1] <= 600
                assert {Position(step["positions"][0]).label for step in page["steps"]} == {
                    group["position"]
                }
    if flow.slug == "legs":
        assert positions == {"In bed", "On a chair", "Standing"}
        assert longest >= 3


def links_of(client: Client, now: Live, flow: Flow, answers: Answers) -> set[str]:
    """Where the result of these answers leads, the frame of the page aside."""
    answered = HttpResponse()
    cookie.write(answered, now, flow.slug, answers)
    client.cookies = answered.cookies
    content = client.get(f"/check/{flow.slug}/result/").content
    inside = content[content.index(b"<main") : content.index(b"</main>")]
    return {link for link in Page(inside).links if not link.startswith(("tel:", "sms:", "/check/"))}


@pytest.mark.parametrize(
    ("level", "allowed"),
    [
        (Level.EMERGENCY, NUMBERS),
        (Level.URGENT, {*NUMBERS, "/help/", "/guide/when-to-get-help/#red-flags"}),
    ],
)
def test_the_page_of_a_reader_who_needs_help_leads_nowhere_else(
    client: Client, now: Live, flow: Flow, level: Level, allowed: set[str]
) -> None:
    cases = [case for case in flow.cases if case.level is level]
    assert cases
    wrong: dict[str, Any] = {
        case.slug: found
        for case in cases
        if (found := links_of(client, now, flow, case.answers) - allowed)
    }
    assert wrong == {}
