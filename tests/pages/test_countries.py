from __future__ import annotations

from typing import Any

from guide.pages.countries import GENERIC, Country, fill, groups, plain, spoken


def country(slug: str, emergency: str, **own: Any) -> Country:
    values: Country = {
        "slug": slug,
        "name": slug.upper(),
        "is_default": slug == "us",
        "emergency": emergency,
        "urgent": "a nurse line",
        "urgent_number": "",
        "doctor": "doctor",
        "emergency_room": "the ER",
        "text_relay": "",
    }
    return {**values, **own}  # type: ignore[typeddict-item]


COUNTRIES = [
    country("us", "911"),
    country("gb", "999", doctor="GP", emergency_room="A&E"),
    country("ca", "911"),
]


def test_a_token_becomes_one_span_for_each_different_word() -> None:
    assert fill("<p>Call {emergency}.</p>", spoken(COUNTRIES)) == (
        '<p>Call <span data-in="us default ca">911</span><span data-in="gb">999</span>.</p>'
    )


def test_a_word_that_holds_everywhere_needs_no_span() -> None:
    assert fill("Call {urgent}.", spoken(COUNTRIES)) == "Call a nurse line."


def test_words_of_countries_are_escaped() -> None:
    assert "A&amp;E" in fill("Go to {emergency_room}.", spoken(COUNTRIES))
    odd = [country("us", "<script>")]
    assert fill("{emergency}", spoken(odd)) == "&lt;script&gt;"


def test_plain_text_gets_the_words_of_the_default_country() -> None:
    assert plain("Call {emergency} or a {doctor}.", COUNTRIES) == "Call 911 or a doctor."


def test_without_a_country_the_words_hold_everywhere() -> None:
    assert plain("Call {emergency}.", []) == "Call your emergency number."
    assert fill("Call {emergency}.", spoken([])) == "Call your emergency number."
    assert fill("Go to {emergency_room}.", GENERIC) == "Go to the nearest emergency department."


def test_without_a_default_country_nobody_is_left_without_a_number() -> None:
    # With spans alone, a reader who has not chosen would see none of them.
    assert fill("Call {emergency}.", spoken(COUNTRIES[1:])) == "Call your emergency number."


def test_other_braces_are_left_alone() -> None:
    assert fill("{unknown} {EMERGENCY} {", spoken(COUNTRIES)) == "{unknown} {EMERGENCY} {"


def test_countries_that_share_a_value_are_named_together() -> None:
    assert groups(COUNTRIES, lambda one: one["emergency"]) == [
        ("911", "us default ca"),
        ("999", "gb"),
    ]
