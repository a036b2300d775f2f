"""Markup typed where words belong stays words at the desk: in lists, forms, histories, previews.

What readers see of it is in tests/test_xss.py.
"""

from __future__ import annotations

from collections.abc import Collection
from itertools import count
from typing import Any
from urllib.parse import quote

import pytest
from django.contrib.admin.models import CHANGE, LogEntry
from django.contrib.auth.models import Group, User
from django.contrib.contenttypes.models import ContentType
from django.db.models import Model
from django.forms import CharField
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from guide.models import Fault, PageCount, SearchTerm, SignIn, Unit
from guide.publishing.submissions import submit
from tests import make
from tests.admin import desk as pages
from tests.admin.everything import addresses, desk, url
from tests.payloads import FIXED, GROUPS, PLAIN, Parts, fill, packed, room_of, unsafe

pytestmark = pytest.mark.django_db

TURNS = range(len(GROUPS))
#: Pages that show no words of anybody, or only those of their own form.
WORDLESS = {"logout", "jsi18n", "password_change", "guide_files_zip", "two_factor", "code"}
#: Pages with whole texts: these are opened with each group of payloads.
LONG = {"change", "compare", "publish", "review", "edition_frame", "changelist"}
#: The desk's own list of what it finds in the wording of a field.
FINDINGS = {(tag, name) for tag in ("ul", "li", "section") for name in ("", "id", "class")} | {
    ("section", "aria-labelledby")
}


@pytest.fixture
def rows(db: None) -> dict[str, Any]:
    # A test in a browser may have left an empty database: not even the groups of migrations.
    Group.objects.get_or_create(name="Editors")
    return desk()


def units(rows: dict[str, Any]) -> list[Unit]:
    return [row for row in rows.values() if isinstance(row, Unit)]


def fill_desk(rows: dict[str, Any], turn: int | None, client: Client) -> None:
    """Write words into every unit, and into all else that people can make the desk show."""
    places = count()

    def words(room: int) -> str:
        return PLAIN if turn is None else packed(room, turn, next(places))

    fill(units(rows), turn)
    section = type(rows["section"]).objects.get(pk=rows["section"].pk)
    submit(section, user=rows["user"], note=words(200))
    User.objects.update(first_name=words(150), last_name=words(150))
    Group.objects.filter(pk=rows["group"].pk).update(name=words(150))
    # What readers, and those who try to sign in, leave behind.
    SearchTerm.objects.update(term=words(60), last_day=timezone.localdate())
    PageCount.objects.update(page=words(60))
    SignIn.objects.update(name=words(150), place=words(50))
    Fault.objects.update(title=words(200))
    user = User.objects.get(pk=client.session["_auth_user_id"])
    LogEntry.objects.all().delete()
    for row in rows.values():
        LogEntry.objects.create(
            user=user,
            content_type=ContentType.objects.get_for_model(row),
            object_id=row.pk,
            object_repr=words(200),
            action_flag=CHANGE,
            change_message=words(400),
        )


def taken_apart(
    client: Client, rows: dict[str, Model], only: Collection[str] = ()
) -> dict[str, Parts]:
    """Open every page of the desk that opens without a form that was sent, or only some.

    One that leads to another is followed if it has left a message for it: the other has its turn.
    """
    found = {}
    for address in addresses():
        if address.page not in WORDLESS and (not only or address.page in only):
            response = client.get(url(address, rows))
            if "messages" in response.cookies:
                response = client.get(response["Location"])
            if response.status_code == 200 and response["Content-Type"].startswith("text/html"):
                found[f"{address.model} {address.page}"] = Parts(response.content)
    return found


def test_what_people_type_stays_words_on_every_page_of_the_desk(
    admin_client: Client, rows: dict[str, Any]
) -> None:
    fill_desk(rows, None, admin_client)
    clean = taken_apart(admin_client, rows)
    assert len(clean) > 200
    for turn in TURNS:
        fill_desk(rows, turn, admin_client)
        for name, parts in taken_apart(admin_client, rows, LONG if turn else ()).items():
            assert unsafe(parts, clean[name]) - FINDINGS == set(), (name, turn)


def typed(response: Any, turn: int | None) -> dict[str, Any]:
    """Return what the form of a page posts once words are typed into all its free fields."""
    data, places = pages.sent_back(response), count()
    for form in pages.forms(response.context):
        for field in form:
            name, kind = field.name, type(field.field)
            if kind is CharField and not field.is_hidden and name not in FIXED:
                room = room_of(field.field)
                words = PLAIN if turn is None else packed(room, turn, next(places))
                data[field.html_name] = words.replace("\u2028", " ")
    return data


def sent(client: Client, unit: Unit, turn: int | None) -> dict[str, Parts]:
    """Send a form everywhere that it goes: to its preview, and to be shown once more."""
    name = f"admin:guide_{unit.kind}"
    change, add = pages.address(unit), reverse(f"{name}_add")
    mine, new = typed(client.get(change), turn), typed(client.get(add), turn)
    answers = {
        "preview": client.post(pages.address(unit, "preview"), mine),
        "preview of a new one": client.post(reverse(f"{name}_preview_new"), new),
        "shown once more": client.post(change, {**mine, "opened_version": "0"}),
        "new one shown once more": client.post(add, new),
    }
    words = PLAIN if turn is None else GROUPS[turn][0]
    for where in ("add", "changelist"):
        asked = f"{reverse(f'{name}_{where}')}?q={quote(words)}&title={quote(words)}"
        answers[where] = client.get(asked, follow=True)
    assert {answer.status_code for answer in answers.values()} == {200}, unit.kind
    if turn is not None:
        assert b"alert(1)" in answers["shown once more"].content, unit.kind
    return {where: Parts(answer.content) for where, answer in answers.items()}


@pytest.mark.parametrize("kind", pages.UNITS)
def test_what_is_typed_stays_words_in_a_preview_and_in_a_form_that_is_shown_once_more(
    admin_client: Client, kind: str
) -> None:
    unit = pages.UNITS[kind]()
    make.published(unit)
    unit.refresh_from_db()
    clean = sent(admin_client, unit, None)
    for turn in TURNS:
        for where, parts in sent(admin_client, unit, turn).items():
            assert unsafe(parts, clean[where]) - FINDINGS == set(), (where, turn)
