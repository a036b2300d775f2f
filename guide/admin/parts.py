"""Parts with a page of their own: reached from their unit's page, published with it."""

from __future__ import annotations

from typing import Any

from django.contrib.admin.utils import unquote
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect

from guide.admin.desk import DeskAdmin
from guide.admin.listing import Tool, page_of
from guide.publishing.hands import sign


class PartAdmin(DeskAdmin):
    """A new part is first given its name and place; its own page then has the rest."""

    #: The field that names the unit, and those that a new part starts with.
    parent: str
    starts_with: tuple[str, ...] = ()

    def has_module_permission(self, request: HttpRequest) -> bool:
        """Keep the front page to units."""
        return False

    def get_fields(self, request: HttpRequest, obj: Any = None) -> Any:
        if obj:
            return super().get_fields(request, obj)
        return (self.parent, "slug", *self.starts_with)

    def get_inlines(self, request: HttpRequest, obj: Any) -> Any:
        return super().get_inlines(request, obj) if obj else ()

    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> Any:
        """Name and place never change: they are the part's key."""
        return (self.parent, "slug") if obj else ()

    def tools(self, part: Any) -> list[Tool]:
        """Return the pages of its unit that show this part at work."""
        return []

    def render_change_form(
        self, request: HttpRequest, context: dict[str, Any], *args: Any, **kwargs: Any
    ) -> HttpResponse:
        if part := kwargs.get("obj"):
            unit = part.unit
            context |= {"unit": unit, "unit_url": page_of(unit), "tools": self.tools(part)}
        return super().render_change_form(request, context, *args, **kwargs)

    def response_post_save_add(self, request: HttpRequest, obj: Any) -> HttpResponseRedirect:
        return HttpResponseRedirect(page_of(obj))

    def response_post_save_change(self, request: HttpRequest, obj: Any) -> HttpResponseRedirect:
        return HttpResponseRedirect(page_of(obj.unit))

    def delete_model(self, request: HttpRequest, obj: Any) -> None:
        super().delete_model(request, obj)
        sign(obj.unit, request.user)

    def delete_view(
        self, request: HttpRequest, object_id: str, extra_context: Any = None
    ) -> HttpResponse:
        """Delete a part, then go back to its unit."""
        part = self.get_object(request, unquote(object_id))
        response = super().delete_view(request, object_id, extra_context)
        if part and isinstance(response, HttpResponseRedirect):
            return HttpResponseRedirect(page_of(part.unit))
        return response
