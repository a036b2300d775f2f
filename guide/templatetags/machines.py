"""What a page tells machines: its name and its words as plain text, its picture, its data."""

from __future__ import annotations

import html
import json
from functools import cache
from urllib.parse import quote

from django import template
from django.conf import settings
from django.template.base import NodeList, Parser, Token
from django.template.context import Context
from django.templatetags.static import static
from django.utils.safestring import SafeString, mark_safe

from guide.pages import structured, titles

register = template.Library()
register.filter(titles.titled)
register.filter(titles.described)

#: Data in a page must not be able to end its script element.
_ESCAPES = {ord("<"): "\\u003C", ord(">"): "\\u003E", ord("&"): "\\u0026"}
SITE_IMAGE = "site"
#: What may stay as it is in a data: address, so that it compresses well.
SAFE_IN_DATA = "/:=,'"


@register.tag
def as_text(parser: Parser, token: Token) -> TextNode:
    """Keep what a block says as plain text under a name, to say it more than once."""
    _, name = token.split_contents()
    nodelist = parser.parse(("endas_text",))
    parser.delete_first_token()
    return TextNode(name, nodelist)


class TextNode(template.Node):
    def __init__(self, name: str, nodelist: NodeList) -> None:
        self.name, self.nodelist = name, nodelist

    def render(self, context: Context) -> SafeString:
        said = html.unescape(self.nodelist.render(context))
        context[self.name] = " ".join(said.split())
        return SafeString("")


@register.simple_tag
def share_image(slug: str = SITE_IMAGE, folder: str = "") -> str:
    """Return the path of the picture that stands for a page: its own, or that of the site."""
    name = f"{folder}{slug}"
    return static(f"share/{name if name in _drawn() else SITE_IMAGE}.png")


@cache
def _drawn() -> frozenset[str]:
    folder = settings.BASE_DIR / "static" / "share"
    found = (path.relative_to(folder).with_suffix("") for path in folder.rglob("*.png"))
    return frozenset(path.as_posix() for path in found)


@register.simple_tag
@cache
def icon_here(name: str) -> SafeString:
    """Return the address of an icon that stands in the page itself: one request less."""
    drawn = (settings.BASE_DIR / "static" / "icons" / f"{name}.svg").read_text(encoding="utf-8")
    # Quoted for a URL nothing is left that could end the attribute.
    written = quote(drawn.strip().replace('"', "'"), safe=SAFE_IN_DATA)
    return mark_safe(f"data:image/svg+xml,{written}")  # noqa: S308


@register.simple_tag(takes_context=True)
def structured_data(context: Context) -> SafeString:
    """Say what a page is, as JSON-LD. A page says more than its name by `described_as`."""
    page = {
        **(context.get("described_as") or structured.web_page()),
        "name": context["page_name"],
        "description": titles.described(context["page_description"]),
        "image": context["page_image"],
    }
    more = context.get("described_more") or ()
    about = structured.document(context["site"], context["page_path"], page, more)
    text = json.dumps(about, ensure_ascii=False, separators=(",", ":")).translate(_ESCAPES)
    return mark_safe(f'<script type="application/ld+json">{text}</script>')  # noqa: S308
