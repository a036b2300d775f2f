"""What is kept goes on to the next state of the guide only where nothing of it has changed."""

from __future__ import annotations

from typing import Any

import pytest
import time_machine
from django.test import Client

from guide import kept_pages
from guide.models import Edition
from guide.pages.rows import digest
from guide.reading.addresses import all_addresses
from guide.reading.keeping import kept
from guide.reading.live import Live, forget, live

pytestmark = pytest.mark.django_db

ARTICLE = "/guide/ease-a-cramp/"
MORE = ["/guide/all/", "/search/?q=calf", "/stretches/?muscle=calf", "/offline/", "/about/changes/"]
#: The field that names a unit.
NAMES = ("title", "name", "question", "text", "words")


def another(kind: str, slug: str = "", **changes: Any) -> Edition:
    """Publish a live unit of a kind anew, as another process would, under a longer name."""
    units = Edition.objects.live(live().now).filter(kind=kind)
    edition = (units.filter(slug=slug) if slug else units).first()
    assert edition
    fields = edition.rows[0]["fields"]
    name = next(name for name in NAMES if name in fields)
    fields[name] += " anew"
    edition.title += " anew"
    edition.digest = digest(edition.rows)
    for column, value in changes.items():
        setattr(edition, column, value)
    edition.pk, edition.number = None, edition.number + 1
    Edition.objects.bulk_create([edition])
    return edition


@pytest.mark.parametrize("changes", [{}, {"withdrawn": True}], ids=["changed", "withdrawn"])
@pytest.mark.parametrize(
    "kind",
    [
        *("article", "section", "stretch", "routine", "faq", "source", "caution", "claim"),
        *("country", "questionnaire", "synonym", "warningword"),
    ],
)
def test_every_page_reads_as_if_nothing_had_been_kept(
    client: Client, guide: list[Edition], kind: str, changes: dict[str, Any]
) -> None:
    addresses = [address.path for address in all_addresses(live())]
    # A sample of the many, and all that stand alone.
    addresses = [*addresses[:25], *addresses[25::8], *MORE]
    with time_machine.travel("2027-01-01", tick=False) as clock:
        for address in addresses:
            client.get(address)
        another(kind, **changes)
        clock.shift(0.6)
        after = {address: client.get(address).content for address in addresses}
        forget()
        assert [a for a in addresses if client.get(a).content != after[a]] == []


def made_anew(client: Client, address: str, kind: str, slug: str = "", **changes: Any) -> bool:
    """Tell whether a page was made anew as something was published."""
    with time_machine.travel("2027-01-01", tick=False) as clock:
        client.get(address)
        another(kind, slug, **changes)
        clock.shift(0.6)
        before = kept_pages.shelf.misses
        client.get(address)
        return kept_pages.shelf.misses > before


@pytest.mark.parametrize(
    ("kind", "slug"),
    [("faq", ""), ("routine", ""), ("questionnaire", "legs"), ("section", "minerals")],
)
def test_a_page_stays_while_something_else_is_published(
    client: Client, guide: list[Edition], kind: str, slug: str
) -> None:
    assert not made_anew(client, ARTICLE, kind, slug)


@pytest.mark.parametrize(
    ("kind", "slug"),
    [
        ("article", "ease-a-cramp"),
        ("section", "heat-cold"),
        ("section", "red-flags"),
        ("caution", "numb-skin"),
        ("source", "s01"),
        ("stretch", ""),
        ("country", ""),
    ],
)
def test_a_page_is_made_anew_when_what_it_shows_is(
    client: Client, guide: list[Edition], kind: str, slug: str
) -> None:
    assert made_anew(client, ARTICLE, kind, slug)


def test_a_section_that_moves_is_missed_in_one_article_and_seen_in_the_other(
    client: Client, guide: list[Edition]
) -> None:
    assert made_anew(client, ARTICLE, "section", "heat-cold", parent="night-routine")
    forget()
    other = "/guide/night-routine/"
    assert made_anew(client, other, "section", "heat-cold", parent="night-routine")


def test_what_is_kept_by_way_of_something_kept_goes_with_it(guide: list[Edition]) -> None:
    """A second one that comes to what the first has made is made of the same."""
    made = []

    @kept
    def within(live: Live) -> int:
        return live.of(("faq",)).count()

    @kept
    def around(live: Live, name: str) -> int:
        made.append(name)
        return within(live)

    around(live(), "one")
    around(live(), "two")
    another("routine")
    around(live(), "one")
    around(live(), "two")
    assert made == ["one", "two"]
    another("faq")
    around(live(), "one")
    around(live(), "two")
    assert made == ["one", "two", "one", "two"]


def test_when_much_changes_at_once_nothing_is_told_apart(
    client: Client, guide: list[Edition], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("guide.reading.live.CHANGES_TOLD_APART", 0)
    assert made_anew(client, ARTICLE, "faq")
