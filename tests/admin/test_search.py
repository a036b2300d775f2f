"""Staff see which searches find nothing, and give them words that do."""

from __future__ import annotations

from datetime import date
from html import unescape

import pytest
from django.test import Client
from django.urls import reverse

from guide.models import SearchTerm, Synonym
from guide.reading.live import live
from guide.reading.search import search
from tests import make
from tests.admin.desk import press

LIST = reverse("admin:guide_searchterm_changelist")


@pytest.fixture
def terms(db: None) -> None:
    for key, term, found in [("a", "wobbly calves", False), ("b", "cramp", True), ("c", "", False)]:
        SearchTerm.objects.create(
            key=key, term=term, found=found, days=3, times=4, last_day=date(2026, 3, 1)
        )


@pytest.mark.usefixtures("terms")
def test_editors_see_only_terms_that_came_on_three_days(editor: Client) -> None:
    rows = editor.get(LIST).context["cl"].result_list
    assert {row.term for row in rows} == {"wobbly calves", "cramp"}


@pytest.mark.usefixtures("terms")
def test_nobody_makes_changes_or_deletes_one(superuser: Client) -> None:
    row = SearchTerm.objects.get(term="cramp")
    assert superuser.get(reverse("admin:guide_searchterm_add")).status_code == 403
    assert (
        superuser.post(reverse("admin:guide_searchterm_delete", args=[row.pk])).status_code == 403
    )
    change = reverse("admin:guide_searchterm_change", args=[row.pk])
    assert superuser.post(change, {"term": "x"}).status_code == 403


@pytest.mark.usefixtures("terms")
def test_a_term_without_result_becomes_a_synonym_in_one_step(publisher: Client) -> None:
    make.published(make.article())
    make.published(make.section(title="Cramp"))
    page = publisher.get(LIST).content.decode()
    assert page.count("Make a synonym") == 1
    link = unescape(page.split("Make a synonym")[0].rpartition('href="')[2].partition('"')[0])
    form = publisher.get(link).context["adminform"].form
    assert form.initial["words"] == "wobbly calves"
    data = {**form.initial, "means": "cramp"}
    assert publisher.post(link, data).status_code == 302
    made = Synonym.objects.get()
    assert search(live(), "wobbly calves")["count"] == 0
    press(publisher, made)
    assert search(live(), "wobbly calves")["count"] == 2
