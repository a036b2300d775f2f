"""Who may open, and who may send a form to, every single address of the desk.

The table is whole by construction: the addresses come from the resolver, and one without a row
fails. What a form then does is tried beside the page it belongs to.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.db import transaction
from django.http import HttpResponse
from django.template.response import TemplateResponse
from django.test import Client
from django.urls import reverse

from guide.models import Verdict
from guide.publishing.submissions import submit
from tests.admin.conftest import signed_in
from tests.admin.desk import UNITS
from tests.admin.everything import Address, addresses, desk, url

# Said here because some tests ask for their fixtures by name, too late for the order of tests.
pytestmark = pytest.mark.django_db

Roles = frozenset[str]

NOBODY: Roles = frozenset()
ROOT: Roles = frozenset({"superuser"})
EDIT = ROOT | {"editor", "publisher"}
READ = EDIT | {"clinician"}
PRESS = ROOT | {"publisher", "clinician"}
CHECK = ROOT | {"clinician"}
STAFF = READ | {"stranger"}
EVERYONE = STAFF | {"reader", "client"}
ROLES = sorted(EVERYONE)

#: What the safety of readers rests on is published and withdrawn by fewer.
SAFETY = {"caution", "country", "questionnaire", "warningword"}
#: The pages of a unit: to whom they open, and who may post to them.
UNIT: dict[str, tuple[Roles, Roles]] = {
    "changelist": (READ, READ),
    "add": (EDIT, EDIT),
    "change": (READ, EDIT),
    "delete": (NOBODY, NOBODY),  # all are published here: what ever was is withdrawn
    "history": (READ, READ),
    "editions": (READ, READ),
    "compare": (READ, READ),
    "edition": (READ, READ),
    "edition_frame": (READ, READ),
    "preview": (EDIT, EDIT),
    "preview_new": (EDIT, EDIT),
    "restore": (NOBODY, EDIT),
    "submit": (EDIT, EDIT),
    "review": (READ, READ),  # where no proof waits, this leads to the editions
    "send_back": (NOBODY, PRESS),
    "check": (CHECK, CHECK),
    "publish": (PRESS, PRESS),
    "withdraw": (NOBODY, PRESS),
    "plans": (NOBODY, PRESS),
    "rename": (NOBODY, NOBODY),
}
PART = {name: UNIT[name] for name in ("changelist", "add", "change", "history")} | {
    "delete": (EDIT, EDIT)
}
READ_ONLY = {
    "changelist": (READ, READ),
    "add": (NOBODY, NOBODY),
    "change": (READ, NOBODY),
    "delete": (NOBODY, NOBODY),
    "history": (READ, READ),
}
FOR_ROOT = {
    "changelist": (ROOT, ROOT),
    "add": (ROOT, ROOT),
    "change": (ROOT, ROOT),
    "delete": (ROOT, ROOT),
    "history": (ROOT, ROOT),
}
MOVABLE = {"rename": (EDIT - {"editor"}, EDIT - {"editor"})}
SAFE = {"publish": (CHECK, CHECK), "withdraw": (NOBODY, CHECK), "plans": (NOBODY, CHECK)}
#: Who may see none of them is led to the first page.
LED_ON = {"change": (READ, READ), "history": (STAFF, STAFF)}

TABLE: dict[str, dict[str, tuple[Roles, Roles]]] = {
    **{kind: UNIT | (SAFE if kind in SAFETY else {}) for kind in UNITS},
    **dict.fromkeys(("article", "faq", "routine", "stretch"), UNIT | MOVABLE),
    # Its proof waits: only who may press it posts to its review.
    "section": UNIT | MOVABLE | {"review": (READ, PRESS)},
    "questionnaire": UNIT | SAFE | dict.fromkeys(("grid", "try", "effect", "map"), (READ, READ)),
    "question": PART | {"preview": (EDIT, EDIT), "preview_new": (EDIT, EDIT)},
    "rule": PART,
    "safetycase": PART,
    "exemptword": PART,
    "edition": READ_ONLY,
    "searchterm": READ_ONLY,
    "pagecount": READ_ONLY | {"least_useful": (READ, READ)},
    "submission": READ_ONLY | LED_ON,
    "fault": READ_ONLY | LED_ON | {"look": (READ, READ), "jobs": (READ, READ)},
    "signin": FOR_ROOT
    | dict.fromkeys(("add", "delete"), (NOBODY, NOBODY))
    | {"change": (ROOT, NOBODY)},
    "user": FOR_ROOT | {"password_change": (ROOT, ROOT)},
    "group": FOR_ROOT,
    "": {
        "index": (STAFF, STAFF),
        "app_list": (READ, READ),
        "login": (EVERYONE, EVERYONE),
        "logout": (EVERYONE - STAFF, EVERYONE),
        "password_change": (STAFF, STAFF),
        "password_change_done": (STAFF, NOBODY),
        "still_here": (STAFF, STAFF),
        "jsi18n": (STAFF, NOBODY),
        "autocomplete": (NOBODY, NOBODY),  # without the name of a field; see test_permissions
        "view_on_site": (NOBODY, NOBODY),
        "code": (EVERYONE, EVERYONE),  # with one factor, these two only lead away
        "two_factor": (EVERYONE, EVERYONE),
        "guide_files_article": (READ, READ),
        "guide_files_zip": (READ, READ),
        "guide_files_sources": (READ, READ),
        "guide_files_reviews": (READ, READ),
        "guide_files_load": (EDIT, EDIT),
        "guide_files_hand_in": (NOBODY, EDIT),
    },
}


@pytest.fixture
def reader(db: None) -> Client:
    """Somebody who may sign in, and is no staff."""
    return signed_in(User.objects.create_user("rita"))


@pytest.fixture
def clients(request: pytest.FixtureRequest) -> dict[str, Client]:
    return {role: request.getfixturevalue(role) for role in ROLES}


@pytest.fixture(autouse=True)
def _undrawn(monkeypatch: pytest.MonkeyPatch) -> None:
    """Draw no page, and look nothing up for it: whether a page opens is told before."""
    monkeypatch.setattr("guide.admin.draft_effect._told", lambda *args: {})
    monkeypatch.setattr("guide.admin.where_used.where_used", lambda *args: None)
    monkeypatch.setattr("guide.views.errors.render", lambda *_, status: HttpResponse(status=status))
    monkeypatch.setattr(TemplateResponse, "rendered_content", "")


def opens(client: Client, method: str, address: str) -> bool:
    """Tell whether a request is let in. Whatever it did is undone."""
    with transaction.atomic():
        response = client.generic(method, address, content_type="application/x-www-form-urlencoded")
        transaction.set_rollback(True)
    assert response.status_code < 500, (method, address)
    to_sign_in = response.headers.get("Location", "").startswith(reverse("admin:login"))
    return response.status_code < 400 and not to_sign_in


def found(
    clients: dict[str, Client], rows: dict[str, Any], which: list[Address]
) -> Iterator[tuple[tuple[str, str], tuple[Roles, Roles]]]:
    for address in which:
        opened: list[Roles] = []
        for method in ("GET", "POST"):
            let_in = set()
            for role, client in clients.items():
                kept = client.cookies.output(header="", sep=";")
                if opens(client, method, url(address, rows)):
                    let_in.add(role)
                client.cookies.clear()
                client.cookies.load(kept)
            opened.append(frozenset(let_in))
        yield (address.model, address.page), (opened[0], opened[1])


def test_every_address_of_the_desk_is_in_the_table() -> None:
    walked = [(address.model, address.page) for address in addresses()]
    assert len(walked) > 300
    assert sorted(walked) == sorted((model, page) for model in TABLE for page in TABLE[model])


@pytest.mark.parametrize("half", [0, 1])
def test_every_address_opens_for_those_in_the_table_and_no_one_else(
    clients: dict[str, Client], half: int, settings: Any
) -> None:
    settings.FOUR_EYES = False
    rows, which = desk(), list(addresses())[half::2]
    wrong = {
        name: [sorted(roles ^ meant) for roles, meant in zip(opened, expected, strict=True)]
        for name, opened in found(clients, rows, which)
        if opened != (expected := TABLE[name[0]][name[1]])
    }
    assert wrong == {}


@pytest.mark.parametrize("kind", UNITS)
def test_with_four_eyes_nobody_publishes_the_desk_and_who_wrote_a_proof_does_not_publish_it(
    clients: dict[str, Client], kind: str, settings: Any
) -> None:
    settings.FOUR_EYES = True
    unit = UNITS[kind]()
    unit.refresh_from_db()
    submit(unit, user=User.objects.get(username="sue"), note="Kinder")
    rows = {kind: unit}
    pages = [a for a in addresses() if a.model == kind and a.page in {"publish", "review"}]
    opened = dict(found(clients, rows, pages))
    assert opened[kind, "publish"] == (NOBODY, NOBODY)
    assert opened[kind, "review"] == (READ, (CHECK if kind in SAFETY else PRESS) - ROOT)
    assert not Verdict.objects.exists()
