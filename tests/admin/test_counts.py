"""How pages do: staff read it, nobody writes it."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from guide.models import PageCount
from tests import make
from tests.admin.conftest import signed_in

LIST = reverse("admin:guide_pagecount_changelist")
LEAST = reverse("admin:guide_pagecount_least_useful")


def count(page: str, day: int = 25, **numbers: int) -> PageCount:
    return PageCount.objects.create(page=page, day=date(2026, 11, day), **numbers)


@pytest.mark.parametrize("group", ["Editors", "Publishers", "Clinical reviewers"])
def test_all_staff_read_how_pages_do_and_nobody_changes_it(db: None, group: str) -> None:
    client, row = signed_in(make.staff("edith", group)), count("/faq/", views=3, yes=1)
    listed = client.get(LIST)
    assert "/faq/" in listed.content.decode()
    assert LEAST in listed.content.decode()
    assert client.get(LEAST).status_code == 200
    assert client.get(reverse("admin:guide_pagecount_add")).status_code == 403
    assert client.get(reverse("admin:guide_pagecount_delete", args=[row.pk])).status_code == 403
    change = reverse("admin:guide_pagecount_change", args=[row.pk])
    assert client.post(change, {"views": 9}).status_code == 403


def test_staff_without_a_group_see_no_numbers(stranger: Client) -> None:
    assert stranger.get(LIST).status_code == 403
    assert stranger.get(LEAST).status_code == 403


def test_the_page_that_most_readers_find_useless_comes_first(editor: Client) -> None:
    count("/good/", yes=9, no=1)
    count("/bad/", day=24, yes=1, no=3)
    count("/bad/", day=25, no=2, views=7)
    count("/hardly-asked/", no=4)
    response: Any = editor.get(LEAST)
    rows = [(row["page"], row["percent_no"], row["all_views"]) for row in response.context["page"]]
    assert rows == [("/bad/", 83, 7), ("/good/", 10, 0)]


def test_pages_that_most_find_useful_can_be_left_out(editor: Client) -> None:
    count("/good/", yes=9, no=1)
    count("/half/", yes=3, no=3)
    response: Any = editor.get(LEAST, {"show": "no"})
    assert [row["page"] for row in response.context["page"]] == ["/half/"]


def test_a_long_list_of_pages_goes_on_with_what_was_asked_for(editor: Client) -> None:
    for number in range(60):
        count(f"/p{number}/", no=6)
    response: Any = editor.get(LEAST, {"show": "no"})
    assert len(response.context["page"]) == 50
    assert 'href="?show=no&amp;p=2"' in response.content.decode()
    assert len(editor.get(LEAST, {"show": "no", "p": "2"}).context["page"]) == 10
