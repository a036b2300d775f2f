"""What needs somebody's hand, for the first page of the desk."""

from __future__ import annotations

from typing import Any

from django import template
from django.template.context import Context

from guide.admin import upkeep

register = template.Library()


@register.simple_tag(takes_context=True)
def board(context: Context) -> dict[str, Any]:
    """Return what there is to do for who asks, and when somebody last looked for faults."""
    return upkeep.board(context["request"])
