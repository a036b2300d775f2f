"""Links that writers set in prose lead to pages and anchors that exist."""

from __future__ import annotations

import re

from django.urls import Resolver404, resolve

from tests.content.conftest import Fixtures

LINK = re.compile(r"\]\(([^)\s]+)\)")


def test_every_link_in_prose_leads_to_a_page_and_an_anchor(fixtures: Fixtures) -> None:
    links = [
        (row.name, link)
        for row in fixtures
        for value in row.fields.values()
        if isinstance(value, str)
        for link in LINK.findall(value)
    ]
    assert len(links) > 50
    assert [(name, link) for name, link in links if not leads_somewhere(link, fixtures)] == []


def leads_somewhere(link: str, fixtures: Fixtures) -> bool:
    path, _, anchor = link.partition("#")
    try:
        match = resolve(path)
    except Resolver404:
        return False
    kind, slug = match.url_name or "", match.kwargs.get("slug", "")
    kind = {"check": "questionnaire"}.get(kind, kind)
    if slug and slug not in fixtures.slugs(kind):
        return False
    if not anchor:
        return True
    if kind == "article":
        return any(
            row.fields["slug"] == anchor and row.fields["article"] == [slug]
            for row in fixtures.of("section")
        )
    return kind == "faq" and anchor in fixtures.slugs("faq")
