from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.contrib import admin
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from guide.models import (
    Questionnaire,
    Section,
    Unit,
)
from guide.publishing.press import publish, withdraw
from guide.publishing.submissions import submit
from tests import make

MANY: dict[str, Callable[[int], Unit]] = {
    "article": lambda n: make.article(f"a{n}", title=f"Article {n}"),
    "caution": lambda n: make.caution(f"c{n}"),
    "claim": lambda n: make.claim(f"c{n}"),
    "country": lambda n: make.country(f"c{n}"),
    "faq": lambda n: make.faq(
        f"f{n}", section=make.section(f"s{n}", article=make.article(f"a{n}"))
    ),
    "questionnaire": lambda n: Questionnaire.objects.create(slug=f"q{n}", title="Q", intro="Q"),
    "routine": lambda n: make.routine(f"r{n}", steps=[make.stretch(f"s{n}")]),
    "section": lambda n: make.section(f"s{n}", article=make.article(f"a{n}")),
    "source": lambda n: make.source(f"s{n}"),
    "stretch": lambda n: make.stretch(f"s{n}"),
}


def changelist(kind: str) -> str:
    return reverse(f"admin:guide_{kind}_changelist")


def queries(client: Client, url: str) -> list[str]:
    with CaptureQueriesContext(
        connection,
    ) as seen:
        assert client.get(url).status_code == 200
    return [query["sql"] for query in seen]


@pytest.mark.parametrize("kind", MANY)
def test_a_list_costs_the_same_queries_whatever_its_length(editor: Client, kind: str) -> None:
    """Each row is another person's, as that is one more look-up if it is done a row at a time."""

    def add(number: int) -> None:
        unit = MANY[kind](number)
        type(unit).objects.filter(pk=unit.pk).update(edited_by=make.staff(f"editor{number}"))
        make.published(unit) if kind != "questionnaire" else None

    add(0)
    one = queries(editor, changelist(kind))
    for number in range(1, 50):
        add(number)
    fifty = queries(editor, changelist(kind))
    assert len(fifty) == len(one)
    assert len(fifty) <= 9


def test_the_queue_costs_the_same_queries_whatever_its_length(editor: Client) -> None:
    def add(number: int) -> None:
        submit(make.caution(f"c{number}"), user=make.staff(f"editor{number}"), note="New")

    add(0)
    one = queries(editor, changelist("submission"))
    for number in range(1, 50):
        add(number)
    fifty = queries(editor, changelist("submission"))
    assert len(fifty) == len(one)
    assert len(fifty) <= 8
    assert not [sql for sql in fifty if '"guide_edition"."rows"' in sql]


def test_no_list_reads_the_rows_of_an_edition_or_a_hand(editor: Client) -> None:
    make.published(make.section())
    asked = queries(editor, changelist("section"))
    assert not [sql for sql in asked if '"rows"' in sql]


def test_a_plan_that_was_let_go_is_not_scheduled_any_more(editor: Client) -> None:
    section = make.section()
    publish(section, live_from=timezone.now() + timedelta(hours=1))
    publish(section)
    response: Any = editor.get(changelist("section"))
    assert [unit.status for unit in response.context["cl"].result_list] == ["published"]


def test_the_list_of_editions_loads_no_rows(editor: Client) -> None:
    make.published(make.section())
    url = changelist("edition")
    one = queries(editor, url)
    for number in range(49):
        make.published(make.caution(f"c{number}"))
    fifty = queries(editor, url)
    assert len(fifty) == len(one)
    assert not [sql for sql in fifty if '"guide_edition"."rows"' in sql]


@pytest.fixture
def one_of_each(db: None) -> dict[str, Section]:
    """A section in each status."""
    names = ("draft", "published", "changed", "scheduled", "waiting", "withdrawn")
    sections = {name: make.section(name, title=name) for name in names}
    for name in ("published", "changed", "withdrawn"):
        publish(sections[name])
    sections["changed"].save()
    publish(sections["scheduled"], live_from=timezone.now() + timedelta(hours=1))
    submit(sections["waiting"], user=make.staff("ann"), note="New")
    withdraw(sections["withdrawn"], message="Old")
    return sections


def test_the_list_tells_how_each_unit_stands(
    editor: Client, one_of_each: dict[str, Section]
) -> None:
    response: Any = editor.get(changelist("section"))
    assert {unit.slug: unit.status for unit in response.context["cl"].result_list} == {
        name: name for name in one_of_each
    }
    assert "Changed since published" in response.content.decode()


@pytest.mark.parametrize(
    "status", ["draft", "published", "changed", "scheduled", "waiting", "withdrawn"]
)
def test_the_list_can_be_cut_down_to_a_status(
    editor: Client, one_of_each: dict[str, Section], status: str
) -> None:
    response: Any = editor.get(changelist("section"), {"status": status})
    assert [unit.slug for unit in response.context["cl"].result_list] == [status]


@pytest.mark.parametrize("kind", MANY)
def test_every_list_can_be_searched_and_sorted_by_any_column(editor: Client, kind: str) -> None:
    MANY[kind](0)
    columns = len(editor.get(changelist(kind)).context["cl"].list_display)
    for column in range(1, columns + 1):
        response: Any = editor.get(changelist(kind), {"q": "zzz", "o": f"-{column}"})
        assert response.context["cl"].result_count == 0
    assert editor.get(changelist(kind), {"o": "1"}).context["cl"].result_count == 1


@pytest.mark.parametrize(
    "model", [m for m, desk in admin.site._registry.items() if desk.search_fields]
)
def test_a_whole_page_pasted_into_a_search_is_no_error(superuser: Client, model: Any) -> None:
    address = reverse(f"admin:{model._meta.label_lower.replace('.', '_')}_changelist")
    assert superuser.get(address, {"q": "a " * 2000}).status_code == 200


@pytest.mark.parametrize(
    ("kind", "query"),
    [
        ("signin", {"at__year": "99999999999"}),
        ("signin", {"at__year": "9999"}),
        ("edition", {"live_from__year": "0"}),
        ("edition", {"number": "9" * 30}),
        ("pagecount", {"day": "x"}),
    ],
)
def test_what_is_no_value_of_a_filter_is_no_error(
    superuser: Client, kind: str, query: dict[str, str]
) -> None:
    assert superuser.get(changelist(kind), query, follow=True).status_code == 200


def test_an_article_lists_its_sections_in_order_with_links(editor: Client) -> None:
    article = make.article()
    last = make.section("last", title="Last", order=20)
    first = make.section("first", title="First", order=10)
    make.section("elsewhere", title="Elsewhere", article=make.article("other"))
    publish(first)
    page = editor.get(reverse("admin:guide_article_change", args=[article.pk]))
    (listing,) = page.context["listings"]
    assert [cells for _, cells in listing.rows] == [
        ("First", 10, "Published"),
        ("Last", 20, "Draft"),
    ]
    for section in (first, last):
        assert reverse("admin:guide_section_change", args=[section.pk]) in page.content.decode()


def test_a_section_is_added_from_its_article(editor: Client) -> None:
    article = make.article()
    (listing,) = editor.get(reverse("admin:guide_article_change", args=[article.pk])).context[
        "listings"
    ]
    assert listing.add_words == "Add a section"
    form = editor.get(listing.add_url).context["adminform"].form
    assert str(form["article"].value()) == str(article.pk)
