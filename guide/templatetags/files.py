"""What goes in and out as files, for the first page of the desk."""

from __future__ import annotations

from django import template
from django.template.context import Context

from guide.admin.files import Offer, offers

register = template.Library()


@register.simple_tag(takes_context=True)
def files(context: Context) -> list[Offer]:
    """Return what who asks may load and take away."""
    return offers(context["request"])
