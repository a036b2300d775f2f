"""What a search finds: the same on SQLite and on PostgreSQL, where this file runs as well."""

from __future__ import annotations

import re
from collections.abc import Sequence

import pytest

from guide.reading.lexicon import Lexicon
from guide.reading.live import live
from guide.reading.search import LONGEST, Hit, SearchPage, search
from tests import make

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def published() -> None:
    """A small guide, in which each thing has words of its own."""
    shell = make.article(summary="What to do while it grips you.")
    heat = make.section(
        body="Warmth feels **good** after a cramp. Some like a cold pack at the Café instead.",
        search_words="hot water bottle, icing",
    )
    make.tip(heat, action="Loosen the sheets at your feet", tonight=True)
    make.tip(heat, "later", action="Ask a pharmacist", tonight=False)
    shoes = make.section("shoes", title="Shoes", body="Heat and cold do not matter for soles.")
    signs = make.section("red-flags", title="Signs that need help", body="Act on these signs.")
    for level in ("emergency", "urgent"):
        signs.care_cards.create(slug=level, level=level, heading=level, lines="It hurts.")
    wall = make.stretch()
    units = [shell, heat, shoes, signs, wall, make.routine(steps=[wall]), make.faq(section=heat)]
    units += [make.synonym(), make.synonym("trainer", words="trainer", means="shoes, soles")]
    units += [make.warning(), make.warning("chest", words="chest, numb", level="emergency")]
    for unit in units:
        make.published(unit)


def found(asked: str) -> SearchPage:
    return search(live(), asked)


def hits(asked: str) -> list[Hit]:
    return [hit for group in found(asked)["groups"] for hit in group["hits"]]


def addresses(asked: str) -> set[str]:
    return {hit["address"] for hit in hits(asked)}


HEAT = "/guide/ease-a-cramp/#heat-cold"
SHOES = "/guide/ease-a-cramp/#shoes"
WALL = "/stretches/wall-calf/"
TIP = "/guide/ease-a-cramp/#heat-cold--warm-it"


def test_everything_a_reader_can_open_is_found_where_it_can_be_opened() -> None:
    assert "/guide/ease-a-cramp/" in addresses("ease a cramp")
    assert HEAT in addresses("heat and cold")
    assert TIP in addresses("sheets")
    assert WALL in addresses("calf stretch wall")
    assert "/routines/short/" in addresses("routine")
    assert "/faq/#can-i-use-heat" in addresses("can I use heat")


def test_results_are_grouped_by_what_a_reader_can_do_with_them() -> None:
    groups = {
        group["label"]: {hit["address"] for hit in group["hits"]}
        for asked in ("sheets", "pharmacist", "heat", "calf")
        for group in found(asked)["groups"]
    }
    assert list(groups) == ["Do now", "Read", "Questions"]
    by_area = {asked: [g["area"] for g in found(asked)["groups"]] for asked in ("sheets", "calf")}
    assert by_area == {"sheets": ["now"], "calf": ["now"]}
    assert [group["area"] for group in found("pharmacist")["groups"]] == ["read"]
    assert {group["area"] for group in found("heat")["groups"]} == {"read", "answers"}


@pytest.mark.parametrize(
    ("asked", "address"),
    [
        ("stretches", WALL),
        ("stretching at walls", WALL),
        ("WARM packs", HEAT),
        ("cafe", HEAT),
        ("CAFÉ", HEAT),
        ("shoe", SHOES),
        ("pharm", "/guide/ease-a-cramp/#heat-cold--later"),
        ("ask a pharmac", "/guide/ease-a-cramp/#heat-cold--later"),
        ("hot-water", HEAT),
        ("icing/cold", HEAT),
        ("pharmacist's", "/guide/ease-a-cramp/#heat-cold--later"),
    ],
)
def test_endings_beginnings_accents_capitals_and_signs_do_not_matter(
    asked: str, address: str
) -> None:
    assert address in addresses(asked)
    assert found(asked)["instead"] == ""


@pytest.mark.parametrize(
    ("asked", "instead", "address"),
    [
        ("strech", "stretch", WALL),
        ("pharmasist", "pharmacist", "/guide/ease-a-cramp/#heat-cold--later"),
        ("loosen the shets", "loosen the sheets", TIP),
        ("kramp", "cramp", HEAT),
        ("charly hrose", "charley horse", HEAT),
    ],
)
def test_a_typo_finds_what_was_meant_and_says_so(asked: str, instead: str, address: str) -> None:
    page = found(asked)
    assert page["instead"] == instead
    assert address in addresses(asked)


@pytest.mark.parametrize("asked", ["sepsis", "soap", "fire", "hill"])
def test_another_word_is_no_typo_of_what_the_guide_says(asked: str) -> None:
    make.published(make.section("steps", title="Steps", body="Stop at each step. See the figure."))
    make.published(make.section("ill", title="When you are ill", body="Rest."))
    page = found(asked)
    assert (page["instead"], page["count"]) == ("", 0)


@pytest.mark.parametrize(("asked", "instead"), [("haet", "heat"), ("shose", "shoes")])
def test_two_letters_that_changed_places_are_put_back(asked: str, instead: str) -> None:
    assert found(asked)["instead"] == instead


def test_what_is_called_exactly_so_comes_first() -> None:
    for number in range(4):
        body = "Heat and cold. " * 20
        more = make.section(f"more-{number}", title="More on heat and cold", body=body)
        make.published(more)
    assert hits("heat and cold")[0]["address"] == HEAT
    assert hits("Héat AND cold!")[0]["address"] == HEAT


