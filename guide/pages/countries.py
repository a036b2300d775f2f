"""Numbers and words of countries in place of tokens such as {emergency}.

A page is the same bytes for everyone, so the words of all countries are in it, each in a
span that says for which countries it holds; a stylesheet shows one (static/js/site.js).
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from html import escape
from typing import TypedDict

#: What each token says when no country is published: true everywhere.
GENERIC = {
    "emergency": "your emergency number",
    "urgent": "your doctor or an urgent care line",
    "doctor": "doctor",
    "emergency_room": "the nearest emergency department",
}
_TOKEN = re.compile(rf"\{{({'|'.join(GENERIC)})\}}")


class Country(TypedDict):
    """One country's words. `urgent_number` and `text_relay` may be empty."""

    slug: str
    name: str
    is_default: bool
    emergency: str
    urgent: str
    urgent_number: str
    doctor: str
    emergency_room: str
    text_relay: str


def spoken(countries: Sequence[Country]) -> dict[str, str]:
    """Return for each token the HTML that holds the words of all countries."""
    return {token: _spans(token, countries) for token in GENERIC}


def fill(html: str, words: dict[str, str]) -> str:
    """Replace the tokens in HTML by the words that `spoken` returned."""
    return _TOKEN.sub(_by(words), html) if "{" in html else html


def plain(text: str, countries: Sequence[Country]) -> str:
    """Replace the tokens in plain text by the words of the default country."""
    default = next((dict(country) for country in countries if country["is_default"]), {})
    return _TOKEN.sub(
        _by({token: str(default.get(token) or GENERIC[token]) for token in GENERIC}), text
    )


def groups(countries: Sequence[Country], value: Callable[[Country], str]) -> list[tuple[str, str]]:
    """Return each different value with the countries it holds for, as `data-in` names them.

    The default country is named `default` as well.
    """
    found: dict[str, list[str]] = {}
    for country in countries:
        names = [country["slug"], "default"] if country["is_default"] else [country["slug"]]
        found.setdefault(value(country), []).extend(names)
    return [(words, " ".join(names)) for words, names in found.items()]


def _spans(token: str, countries: Sequence[Country]) -> str:
    found = groups(countries, lambda country: str(country[token]))  # type: ignore[literal-required]
    if not any("default" in names.split() for _, names in found):
        return escape(GENERIC[token])
    if len(found) == 1:
        return escape(found[0][0])
    return "".join(f'<span data-in="{names}">{escape(words)}</span>' for words, names in found)


def _by(words: dict[str, str]) -> Callable[[re.Match[str]], str]:
    return lambda match: words[match[1]]
