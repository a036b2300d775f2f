"""What a page asks of the database: a few questions, however many units there are."""

from __future__ import annotations

import re
from collections.abc import Callable
from copy import deepcopy
from functools import partial
from typing import Any

import pytest
import time_machine
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from guide.models import Edition, Unit
from guide.pages.rows import digest
from guide.reading.live import forget
from tests import make

pytestmark = pytest.mark.django_db

#: When nothing is kept, one of them is for the help for a cramp that every page carries, and on
#: a routine one for the easier stretches.
COLD = 5
FEWER = {"/guide/ease-a-cramp/": 4, "/stretches/": 4, "/search/?q=calf": 4}
LISTS = ["/", "/guide/", "/stretches/", "/stretches/?muscle=calf", "/routines/"]
PAGES = [
    "/guide/ease-a-cramp/",
    "/search/?q=calf",
    "/guide/?part=calf",
    "/guide/all/",
    "/stretches/wall-calf/",
    "/routines/short/",
    "/faq/",
    "/help/",
    "/about/",
    "/about/how-we-write/",
    "/about/sources/",
    "/about/sources/s01/",
    "/about/claims/",
    "/about/claims/c001/",
    "/about/changes/",
    "/offline/",
]
#: Pages of a reader's own routine: it is read from its link, and then put together.
OWN_COLD = 8
OWN = [
    "/routine/",
    "/routine/?s=wall-calf.20x2",
    "/routine/stretches/?s=wall-calf",
    "/cramp/card/?s=wall-calf",
    "/routine/evenings.ics?s=wall-calf",
]


def one_of_each() -> list[Edition]:
    """Publish one unit of each kind, each pointing to what it can point to."""
    caution, source, easier = make.caution(), make.source(), make.stretch("easy-calf")
    stretch = make.stretch(easier=easier)
    shell, section = make.article(), make.section("red-flags")
    tip = make.tip(section, stretch=stretch)
    tip.cautions.add(caution)
    tip.sources.add(source)
    section.stretches.add(stretch)
    stretch.cautions.add(caution)
    units: list[Unit] = [make.country(), caution, source, easier, stretch, shell, section]
    claim = make.claim()
    for row in (claim, section):
        row.sources.add(source)
    section.claims.add(claim)
    units += [make.routine(steps=[stretch]), make.faq(section=section), claim]
    return [make.published(unit) for unit in units]


def multiply(editions: list[Edition], count: int) -> None:
    """Publish copies of each unit until there are `count`."""
    Edition.objects.bulk_create(
        copied(edition, number) for edition in editions for number in range(1, count)
    )


def copied(edition: Edition, number: int) -> Edition:
    """The same unit under another slug, with a caution and a source of its own."""
    copy = deepcopy(edition)
    copy.pk, copy.slug = None, f"{edition.slug}-{number}"
    for row in copy.rows:
        fields = row["fields"]
        if row["model"] == f"guide.{edition.kind}":
            fields["slug"] = copy.slug
        elif edition.kind in fields:
            fields[edition.kind] = [copy.slug]
        for name, slug in (("cautions", "possible-clot"), ("sources", "s01")):
            if fields.get(name):
                fields[name] = [[f"{slug}-{number}"]]
    copy.digest = digest(copy.rows)
    return copy


def asked(client: Client, address: str) -> list[str]:
    with CaptureQueriesContext(connection) as queries:
        assert client.get(address).status_code == 200
    return [query["sql"] for query in queries]


@time_machine.travel("2026-11-25", tick=False)
def test_a_page_costs_the_same_few_queries_whatever_there_is(client: Client) -> None:
    """And none when it is kept."""

    def costs() -> dict[str, tuple[int, int]]:
        found = {}
        for address in LISTS + PAGES + OWN:
            forget()
            found[address] = (len(asked(client, address)), len(asked(client, address)))
        return found

    editions = one_of_each()
    one = costs()
    most = {page: FEWER.get(page, OWN_COLD if page in OWN else COLD) for page in one}
    assert {page: cost for page, cost in one.items() if cost[0] > most[page]} == {}
    assert {page: one[page] for page in LISTS + PAGES if one[page][1]} == {}
    assert {one[page][1] for page in OWN} == {0}
    multiply(editions, 300)
    assert costs() == one


@pytest.mark.parametrize("count", [1, 300])
def test_a_list_never_reads_the_rows_of_editions(client: Client, count: int) -> None:
    """But for the few stretches of the help for a cramp, which the page before has kept."""
    multiply(one_of_each(), count)
    for address in LISTS:
        forget()
        asked(client, "/about/")
        assert not [sql for sql in asked(client, address) if '"rows"' in sql], address


def test_the_column_of_rows_is_seen_where_it_is_read(client: Client) -> None:
    """Otherwise the test above would prove nothing."""
    one_of_each()
    assert [sql for sql in asked(client, "/guide/ease-a-cramp/") if '"rows"' in sql]


def test_cramp_now_costs_as_much_for_ten_stretches_as_for_one(client: Client) -> None:
    def cost() -> int:
        forget()
        return len(asked(client, "/cramp/"))

    make.published(make.stretch("first", moments=["cramp"]))
    one = cost()
    for number in range(9):
        make.published(make.stretch(f"more-{number}", moments=["cramp"]))
    assert cost() == one


@time_machine.travel("2026-11-25", tick=False)
def test_the_rules_of_ten_questionnaires_cost_as_much_as_of_one(client: Client) -> None:
    def cost() -> tuple[int, int]:
        forget()
        return len(asked(client, "/check/rules/")), len(asked(client, "/check/rules/"))

    editions = [*one_of_each(), make.published(make.questionnaire())]
    one = cost()
    assert one == (4, 0)
    multiply(editions, 10)
    assert cost() == one
    assert client.get("/check/rules/").content.count(b'<section class="flow" id="legs-') == 9


