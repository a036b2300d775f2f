"""What every page of the site shows around its own words."""

from __future__ import annotations

from typing import Any

from django import template
from peer.models import Foot
from wagtail.models import Page, Site

register = template.Library()


@register.simple_tag(takes_context=True)
def site_root(context: dict[str, Any]) -> Page:
    return Site.find_for_request(context["request"]).root_page


@register.inclusion_tag("parts/menu.html", takes_context=True)
def menu(context: dict[str, Any], root: Page, here: Page) -> dict[str, Any]:
    items = root.get_children().live().in_menu()
    for item in items:
        item.active = here.url_path.startswith(item.url_path)
    return {"items": items, "request": context["request"]}


@register.inclusion_tag("parts/way.html", takes_context=True)
def way(context: dict[str, Any]) -> dict[str, Any]:
    here = context["self"]
    above = Page.objects.ancestor_of(here, inclusive=True).filter(depth__gt=1)
    return {"above": above, "request": context["request"]}


@register.inclusion_tag("parts/foot_words.html")
def foot_words() -> dict[str, Any]:
    foot = Foot.objects.filter(live=True).first()
    return {"words": foot.words if foot else ""}
