"""Who signed in, when and from where: for superusers to read, for 90 days, and no password."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.contrib.auth.models import User
from django.test import Client
from django.utils import timezone

from guide.models import SignIn
from tests.signing.people import HOME, PASSWORD, WRONG, fail, sign_in

pytestmark = pytest.mark.django_db

LIST = "/admin/guide/signin/"


def superuser() -> Client:
    client = Client()
    client.force_login(User.objects.create_superuser("sue"))
    return client


def test_each_sign_in_and_each_refusal_is_listed(edith: User) -> None:
    fail(1)
    sign_in("EDITH ", PASSWORD, HOME)
    sign_in(address=HOME)
    found = list(SignIn.objects.order_by("pk").values_list("name", "address", "outcome"))
    assert found == [
        ("edith", "192.0.2.7", "refused"),
        ("edith", HOME, "refused"),
        ("edith", HOME, "signed_in"),
    ]
    page = superuser().get(LIST).content.decode()
    assert page.count(">edith<") == 3
    assert "in the last 90 days" in page
    assert HOME in page


def test_no_password_is_kept_even_if_it_was_typed_as_the_name(edith: User) -> None:
    sign_in(PASSWORD, WRONG)
    kept = str(list(SignIn.objects.values()))
    assert PASSWORD not in kept
    assert WRONG not in kept
    assert "A name that nobody has" in superuser().get(LIST).content.decode()


def test_lines_older_than_ninety_days_go(edith: User) -> None:
    for days in (89, 91):
        SignIn.objects.create(at=timezone.now() - timedelta(days=days), place="", name_key="")
    sign_in()
    assert SignIn.objects.count() == 2


def test_nobody_adds_changes_or_deletes_a_line(edith: User) -> None:
    sign_in()
    line = SignIn.objects.get()
    client = superuser()
    assert client.get(f"{LIST}add/").status_code == 403
    assert client.post(f"{LIST}{line.pk}/change/", {"name": "x"}).status_code == 403
    assert client.post(f"{LIST}{line.pk}/delete/", {"post": "yes"}).status_code == 403


def test_editors_do_not_see_the_list(edith: User) -> None:
    client = Client()
    client.force_login(edith)
    assert client.get(LIST).status_code == 403
    assert LIST not in client.get("/admin/").content.decode()
