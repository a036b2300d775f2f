"""With two factors on, a password alone opens nothing."""

from __future__ import annotations

import re
import time
from binascii import unhexlify
from collections.abc import Iterator
from datetime import UTC, datetime
from io import StringIO
from typing import Any

import pytest
import time_machine
from django.contrib.auth.models import User
from django.core.management import call_command
from django.test import Client
from django_otp.oath import TOTP
from django_otp.plugins.otp_totp.models import TOTPDevice

from guide.models import SignIn
from tests.signing.people import HOME, OFFICE, is_in, sign_in

pytestmark = pytest.mark.django_db

NOW = datetime(2026, 11, 26, 9, 0, tzinfo=UTC)
PHONE, CODE = "/admin/two-factor/", "/admin/code/"


@pytest.fixture(autouse=True)
def clock() -> Iterator[Any]:
    with time_machine.travel(NOW, tick=False) as traveller:
        yield traveller


@pytest.fixture(autouse=True)
def two_factors(settings: Any) -> None:
    settings.TWO_FACTOR = True


def shown(user: User) -> str:
    """What the app on the phone shows now."""
    device = TOTPDevice.objects.get(user=user)
    totp = TOTP(unhexlify(device.key))
    totp.time = time.time()
    return f"{totp.token():06}"


def half_in() -> Any:
    """Somebody whose password was right."""
    client = Client(REMOTE_ADDR=OFFICE)
    assert sign_in(client=client).status_code == 302
    return client


def set_up(user: User) -> tuple[Any, list[str]]:
    """Sign in for the first time; return the recovery codes as well."""
    client = half_in()
    client.get(PHONE)
    page = client.post(PHONE, {"code": shown(user)}).content.decode()
    return client, re.findall(r"<code>(\w{4}-\w{4})</code>", page)


def test_the_first_sign_in_leads_to_the_page_that_sets_a_phone_up(edith: User) -> None:
    client = half_in()
    wanted = "/admin/guide/article/"
    response = client.get(wanted, follow=True)
    assert response.redirect_chain[-1][0] == f"{PHONE}?next={wanted.replace('/', '%2F')}"
    page = response.content.decode()
    assert "<svg" in page
    assert 'class="qr"' in page
    assert "no-store" in response.headers["Cache-Control"]
    assert "style=" not in page
    assert not is_in(client)


def test_the_right_code_lets_in_and_shows_ten_recovery_codes_once(edith: User) -> None:
    client, codes = set_up(edith)
    assert len(set(codes)) == 10
    assert is_in(client)
    again = client.get(PHONE).content.decode()
    assert "10 of your recovery codes are left" in again
    assert not any(code in again for code in codes)


def test_a_wrong_code_lets_nobody_in(edith: User) -> None:
    client = half_in()
    client.get(PHONE)
    wrong = f"{(int(shown(edith)) + 1) % 10**6:06}"
    response = client.post(PHONE, {"code": wrong})
    assert "This code is not right" in response.content.decode()
    assert not is_in(client)


def test_later_the_password_and_a_code_are_asked_for(edith: User, clock: Any) -> None:
    set_up(edith)
    clock.shift(60)
    client = half_in()
    assert not is_in(client)
    response = client.get("/admin/guide/article/", follow=True)
    assert response.redirect_chain[-1][0].startswith(CODE)
    form = {"code": f" {shown(edith)[:3]} {shown(edith)[3:]} ", "next": "/admin/guide/article/"}
    assert client.post(CODE, form).url == "/admin/guide/article/"
    assert is_in(client)


def test_who_knows_only_the_password_cannot_set_up_another_phone(edith: User, clock: Any) -> None:
    set_up(edith)
    clock.shift(60)
    client = half_in()
    for form in ({}, {"change": "1"}, {"codes": "1"}, {"code": "123456"}):
        response = client.post(PHONE, form)
        assert response.status_code == 302
        assert response.url.startswith(CODE)
    assert TOTPDevice.objects.filter(confirmed=True).count() == 1
    for address in ("/admin/guide/article/", "/admin/password_change/", "/admin/still-here/"):
        assert client.get(address).url.startswith("/admin/login/")


