"""Every list of the desk costs the same queries whatever its length: none is forgotten."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.contrib.admin import site
from django.contrib.auth.models import Group, User
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from guide.admin.articles import MOST_TO_FILTER
from guide.models import (
    UNITS,
    Edition,
    ExemptWord,
    Fault,
    PageCount,
    Question,
    Questionnaire,
    Rule,
    SafetyCase,
    SearchTerm,
    SignIn,
    Submission,
    Unit,
)
from guide.publishing.submissions import submit
from tests import make
from tests.admin.test_lists import MANY

#: More than two pages of the longest list, so that the links to pages are counted too.
ROWS = 201
#: No filter beside a list grows with it.
MOST_BYTES = 150_000


def _questionnaire(n: int) -> Questionnaire:
    made: Questionnaire = Questionnaire.objects.create(slug=f"q{n}", title="Q", intro="Q")
    return made


MORE: dict[type[Any], Callable[[int], object]] = {
    Edition: lambda n: make.published(make.caution(f"c{n}")),
    ExemptWord: lambda n: ExemptWord.objects.create(slug=f"w{n}", why="A name"),
    Fault: lambda n: Fault.objects.create(
        kind="faq", slug=f"f{n}", title="F", sort="words", said="long"
    ),
    Group: lambda n: Group.objects.create(name=f"g{n}"),
    PageCount: lambda n: PageCount.objects.create(page=f"/{n}/", day="2026-11-01", views=n),
    Question: lambda n: _questionnaire(n).questions.create(slug="a", text="A", label="A"),
    Rule: lambda n: _questionnaire(n).rules.create(slug="a"),
    SafetyCase: lambda n: _questionnaire(n).safety_cases.create(slug="a", story="S."),
    SearchTerm: lambda n: SearchTerm.objects.create(
        key=f"k{n}", term=f"t{n}", days=3, times=n, last_day="2026-11-01"
    ),
    SignIn: lambda n: SignIn.objects.create(name=f"n{n}", name_key="k", place="p"),
    Submission: lambda n: submit(make.caution(f"c{n}"), user=make.staff(f"editor{n}"), note="New"),
    User: lambda n: make.staff(f"editor{n}"),
}


def _add(model: type[Any], number: int) -> None:
    """Add a row, each as another person's: that is one more look-up if done a row at a time."""
    name = str(model._meta.model_name)
    if not issubclass(model, Unit):
        MORE[model](number)
        return
    unit = {**MANY, "synonym": _synonym, "warningword": _warning}[name](number)
    model.objects.filter(pk=unit.pk).update(edited_by=make.staff(f"editor{number}"))


def _synonym(number: int) -> Unit:
    return make.synonym(f"s{number}", words=f"word{number}")


def _warning(number: int) -> Unit:
    return make.warning(f"w{number}", words=f"word{number}")


@pytest.mark.parametrize("model", list(site._registry), ids=lambda model: model._meta.model_name)
def test_a_list_costs_the_same_queries_whatever_its_length(
    superuser: Client, model: type[Any]
) -> None:
    url = reverse(f"admin:{model._meta.app_label}_{model._meta.model_name}_changelist")

    def asked() -> int:
        with CaptureQueriesContext(connection) as seen:
            assert superuser.get(url).status_code == 200
        return len(seen)

    for number in range(2):
        _add(model, number)
    few = asked()
    for number in range(2, ROWS):
        _add(model, number)
    page: Any = superuser.get(url)
    assert page.context["cl"].result_count >= ROWS
    assert asked() == few <= 11
    assert len(page.content) < MOST_BYTES


def test_a_section_is_found_by_its_article_however_many_there_are(superuser: Client) -> None:
    url = reverse("admin:guide_section_changelist")
    for number in range(MOST_TO_FILTER + 1):
        make.section(f"s{number}", article=make.article(f"a{number}", title=f"Article {number}"))
        if number == 1:
            assert "By article" in superuser.get(url).content.decode()
    assert "By article" not in superuser.get(url).content.decode()
    found: Any = superuser.get(url, {"q": "Article 17"})
    assert [section.slug for section in found.context["cl"].result_list] == ["s17"]


def test_the_page_of_a_section_names_its_own_article_and_no_other(superuser: Client) -> None:
    """The others are searched: thousands in one select made half a megabyte."""
    make.article("another", title="Another article")
    section = make.section(article=make.article("its-own", title="Its own article"))
    page = superuser.get(reverse("admin:guide_section_change", args=[section.pk])).content.decode()
    assert "Its own article" in page
    assert "Another article" not in page


def test_a_search_asks_how_units_stand_only_for_those_on_the_page(superuser: Client) -> None:
    """A unit that is found in two of its tips is listed once all the same."""
    section = make.section()
    for slug in ("one", "two"):
        make.tip(section, slug, action="Warm the calf")
    with CaptureQueriesContext(connection) as seen:
        found: Any = superuser.get(reverse("admin:guide_section_changelist"), {"q": "calf"})
    assert [one.slug for one in found.context["cl"].result_list] == [section.slug]
    counts = [query["sql"] for query in seen if "COUNT(" in query["sql"] and "calf" in query["sql"]]
    assert counts
    assert not [sql for sql in counts if "live_version" in sql]


def test_every_kind_of_unit_has_a_list() -> None:
    assert set(UNITS) <= site._registry.keys()
