"""Markdown of staff into safe HTML."""

from __future__ import annotations

import re
from html import unescape
from itertools import pairwise

import nh3
from markdown_it import MarkdownIt
from markdown_it.token import Token

_MARKDOWN = MarkdownIt("commonmark", {"html": False}).enable("table")
_TAGS = {
    *("p", "ul", "ol", "li", "strong", "em", "a", "h3", "h4", "blockquote", "br", "hr"),
    *("table", "thead", "tbody", "tr", "th", "td"),
}
_ATTRIBUTES = {"a": {"href"}, "h3": {"id"}, "h4": {"id"}, "ol": {"start"}}
_SCHEMES = {"https", "tel"}


def to_html(markdown: str, anchor: str = "") -> str:
    """Return safe HTML. Headings become h3 or h4; with `anchor` their ids begin with it."""
    tokens = _MARKDOWN.parse(markdown)
    seen: dict[str, int] = {}
    for token, inline in pairwise(tokens):
        if token.type == "heading_open":
            token.tag = _lower(token.tag)
            if anchor:
                token.attrSet("id", _unused(f"{anchor}-{slugged(_words(inline))}", seen))
        elif inline.type == "heading_close":
            inline.tag = _lower(inline.tag)
    html: str = _MARKDOWN.renderer.render(tokens, _MARKDOWN.options, {})
    return nh3.clean(
        html, tags=_TAGS, attributes=_ATTRIBUTES, url_schemes=_SCHEMES, link_rel=None
    ).strip()


def hrefs(markdown: str) -> list[str]:
    """Return where the links of a text lead, however they are written."""
    inline = (child for token in _MARKDOWN.parse(markdown) for child in token.children or ())
    return [str(child.attrGet("href")) for child in inline if child.type == "link_open"]


def to_text(markdown: str) -> str:
    """Return the words of a text without markup."""
    return unescape(nh3.clean(to_html(markdown), tags=set()))


def slugged(text: str) -> str:
    """Return text as part of an address: lower case, words joined by hyphens."""
    return "-".join(re.findall(r"[a-z0-9]+", text.lower())) or "part"


def _lower(tag: str) -> str:
    """The page has h1 and h2: a heading in prose starts at h3."""
    return "h4" if tag in {"h4", "h5", "h6"} else "h3"


def _words(inline: Token) -> str:
    return "".join(child.content for child in inline.children or ())


def _unused(name: str, seen: dict[str, int]) -> str:
    """Return a name that was not `seen`, which holds the last number that each name was given."""
    count, unused = seen.get(name, 1), name
    while unused in seen:
        count += 1
        unused = f"{name}-{count}"
    seen[name] = count
    seen.setdefault(unused, 1)
    return unused
