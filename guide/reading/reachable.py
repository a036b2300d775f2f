"""What a reader can reach of the live guide, in its order, and where."""

from __future__ import annotations

from collections.abc import Collection, Iterator

from django.db.models import Q
from django.urls import reverse

from guide.models import Edition
from guide.pages.batched import batched
from guide.reading.asked import every, unit
from guide.reading.live import Live, current, names, rows_now

#: Editions that are held at once, each with all its rows.
AT_ONCE = 2000


def reachable(live: Live, *kinds: str) -> Iterator[Edition]:
    """Yield the live editions of some kinds that a reader can reach, in the guide's order.

    Kinds come in the order that they are given in, sections in the order of their articles.
    Every unit in them is named as it is today.
    """
    rows = live.of(*map(every, {*kinds, "article"})).order_by("order", "slug")
    of_kind: dict[str, list[tuple[int, str, str]]] = {kind: [] for kind in ("article", *kinds)}
    for pk, kind, slug, parent in rows.values_list("pk", "kind", "slug", "parent"):
        of_kind[kind].append((pk, slug, current("article", parent)))
    articles = {slug: place for place, (_, slug, _) in enumerate(of_kind["article"])}
    if "section" in of_kind:
        # A section can be live before its article is, but no reader can reach it then.
        reached = [section for section in of_kind["section"] if section[2] in articles]
        of_kind["section"] = sorted(reached, key=lambda section: articles[section[2]])
    pks = [pk for kind in kinds for pk, _, _ in of_kind[kind]]
    for some in batched(pks, AT_ONCE):
        found = {edition.pk: edition for edition in Edition.objects.filter(pk__in=some)}
        yield from (as_today(found[pk]) for pk in some)


def as_today(edition: Edition) -> Edition:
    """Return an edition in which every unit is named as it is today."""
    edition.rows, edition.parent = rows_now(edition), current("article", edition.parent)
    return edition


def above(live: Live, sections: Collection[tuple[str, str]]) -> Q:
    """Find the articles of sections, which may name them by a former address."""
    parents = live.of(*(unit("section", slug) for _, slug in sections)).values("parent")
    renamed = [new for (kind, _), new in names().items() if kind == "article"]
    return Q(kind="article") & (Q(slug__in=parents) | Q(slug__in=renamed))


#: Kinds that are read on one page for all: the page, and where on it.
_READ_ON = {
    "faq": ("faq", "{slug}"),
    "questionnaire": ("rules", "{slug}-rules"),
    "country": ("help", "numbers"),
}


def address(edition: Edition) -> str:
    """Return where readers find a live edition."""
    return address_of(edition.kind, edition.slug, edition.parent)


def address_of(kind: str, slug: str, parent: str) -> str:
    """Return where readers find a live unit."""
    if kind == "section":
        return f"{reverse('article', args=[parent])}#{slug}"
    if kind in _READ_ON:
        name, anchor = _READ_ON[kind]
        return f"{reverse(name)}#{anchor.format(slug=slug)}"
    return reverse(kind, args=[slug])
