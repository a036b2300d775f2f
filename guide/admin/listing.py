"""Where rows are edited, how they are searched, and how a page lists those with a page of their
own."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any, NamedTuple

from django.contrib import admin
from django.http import HttpRequest
from django.urls import reverse

from guide.models import Part, Unit

if TYPE_CHECKING:
    from django.db.models import QuerySet

    ModelAdmin = admin.ModelAdmin[Any]
else:
    ModelAdmin = object

#: Of what is searched for, so many characters count.
LONGEST_SEARCH = 200


class SearchedAdmin(ModelAdmin):
    """A list that is searched, by who pastes a whole page into the box too.

    Django asks for each word, and of a thousand words SQLite says that this is too deep.
    """

    def get_search_results(
        self, request: HttpRequest, queryset: QuerySet[Any], search_term: str
    ) -> tuple[QuerySet[Any], bool]:
        return super().get_search_results(request, queryset, search_term[:LONGEST_SEARCH])


def page_of(row: Part | Unit) -> str:
    """Return the address of the page where a row is edited."""
    return reverse(f"admin:guide_{row._meta.model_name}_change", args=[row.pk])


class Tool(NamedTuple):
    """A page that units of one kind have: its name in addresses, its words, its address."""

    name: str
    words: str
    url: str


class Listing(NamedTuple):
    """Rows with a page of their own, listed on the page of the unit they belong to.

    The first cell of a row is its link.
    """

    title: str
    columns: Sequence[str]
    rows: Sequence[tuple[str, Sequence[object]]]
    add_words: str = ""
    add_url: str = ""
    nothing: str = "None yet."
