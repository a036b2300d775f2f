"""Where rows are edited, how they are searched, and how a page lists those with a page of their
own."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any, NamedTuple

from django.contrib import admin
from django.contrib.admin.options import IncorrectLookupParameters
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
    """A list that is searched and filtered, whatever somebody writes into its box and address."""

    def get_search_results(
        self, request: HttpRequest, queryset: QuerySet[Any], search_term: str
    ) -> tuple[QuerySet[Any], bool]:
        """Django asks for each word. Of a thousand, a page pasted whole, SQLite says: too deep."""
        return super().get_search_results(request, queryset, search_term[:LONGEST_SEARCH])

    def get_changelist_instance(self, request: HttpRequest) -> Any:
        """What is no value of a filter, such as the year 0, leads back to the whole list.

        Django minds that of most values, but of some only once it asks the database.
        """
        try:
            return super().get_changelist_instance(request)
        except (OverflowError, ValueError) as error:
            if not request.GET:
                raise
            raise IncorrectLookupParameters from error


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
