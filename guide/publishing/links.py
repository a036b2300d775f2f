"""Links in prose: which units they lead to, and whether readers get there."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from typing import NamedTuple

from django.urls import Resolver404, resolve
from django.utils import timezone

from guide.models import Edition, Moved, Names
from guide.pages.markup import hrefs, to_html
from guide.pages.prose import prose_fields
from guide.pages.rows import RowData, fields_of
from guide.publishing.references import Name, called, ever_public, public
from guide.publishing.refusal import Refusal

#: What markup.py lets through besides the addresses of this guide.
_ELSEWHERE = ("https://", "tel:")
#: The units that pages are of, and those that their anchors name, by the name of the address.
_PAGES = {
    "article": "article",
    "check": "questionnaire",
    "claim": "claim",
    "routine": "routine",
    "source": "source",
    "stretch": "stretch",
}
_ANCHORS = {"article": "section", "faq": "faq"}


class Link(NamedTuple):
    """A link within this guide. `row` is the place of the row it stands in."""

    row: int
    field: str
    address: str


def links(rows: Sequence[RowData]) -> Iterator[Link]:
    """Yield the links in the prose of rows, without those to other sites."""
    for number, row in enumerate(rows):
        for field in prose_fields(row["model"].removeprefix("guide.")):
            for address in _addresses(row["fields"].get(field) or ""):
                yield Link(number, field, address)


def _addresses(markdown: str) -> list[str]:
    if "](" not in markdown and "]: " not in markdown and "<" not in markdown:
        return []  # most texts have no link, and need not be parsed
    return [href for href in hrefs(markdown) if not href.startswith(_ELSEWHERE)]


def leads_to(address: str, moved: Names) -> list[Name]:
    """Return the units that must be public for an address to answer: of the page, of the anchor.

    They are called as they are today: a former address leads on. Raises Resolver404 for an
    address that this guide does not have.
    """
    path, _, anchor = address.partition("#")
    match = resolve(path.partition("?")[0])
    page, slug = match.url_name or "", match.kwargs.get("slug", "")
    found = [(_PAGES[page], slug)] if page in _PAGES else []
    found += [(_ANCHORS[page], anchor)] if anchor and page in _ANCHORS else []
    return [(kind, moved.get((kind, name), name)) for kind, name in found]


def linked(rows: Sequence[RowData], moved: Names) -> set[Name]:
    """Return the units that the prose of rows leads to."""
    return {name for link in links(rows) for name in _known(link.address, moved)}


def links_to(markdown: str, unit: Name, moved: Names) -> bool:
    """Tell whether a text leads to a unit."""
    return any(unit in _known(address, moved) for address in _addresses(markdown))


def _known(address: str, moved: Names) -> list[Name]:
    try:
        return leads_to(address, moved)
    except Resolver404:
        return []


def broken_links(rows: Sequence[RowData], beside: Collection[Name]) -> Iterator[Refusal]:
    """Yield the links that would not answer, once what is pressed `beside` is public."""
    found, moved = list(links(rows)), Moved.objects.names()
    wanted = {name for link in found for name in _known(link.address, moved)} - {*beside}
    seen = public(wanted, moved)
    gone = ever_public(wanted - seen.keys())
    for link in found:
        try:
            why = _why_broken(leads_to(link.address, moved), wanted, seen, gone)
        except Resolver404:
            why = "this guide has no such address"
        if why:
            said = f"The link to {link.address} is broken: {why}."
            yield Refusal(said, link.row, link.field)


def _why_broken(
    names: Sequence[Name], wanted: set[Name], seen: Mapping[Name, str], gone: set[Name]
) -> str:
    for name in names:
        if name in wanted and name not in seen:
            if name[0] == "section" and _is_heading(names[0][1], name[1]):
                continue
            why = "was withdrawn" if name in gone else "is not public"
            return f"the {called(name)} {why}"
    for kind, slug in names[1:]:
        article = seen.get((kind, slug))
        if article and kind == "section" and article != names[0][1]:
            return f"the {called((kind, slug))} is in the article “{article}”"
    return ""


def _is_heading(article: str, anchor: str) -> bool:
    """Tell whether an anchor is that of a heading within a section that readers see."""
    for section in Edition.objects.live(timezone.now()).filter(kind="section", parent=article):
        if anchor.startswith(f"{section.slug}-"):
            (fields,) = fields_of(section.rows, "guide.section")
            if f'id="{anchor}"' in to_html(fields["body"], anchor=section.slug):
                return True
    return False