def test_the_copies_really_show(client: Client) -> None:
    """Otherwise the counts above would prove nothing."""
    multiply(one_of_each(), 300)
    assert client.get("/guide/ease-a-cramp/").content.count(b"red-flags-2") >= 100
    assert client.get("/stretches/").content.count(b"/stretches/wall-calf-") >= 299
    assert client.get("/guide/").content.count(b'<a href="/guide/ease-a-cramp-') == 9
    assert client.get("/faq/").content.count(b'id="can-i-use-heat-') == 299
    assert client.get("/guide/all/").content.count(b'id="stretch-wall-calf-') == 299


#: What has no more on it, however much more there is to read: sections in articles, as it grows.
BOUNDED = ["/", "/guide/", "/guide/?part=calf", "/stretches/", "/routines/", "/faq/", "/help/"]
BOUNDED += ["/about/", "/about/how-we-write/", "/about/changes/", "/check/rules/"]
BOUNDED += ["/about/sources/", "/about/sources/s01/", "/about/claims/", "/about/claims/c001/"]
BOUNDED += ["/guide/all/", "/guide/all/?page=2"]


def test_no_list_of_what_is_to_be_read_grows_by_what_is_published(client: Client) -> None:
    """Neither in bytes nor in rows that are read for it: twice as many are no more."""
    editions = [one for one in one_of_each() if one.kind in ("article", "section")]
    make.published(make.questionnaire())
    assert [one.kind for one in editions] == ["article", "section"]

    def costs() -> dict[str, tuple[int, int]]:
        found = {}
        for address in BOUNDED:
            forget()
            rows = _rows_read(partial(client.get, address))
            found[address] = (len(client.get(address).content) // 1000, rows)
        return found

    def add(numbers: range) -> None:
        for number in numbers:
            shell, section = (copied(edition, number) for edition in editions)
            section.parent = shell.slug
            Edition.objects.bulk_create([shell, section])

    add(range(100, 200))
    some = costs()
    add(range(200, 500))
    assert costs() == some


def _rows_read(do: Callable[[], object]) -> int:
    """Return how many rows the database hands out meanwhile."""
    asked: list[tuple[str, Any]] = []

    def note(execute: Any, sql: str, params: Any, many: bool, context: Any) -> Any:
        asked.append((sql, params))
        return execute(sql, params, many, context)

    with connection.execute_wrapper(note):
        do()
    with connection.cursor() as cursor:
        return sum(_rows_of(cursor, *one) for one in asked)


def _rows_of(cursor: Any, sql: str, params: Any) -> int:
    cursor.execute(sql, params)
    return len(cursor.fetchall())


def test_the_rest_of_a_long_index_is_on_its_other_pages(client: Client) -> None:
    multiply(one_of_each(), 25)
    pages = [client.get(f"/guide/?page={number}").content for number in (1, 2, 3)]
    found = [set(re.findall(rb'<h2><a href="(/guide/[^"]+)"', page)) for page in pages]
    assert [len(articles) for articles in found] == [10, 10, 5]
    assert len(set.union(*found)) == 25
    assert b'href="/guide/?page=2" rel="next"' in pages[0]
    assert b'href="/guide/" rel="prev"' in pages[1]
    assert b'rel="next"' not in pages[2]
    assert client.get("/guide/?page=4").status_code == 404


def test_the_rest_of_what_there_is_for_a_part_of_the_leg_is_on_its_other_pages(
    client: Client,
) -> None:
    shell, section = make.article(), make.section(places=["calf"])
    multiply([make.published(shell), make.published(section)], 25)
    pages = [client.get(f"/guide/?part=calf&page={number}").content for number in (1, 2)]
    found = [re.findall(rb'class="cover" href="/guide/[^#"]+#([^"]+)"', page) for page in pages]
    assert [len(sections) for sections in found] == [20, 5]
    assert len({section for sections in found for section in sections}) == 25
    assert b'href="/guide/?part=calf&amp;page=2#part" rel="next"' in pages[0]
    assert b'href="/guide/?part=calf#part" rel="prev"' in pages[1]
    assert client.get("/guide/?part=calf&page=3").status_code == 404


def test_the_rest_of_a_long_guide_to_print_is_on_its_other_pages(client: Client) -> None:
    """Help comes first, and each article once. What the others link to is on the first page."""
    multiply(one_of_each(), 45)
    pages = [client.get(f"/guide/all/?page={number}").content for number in (1, 2, 3)]
    found = [re.findall(rb'<h2 id="article-([^"]+)"', page) for page in pages]
    assert [len(articles) for articles in found] == [21, 20, 4]
    assert found[0][0] == b"ease-a-cramp"
    assert len({article for articles in found for article in articles}) == 45
    assert b'href="/guide/all/?page=2" rel="next"' in pages[0]
    assert b'href="/guide/all/" rel="prev"' in pages[1]
    assert b'rel="next"' not in pages[2]
    assert [page.count(b'id="stretch-wall-calf"') for page in pages] == [1, 0, 0]
    assert client.get("/guide/all/?page=4").status_code == 404


def test_a_short_index_speaks_of_no_other_pages(client: Client) -> None:
    one_of_each()
    for address in ("/guide/", "/guide/all/"):
        assert b'class="pager"' not in client.get(address).content


def test_a_browser_that_asks_for_news_costs_one_question(client: Client) -> None:
    one_of_each()
    assert len(asked(client, "/sw.js")) == 1


def test_healthz_asks_nothing(client: Client) -> None:
    assert asked(client, "/healthz") == []
