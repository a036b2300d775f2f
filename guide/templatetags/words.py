"""Country words, numbers and months in templates."""

from __future__ import annotations

import re
from datetime import date
from typing import Any

from django import template
from django.template.context import RequestContext
from django.utils.formats import date_format
from django.utils.html import conditional_escape
from django.utils.safestring import SafeString, mark_safe

from guide.pages.countries import GENERIC, Country, fill, groups

register = template.Library()


@register.filter
def in_words(text: str, words: dict[str, str] | None) -> SafeString:
    """Put country words in place of the tokens of a text or of safe HTML.

    Every page passes its `words`; error pages have none and get words that hold everywhere.
    """
    # Safe: the text is escaped unless it is HTML already, and the words are escaped spans.
    return mark_safe(fill(conditional_escape(text), words or GENERIC))  # noqa: S308


@register.simple_tag(takes_context=True)
def word(context: RequestContext, token: str) -> SafeString:
    """Say one country word, such as `{% word "emergency" %}`, on any page."""
    words: Any = context.get("words")
    return in_words(f"{{{token}}}", words)


@register.filter
def numbers(countries: list[Country], field: str) -> list[tuple[str, str]]:
    """Return each different number of a field with the countries it holds for."""
    found = groups(countries, lambda country: str(country[field]))  # type: ignore[literal-required]
    return [(number, names) for number, names in found if number]


@register.simple_block_tag
def lowered(content: SafeString, by: int) -> SafeString:
    """Lower the headings of a block, so that what is a page elsewhere can be a part of one."""
    return mark_safe(  # noqa: S308 (a block is HTML that was escaped already)
        re.sub(r"(?<=<h|/h)[1-6]\b", lambda level: str(int(level[0]) + by), content)
    )


@register.filter
def month(day: str) -> str:
    """Say the month of an ISO day: June 2026."""
    return date_format(date.fromisoformat(day), "F Y")
