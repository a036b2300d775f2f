"""Rows of editions into what a search knows, and words as it compares them."""

from __future__ import annotations

import pytest

from guide.pages.documents import documents, tip_anchor
from guide.pages.markup import slugged, to_html, to_text
from guide.pages.rows import RowData
from guide.pages.terms import phrases_of, root, words_of


def section(**fields: object) -> list[RowData]:
    row = {
        "slug": "heat-cold",
        "article": ["ease-a-cramp"],
        "title": "Heat and cold",
        "in_short": "Warm it.",
        "body": "Warm *it*.\n\n- One\n- Two\n\n| A | B |\n|---|---|\n| c | d |",
        "search_words": "hot bottle,\nicing",
    }
    return [RowData(model="guide.section", fields={**row, **fields})]


def test_a_document_is_plain_text_on_one_line_without_markup_or_tokens() -> None:
    (found,) = documents("section", section(body="Call **{emergency}** if 3 < 5 & it\x02hurts.\n"))
    assert found["body"] == "Warm it. Call your emergency number if 3 < 5 & it hurts."
    assert found["keywords"] == "hot bottle, icing"


def test_words_of_two_items_or_cells_do_not_run_together() -> None:
    (found,) = documents("section", section())
    assert found["body"].split() == ["Warm", "it.", "Warm", "it.", "One", "Two", *"ABcd"]


def test_what_has_no_page_has_no_documents() -> None:
    assert documents("caution", [RowData(model="guide.caution", fields={"slug": "a"})]) == []


def test_the_anchor_of_a_tip_is_never_one_of_a_heading() -> None:
    assert slugged("a -- b") == "a-b"
    assert 'id="heat-a-b"' in to_html("## A -- b", anchor="heat")
    assert tip_anchor("heat", "a-b") == "heat--a-b"


def test_text_of_markdown_has_its_signs_back() -> None:
    assert to_text("Salt & *pepper* <b>") == "Salt & pepper <b>"


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("Café NAÏVE", ["cafe", "naive"]),
        ("can't, can’t", ["can", "t", "can", "t"]),
        ("pee-color 10/20 x_y", ["pee", "color", "10", "20", "x", "y"]),
        ("", []),
        ("\x00\ud800 🦵", []),
    ],
)
def test_words_are_bare_and_in_lower_case(text: str, words: list[str]) -> None:
    assert words_of(text) == words


def test_phrases_stand_between_commas() -> None:
    assert phrases_of("Charley-horse, , spasm,") == [("charley", "horse"), ("spasm",)]


@pytest.mark.parametrize(
    "family",
    [
        ("stretch", "stretches", "stretched", "stretching"),
        ("ache", "aches", "aching", "achy"),
        ("cramp", "cramps", "cramped", "cramping"),
        ("run", "runs", "running"),
        ("baby", "babies"),
        ("numb", "numbness"),
        ("clot", "clots", "clotting", "clotted"),
        ("pee", "peeing"),
    ],
)
def test_a_word_and_its_forms_have_one_root(family: tuple[str, ...]) -> None:
    assert len(set(map(root, family))) == 1


def test_other_words_keep_a_root_of_their_own() -> None:
    words = ("leg", "calf", "clot", "cloth", "numb", "number", "chest", "pee", "peel", "as", "is")
    roots = set(map(root, words))
    assert len(roots) >= len(words) - 1  # numb and number: rather seen once too often