def test_a_word_in_the_title_weighs_more_than_in_the_text() -> None:
    make.published(make.section("soles", title="Soles", body="For your feet."))
    assert [hit["address"] for hit in hits("soles")] == ["/guide/ease-a-cramp/#soles", SHOES]


@pytest.mark.parametrize("asked", ["charley horse", "a Charley-horse at night", "jumping muscles"])
def test_the_words_of_people_find_what_the_guide_calls_otherwise(asked: str) -> None:
    assert HEAT in addresses(asked)
    assert found(asked)["about_cramp"]


def test_a_synonym_may_mean_several_things_and_counts_once_it_is_published() -> None:
    assert addresses("trainers") == {SHOES}
    draft = make.synonym("brolly", words="brolly", means="shoes")
    assert addresses("brolly") == set()
    make.published(draft)
    assert addresses("brolly") == {SHOES}


def test_what_was_found_is_marked_and_nothing_else_is_markup() -> None:
    odd = '<script>alert("x")</script> & \x02bold\x03 {emergency} zebra'
    make.published(make.section("odd", title=odd[:80], in_short="Zebra <b>stripes</b>.", body=odd))
    (hit,) = hits("zebras")
    assert hit["passage_html"].startswith("<mark>Zebra</mark> ")
    text = hit["title_html"] + hit["passage_html"]
    assert set(re.findall("<[^>]*>?", text)) == {"<mark>", "</mark>"}
    assert text.count("<mark>") == text.count("</mark>")
    assert "&amp; bold" in text
    assert not {"\x02", "\x03", "{"} & set(text)


def test_what_has_all_of_the_words_is_found_or_else_what_has_some() -> None:
    assert found("sheets feet")["has_all"]
    page = found("sheets pharmacist")
    assert not page["has_all"]
    assert page["count"] == 2
    assert found("why do I need the sheets at my feet?")["has_all"]


@pytest.mark.parametrize(
    ("asked", "level"),
    [
        ("clot", "urgent"),
        ("clots", "urgent"),
        ("clott", "urgent"),
        ("is this a blood clot or a cramp in my calf", "urgent"),
        ("qqqq xxyyzz clot", "urgent"),
        ("it woke me " * 15 + "and there is a clot", "urgent"),
        ("can't feel my toes", "urgent"),
        ("I can’t even feel them", "urgent"),
        ("numbness", "emergency"),
        ("nmb", "emergency"),
        ("cheast pain", "emergency"),
        ("CHEST", "emergency"),
    ],
)
def test_a_word_that_warns_puts_its_care_card_on_top_whatever_else_is_found(
    asked: str, level: str
) -> None:
    page = found(asked)
    assert page["warns"]
    assert [card["level"] for card in page["care_cards"]] == [level]


def test_two_warnings_show_the_more_urgent_card_first() -> None:
    cards = found("clot and chest pain")["care_cards"]
    assert [card["level"] for card in cards] == ["emergency", "urgent"]


@pytest.mark.parametrize("asked", ["cramp", "feel the heat", "can I use heat", "shoes", "sheets"])
def test_ordinary_words_do_not_warn(asked: str) -> None:
    assert not found(asked)["warns"]


def test_it_warns_even_when_the_signs_are_not_live() -> None:
    make.published(make.warning("fire", words="fire", level="doctor"))
    page = found("fire")
    assert page["warns"]
    assert page["care_cards"] == []


def test_only_what_is_published_is_found() -> None:
    draft = make.section("draft", title="Quokka")
    assert addresses("quokka") == set()
    make.published(draft)
    assert addresses("quokka") == {"/guide/ease-a-cramp/#draft"}
    draft.title = "Wombat"
    draft.save()
    assert addresses("wombat") == set()


def test_no_more_than_a_few_of_each_group_until_a_reader_asks_for_more() -> None:
    for number in range(9):
        make.published(make.section(f"yak-{number}", title=f"Yak {number}"))
    page = found("yak")
    assert (page["count"], page["has_more"], page["only"]) == (6, True, "")
    page = search(live(), "yak", "read")
    assert (page["count"], page["has_more"], page["only"]) == (9, False, "read")
    assert search(live(), "yak", "answers")["count"] == 0
    assert search(live(), "yak", "nowhere")["count"] == 6


@pytest.mark.parametrize(
    "asked",
    [
        "",
        "   ",
        '"',
        "'",
        "\\",
        "\x00",
        "cramp\x00heat",
        '"cramp',
        "cramp OR",
        "AND NOT NEAR",
        "NEAR(cramp heat, 2)",
        "cramp*",
        "*",
        "-cramp",
        "^cramp",
        "title:cramp",
        "{title} : cramp",
        "a & b | !c <-> d:*",
        "%s %(some)s {0}",
        "' OR 1=1; --",
        "<mark>",
        "\ud800",
        "🦵🌙",
        "ñ ﬁ ß İ",
        "مرحبا 你好",
        "a" * 10_000,
        "cramp " * 500,
        "q " * 200,
        "x_y_z",
        "1.5 10/20 3-4",
    ],
)
def test_nothing_that_is_typed_is_an_error(asked: str) -> None:
    page = found(asked)
    assert len(page["asked"]) <= 200
    assert page["count"] >= 0


def test_letters_that_stand_for_several_words_are_not_more_work_than_letters(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    looked_at: list[int] = []

    def levels(_: Lexicon, typed: Sequence[str]) -> set[str]:
        looked_at.append(len(typed))
        return set()

    monkeypatch.setattr(Lexicon, "levels", levels)
    for asked in ("a " * LONGEST, "\ufdfa" * LONGEST):
        search(live(), asked)
    assert looked_at == [LONGEST // 2] * 2
