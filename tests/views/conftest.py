"""The real guide as a reader's browser gets it: every page fetched once for all tests."""

from __future__ import annotations

from copy import copy
from typing import Any, NamedTuple

import pytest
from django.db import transaction
from django.test import Client
from pytest_django import DjangoDbBlocker

from guide.models import Edition
from guide.reading.live import forget
from guide.reading.places import PLACES
from tests.conftest import Loaded
from tests.views.html import Page

#: Reading pages that do not hang on a unit.
SINGLE = [
    "/",
    "/guide/",
    "/guide/all/",
    *(f"/guide/?part={part}" for part, _ in PLACES),
    "/stretches/",
    "/routines/",
    "/routine/",
    "/routine/stretches/",
    "/cramp/",
    "/cramp/card/",
    "/cramp/rest/",
    "/faq/",
    "/search/",
    "/help/",
    "/check/rules/",
    "/about/",
    "/about/how-we-write/",
    "/about/sources/",
    "/about/claims/",
    "/about/privacy/",
    "/about/accessibility/",
    "/about/changes/",
    "/offline/",
]
#: Pages that others lead to, which belong to no group above.
CHECKS = ["/check/", "/check/legs/", "/check/child/"]
FOLDERS = {"article": "guide", "stretch": "stretches", "routine": "routines"}


class Answer(NamedTuple):
    response: Any
    page: Page


def addresses(editions: list[Edition]) -> list[str]:
    """All addresses of the reading pages that these editions make."""
    units = [
        f"/{FOLDERS[edition.kind]}/{edition.slug}/"
        for edition in editions
        if edition.kind in FOLDERS
    ]
    return SINGLE + units


@pytest.fixture(scope="session")
def answers(loaded: Loaded, django_db_blocker: DjangoDbBlocker) -> dict[str, Answer]:
    """The answer of every reading page of the real guide, by address."""
    forget()
    with django_db_blocker.unblock(), transaction.atomic():
        Edition.objects.bulk_create(copy(edition) for edition in loaded.editions)
        found = {address: Client().get(address) for address in addresses(loaded.editions)}
        transaction.set_rollback(True)
    return {
        address: Answer(response, Page(response.content)) for address, response in found.items()
    }
