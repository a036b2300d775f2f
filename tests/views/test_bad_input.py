"""Whatever is asked, the answer is calm: never a 500."""

from __future__ import annotations

import pytest
from django.test import Client

from guide.models import Edition

LONG = "a" * 10_000


@pytest.mark.parametrize(
    "address",
    [
        "/nowhere/",
        "/guide/nowhere/",
        "/guide/Ease-A-Cramp/",
        "/stretches/nowhere/",
        "/routines/nowhere/",
        "/about/nowhere/",
        "/guide/ease-a-cramp/more/",
        f"/guide/{LONG}/",
        "/guide/%00/",
        "/stretches/ankle-pumps%00/",
        "/guide/%ff%fe/",
        "/guide/%F0%9F%A6%B5/",
        "/guide/..%2f..%2fetc/",
        "/guide/ease-a-cramp%20/",
    ],
)
def test_an_address_that_is_none_gets_the_404_page(
    client: Client, guide: list[Edition], address: str
) -> None:
    answer = client.get(address)
    assert answer.status_code == 404
    assert b"LegRelief" in answer.content


@pytest.mark.parametrize("path", ["/", "/guide/ease-a-cramp/", "/stretches/", "/faq/", "/help/"])
@pytest.mark.parametrize(
    "query",
    [
        f"q={LONG}",
        f"muscle={LONG}&group={LONG}",
        "muscle=calf&muscle=quad&position=sofa",
        "group=nowhere",
        "group=%ff&muscle=%E0%80&%=%&=",
        "muscle=<script>alert(1)</script>",
        "part=wing",
        f"part={LONG}&part=all",
        "group[]=night&__proto__=1",
    ],
)
def test_an_odd_query_gets_the_page(
    client: Client, guide: list[Edition], path: str, query: str
) -> None:
    answer = client.get(f"{path}?{query}")
    assert answer.status_code == 200
    assert b"<script>alert" not in answer.content


@pytest.mark.parametrize("path", ["/", "/stretches/", "/faq/", "/nowhere/"])
def test_a_nul_in_the_query_is_refused(client: Client, guide: list[Edition], path: str) -> None:
    assert client.get(f"{path}?muscle=%00").status_code == 400


@pytest.mark.parametrize("charset", ["hex", "rot13", "utf-16", "nowhere"])
def test_a_form_in_another_charset_is_refused(guide: list[Edition], charset: str) -> None:
    """It is read first where its CSRF token is looked for."""
    reader = Client(enforce_csrf_checks=True)
    form = b'--x\r\nContent-Disposition: form-data; name="answer"\r\n\r\na1\r\n--x--\r\n'
    content_type = f"multipart/form-data; charset={charset}; boundary=x"
    for address in ("/check/clear/", "/admin/login/"):
        assert reader.generic("POST", address, form, content_type).status_code == 400


def test_a_missing_slash_is_added(client: Client, guide: list[Edition]) -> None:
    answer = client.get("/guide/ease-a-cramp")
    assert (answer.status_code, answer.headers["Location"]) == (301, "/guide/ease-a-cramp/")
