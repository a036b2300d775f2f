"""A form that is sent after somebody was signed out is not lost."""

from __future__ import annotations

import html
import re
import time
from binascii import unhexlify
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.core import signing
from django.test import Client
from django_otp.oath import TOTP
from django_otp.plugins.otp_totp.models import TOTPDevice

from guide.models import Section
from tests import make
from tests.admin.desk import address, opened
from tests.signing.people import OFFICE, PASSWORD, WRONG, sign_in

pytestmark = pytest.mark.django_db

BODY = 'Warm it.\r\n\r\n"Twice" & <b>slowly</b>.'


@pytest.fixture
def section(edith: User) -> Section:
    return make.section()


def hidden(page: str, name: str) -> str:
    found = re.search(rf'name="{name}" value="([^"]*)"', page)
    return html.unescape(found[1]) if found else ""


def waiting(page: str) -> dict[str, str]:
    """The fields that the page would send."""
    found = re.findall(r'<textarea name="([^"]+)" hidden>\n(.*?)</textarea>', page, re.DOTALL)
    return {name: html.unescape(value) for name, value in found}


def typed_too_late(section: Section) -> tuple[Any, str, dict[str, Any]]:
    """Open a form, type, be signed out, and send it; return what came back."""
    client = Client(REMOTE_ADDR=OFFICE)
    client.force_login(User.objects.get())
    form = opened(client, address(section)) | {"body": BODY, "_save": "Save"}
    client.logout()
    response = client.post(address(section), form)
    assert response.status_code == 403
    return client, response.content.decode(), form


def test_what_was_typed_is_sent_after_signing_in_again(section: Section) -> None:
    client, page, form = typed_too_late(section)
    assert "What you typed is kept in this page" in page
    again = {"unsent": hidden(page, "unsent"), "next": hidden(page, "next")}
    wrong = sign_in(password=WRONG, client=client, **again).content.decode()
    assert hidden(wrong, "unsent") == again["unsent"]
    back = sign_in(client=client, **again).content.decode()
    assert f'action="{address(section)}"' in back
    assert waiting(back).keys() >= {name for name, value in form.items() if value}
    assert client.post(address(section), waiting(back)).status_code == 302
    section.refresh_from_db()
    assert section.body == BODY.replace("\r\n", "\n")


def test_it_waits_through_the_second_step_too(section: Section, settings: Any) -> None:
    device = TOTPDevice.objects.create(user=User.objects.get(), name="Phone")
    client, page, _ = typed_too_late(section)
    settings.TWO_FACTOR = True
    again = {"unsent": hidden(page, "unsent"), "next": hidden(page, "next")}
    page = sign_in(client=client, **again).content.decode()
    assert 'action="/admin/code/"' in page
    again = {"unsent": hidden(page, "unsent"), "next": hidden(page, "next")}
    totp = TOTP(unhexlify(device.key))
    totp.time = time.time()
    back = client.post("/admin/code/", {"code": f"{totp.token():06}", **again})
    assert client.post(address(section), waiting(back.content.decode())).status_code == 302
    section.refresh_from_db()
    assert section.body == BODY.replace("\r\n", "\n")


def test_no_password_waits(edith: User) -> None:
    form = {"old_password": PASSWORD, "new_password1": WRONG, "note": "n"}
    page = Client().post("/admin/password_change/", form).content.decode()
    back = sign_in(unsent=hidden(page, "unsent")).content.decode()
    assert waiting(back) == {"note": "n"}
    assert PASSWORD not in page
    assert WRONG not in page


def test_a_preview_is_told_that_somebody_is_signed_out(section: Section) -> None:
    headers = {"Sec-Fetch-Mode": "cors"}
    response = Client().post(address(section, "preview"), {"body": BODY}, headers=headers)
    assert response.status_code == 302


@pytest.mark.parametrize(
    "nonsense",
    [
        "{",
        "1",
        '[["a", "b"]]',
        "[" * 100_000,
        '[["a", "\\ud800"]]',
        pytest.param(signing.dumps([["a", "b"]]), id="signed for something else"),
        "é:é:é",
    ],
)
def test_what_we_did_not_write_waits_for_nothing(edith: User, nonsense: str) -> None:
    assert sign_in(unsent=nonsense).headers["Location"] == "/admin/"


def test_it_leads_to_no_other_site(edith: User) -> None:
    late = Client().post("/admin/guide/section/", {"a": "b"}).content.decode()
    unsent = hidden(late, "unsent")
    page = sign_in(unsent=unsent, next="https://elsewhere.example/").content.decode()
    assert 'action="/admin/"' in page
    assert "elsewhere" not in page


def test_a_forged_form_does_not_wait(section: Section) -> None:
    forger = Client(enforce_csrf_checks=True)
    assert forger.post(address(section), {"body": BODY}).status_code == 403
    assert b"kept in this page" not in forger.post(address(section), {"body": BODY}).content


def sent_from_an_old_tab(section: Section, **headers: str) -> tuple[Client, Any]:
    """Open a form, sign in anew as in another tab, and send it; return what came back."""
    client = Client(enforce_csrf_checks=True, REMOTE_ADDR=OFFICE)
    client.force_login(User.objects.get())
    page = client.get(address(section))
    form = opened(client, address(section)) | {"body": BODY, "_save": "Save"}
    token = {"csrfmiddlewaretoken": str(page.context["csrf_token"])}
    del client.cookies["csrftoken"]
    client.get(address(section))
    return client, client.post(address(section), form | token, headers=headers)


def test_what_was_typed_before_signing_in_in_another_tab_is_sent_by_one_more_press(
    section: Section,
) -> None:
    client, response = sent_from_an_old_tab(section, Origin="http://testserver")
    page = response.content.decode()
    assert f'action="{address(section)}"' in page
    token = {"csrfmiddlewaretoken": hidden(page, "csrfmiddlewaretoken")}
    assert client.post(address(section), waiting(page) | token).status_code == 302
    section.refresh_from_db()
    assert section.body == BODY.replace("\r\n", "\n")


@pytest.mark.parametrize("origin", ["https://elsewhere.example", "null", ""])
def test_nothing_is_sent_again_that_another_site_may_have_sent(
    section: Section, origin: str
) -> None:
    _, response = sent_from_an_old_tab(section, **({"Origin": origin} if origin else {}))
    assert response.status_code == 403
    assert "Warm it." not in response.content.decode()


def test_a_second_page_to_sign_in_is_asked_for_anew(edith: User) -> None:
    client = Client(enforce_csrf_checks=True, REMOTE_ADDR=OFFICE)
    client.get("/admin/login/")
    form = {"username": "edith", "password": PASSWORD, "csrfmiddlewaretoken": "a" * 64}
    response: Any = client.post("/admin/login/", form, headers={"Origin": "http://testserver"})
    assert (response.status_code, response.url) == (302, "/admin/login/")
