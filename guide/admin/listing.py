"""Where rows are edited, and how a page lists those that have a page of their own."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from django.urls import reverse

from guide.models import Part, Unit


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
