"""People who sign in, or try to."""

from __future__ import annotations

from typing import Any

from django.contrib.auth.models import User
from django.test import Client
from django.urls import reverse

from tests import make

PASSWORD = "a-long-test-password"
WRONG = "not-the-password"
OFFICE, HOME, ELSEWHERE = "192.0.2.7", "198.51.100.9", "203.0.113.1"
SIGN_IN = "/admin/login/"


def make_edith() -> User:
    user = make.staff("edith", "Editors")
    user.set_password(PASSWORD)
    user.save()
    return user


def sign_in(
    name: str = "edith",
    password: str = PASSWORD,
    address: str = OFFICE,
    client: Client | None = None,
    **form: str,
) -> Any:
    data = {"username": name, "password": password, **form}
    return (client or Client()).post(SIGN_IN, data, REMOTE_ADDR=address)


def fail(times: int, name: str = "edith", address: str = OFFICE) -> list[int]:
    return [sign_in(name, WRONG, address).status_code for _ in range(times)]


def is_in(client: Client) -> bool:
    return client.get(reverse("admin:index")).status_code == 200
