"""Kinds of units in lists that hold several: which of them who asks may see, and their names."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.contrib import admin
from django.http import HttpRequest

from guide.models import UNIT_BY_KIND

if TYPE_CHECKING:
    from django.db.models import QuerySet


def kinds_seen(request: HttpRequest) -> list[str]:
    """Return the kinds of units that who asks may see."""
    return [
        kind
        for kind, model in UNIT_BY_KIND.items()
        if request.user.has_perm(f"guide.view_{model._meta.model_name}")
    ]


def kind_words(kind: str) -> str:
    return str(UNIT_BY_KIND[kind]._meta.verbose_name).capitalize()


class KindFilter(admin.SimpleListFilter):
    """Cuts a list down to one kind. `field` is where its rows hold the kind."""

    title = "kind"
    parameter_name = "kind"
    field = "kind"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, str]]:
        return [(kind, kind_words(kind)) for kind in kinds_seen(request)]

    def queryset(self, request: HttpRequest, queryset: QuerySet[Any]) -> QuerySet[Any]:
        value = self.value()
        return queryset.filter(**{self.field: value}) if value else queryset