def test_a_code_is_good_for_once(edith: User) -> None:
    set_up(edith)
    code = shown(edith)
    client = half_in()
    assert client.post(CODE, {"code": code}).status_code == 200
    assert not is_in(client)


def test_a_recovery_code_lets_in_once(edith: User) -> None:
    _, codes = set_up(edith)
    client = half_in()
    assert client.post(CODE, {"code": codes[0].upper()}).status_code == 302
    assert "You have 9 left" in client.get("/admin/").content.decode()
    other = half_in()
    other.post(CODE, {"code": codes[0]})
    assert not is_in(other)


def test_wrong_codes_have_to_wait_as_wrong_passwords_do(edith: User, clock: Any) -> None:
    set_up(edith)
    clock.shift(60)
    client = half_in()
    answers = [client.post(CODE, {"code": "000000"}).status_code for _ in range(6)]
    assert answers == [200] * 5 + [429]
    response = client.post(CODE, {"code": shown(edith)})
    assert response.headers["Retry-After"] == "60"
    assert "ask the person who runs this site" in response.content.decode()
    assert sign_in().status_code == 429, "the right password must not start the count anew"


def test_the_list_tells_half_a_sign_in_from_a_whole_one(edith: User) -> None:
    set_up(edith)
    outcomes = list(SignIn.objects.order_by("pk").values_list("outcome", flat=True))
    assert outcomes == ["password", "signed_in"]


def test_new_recovery_codes_take_the_place_of_the_old_ones(edith: User) -> None:
    client, old = set_up(edith)
    page = client.post(PHONE, {"codes": "1"}).content.decode()
    new = re.findall(r"<code>(\w{4}-\w{4})</code>", page)
    assert not set(old) & set(new)
    other = half_in()
    other.post(CODE, {"code": old[0]})
    assert not is_in(other)
    other.post(CODE, {"code": new[0]})
    assert is_in(other)


def test_another_phone_is_set_up_before_anything_else(edith: User, clock: Any) -> None:
    client, codes = set_up(edith)
    assert client.post(PHONE, {"change": "1"}, follow=True).status_code == 200
    assert not is_in(client)
    clock.shift(60)
    client.post(PHONE, {"code": shown(edith)})
    assert is_in(client)
    other = half_in()
    other.post(CODE, {"code": codes[0]})
    assert not is_in(other)


def test_an_operator_forgets_a_lost_phone(edith: User) -> None:
    set_up(edith)
    said = StringIO()
    call_command("unlock", "edith", "--forget-phone", stdout=said)
    assert "sets up a phone at the next sign-in" in said.getvalue()
    assert half_in().get("/admin/", follow=True).redirect_chain[-1][0].startswith(PHONE)


def test_the_secret_of_a_phone_is_nobody_elses_to_read(edith: User, settings: Any) -> None:
    set_up(edith)
    settings.TWO_FACTOR = False
    sue = User.objects.create_superuser("sue")
    client = Client()
    client.force_login(sue)
    assert "otp" not in client.get("/admin/", follow=True).content.decode()
    for model in ("totpdevice", "staticdevice"):
        assert client.get(f"/admin/otp_{model.removesuffix('device')}/{model}/").status_code == 404


@pytest.mark.parametrize("wanted", ["https://elsewhere.example/", "//elsewhere.example"])
def test_the_second_step_leads_to_no_other_site(edith: User, clock: Any, wanted: str) -> None:
    set_up(edith)
    clock.shift(60)
    client = half_in()
    assert client.post(CODE, {"code": shown(edith), "next": wanted}).url == "/admin/"
    assert client.get(CODE, {"next": wanted}).url == "/admin/"


def test_with_the_setting_off_there_is_no_second_step(edith: User, settings: Any) -> None:
    settings.TWO_FACTOR = False
    client = half_in()
    assert is_in(client)
    assert client.get(PHONE).url == "/admin/"
    assert client.get(CODE).url == "/admin/"
    assert PHONE not in client.get("/admin/").content.decode()
    assert SignIn.objects.get().outcome == SignIn.Outcome.SIGNED_IN
    assert SignIn.objects.get().address != HOME
