"""Requests made to break things: too large, for another host, in no charset, leading elsewhere."""

from __future__ import annotations

import io
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.test import Client
from django.urls import reverse

from guide.models import Edition
from legrelief.wsgi import application
from tests.served import Served, served

OTHER = "elsewhere.example"


def answered(**environ: Any) -> tuple[str, dict[str, str]]:
    """Ask the application itself, as gunicorn does; return status and headers."""
    said: list[Any] = []
    asked = {
        "REQUEST_METHOD": "GET",
        "PATH_INFO": "/healthz",
        "SERVER_NAME": "localhost",
        "SERVER_PORT": "80",
        "HTTP_HOST": "localhost",
        "wsgi.url_scheme": "http",
        "wsgi.input": io.BytesIO(),
        **environ,
    }
    b"".join(application(asked, lambda *args: said.append(args)))  # type: ignore[arg-type]
    status, headers = said[0]
    return status, dict(headers)


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("charset", "status"),
    [
        ("charset*=bogus''x", "400"),
        ("charset=hex", "400"),
        ("charset=rot13", "400"),
        ("x*=no-such''y", "400"),
        ("charset*=utf-8'", "400"),
    ],
)
def test_a_content_type_in_no_charset_is_refused(charset: str, status: str) -> None:
    said, headers = answered(CONTENT_TYPE=f"text/plain; {charset}", QUERY_STRING="q=\xff")
    assert said.split()[0] == status
    assert "Content-Security-Policy" in headers


class HungUp(io.BytesIO):
    """A form of which only the beginning comes."""

    def read(self, *_: object) -> bytes:
        raise ConnectionResetError


@pytest.mark.django_db
@pytest.mark.parametrize(
    "kind", ["application/x-www-form-urlencoded", "multipart/form-data; boundary=x"]
)
@pytest.mark.parametrize("address", ["/useful/", "/admin/login/"])
def test_who_hangs_up_in_the_middle_of_a_form_is_no_error_of_ours(address: str, kind: str) -> None:
    status, _ = answered(
        REQUEST_METHOD="POST",
        PATH_INFO=address,
        CONTENT_TYPE=kind,
        CONTENT_LENGTH="500",
        HTTP_SEC_FETCH_SITE="same-origin",
        HTTP_COOKIE=f"csrftoken={'a' * 32}",
        HTTP_X_CSRFTOKEN="a" * 32,
        **{"wsgi.input": HungUp()},
    )
    assert status == "400 Bad Request"


@pytest.mark.parametrize(
    "host", [OTHER, f"testserver:80@{OTHER}", f"testserver.{OTHER}", "", "a b", "testserver/x"]
)
def test_under_another_host_nothing_is_served(client: Client, host: str) -> None:
    for address in ("/help", "/admin/", "/robots.txt"):
        response = client.get(address, headers={"Host": host})
        assert response.status_code == 400
        assert OTHER not in response.content.decode()


@pytest.mark.django_db
def test_no_host_is_longer_than_a_name_and_a_port_can_be(
    client: Client, guide: list[Edition]
) -> None:
    for zeros, status in ((0, 200), (10, 200), (3000, 400)):
        host = {"Host": f"testserver:{'0' * zeros}80"}
        assert client.get("/cramp/card/", headers=host).status_code == status


@pytest.mark.django_db
def test_nobody_says_that_the_guide_is_elsewhere_on_its_host(
    client: Client, guide: list[Edition]
) -> None:
    for address in ("/", "/search/?q=cramp", "/sitemap.xml", "/sw.js"):
        response = client.get(address, SCRIPT_NAME=f"//{OTHER}")
        assert response.status_code == 200
        assert OTHER not in response.content.decode()


@pytest.mark.parametrize("header", ["X-Forwarded-Host", "X-Host", "Forwarded", "X-Original-URL"])
@pytest.mark.django_db
def test_no_other_header_names_the_host(client: Client, guide: list[Edition], header: str) -> None:
    for address in ("/", "/robots.txt", "/sitemap.xml", "/admin/login/", "/guide"):
        response = client.get(address, headers={header: OTHER})
        assert OTHER not in str(response.headers)
        assert OTHER not in response.content.decode()


@pytest.mark.parametrize(
    "address", [f"//{OTHER}", f"//{OTHER}/", f"/{OTHER}//", f"///{OTHER}/..", f"/\\{OTHER}"]
)
@pytest.mark.django_db
def test_no_address_leads_to_another_site(
    client: Client, guide: list[Edition], address: str
) -> None:
    """A slash that is added at the end must not make a path a host."""
    leads_to = client.get(address).headers.get("Location", "/")
    assert leads_to.startswith("/")
    assert not leads_to.startswith(("//", "/\\"))


@pytest.mark.django_db
def test_a_form_too_large_is_refused(client: Client, guide: list[Edition]) -> None:
    for address in ("/check/legs/q/now/", "/admin/login/", "/useful/"):
        ours = {"Sec-Fetch-Site": "same-origin"}
        much = {"answer": "a" * settings.DATA_UPLOAD_MAX_MEMORY_SIZE}
        many = {f"f{n}": "1" for n in range(settings.DATA_UPLOAD_MAX_NUMBER_FIELDS + 1)}
        for form in (much, many):
            content = "&".join(f"{name}={value}" for name, value in form.items())
            kind = "application/x-www-form-urlencoded"
            response = client.post(address, content, content_type=kind, headers=ours)
            assert response.status_code == 400


@pytest.mark.django_db
def test_no_file_is_taken_where_none_is_asked_for(client: Client, guide: list[Edition]) -> None:
    file = io.BytesIO(b"x")
    file.name = "x.txt"
    assert Client().post("/admin/login/", {"username": file}).status_code == 400


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    with served(tmp_path_factory.mktemp("hostile")) as running:
        yield running


def raw(server: Served, *lines: str) -> bytes:
    return server.send_raw(("\r\n".join(lines) + "\r\n\r\n").encode())


def test_the_server_refuses_what_is_longer_than_any_browser_sends(server: Served) -> None:
    host = "Host: localhost"
    long = "a" * 9000
    assert b" 414 " in raw(server, f"GET /{long} HTTP/1.1", host)[:40] or b" 400 " in raw(
        server, f"GET /{long} HTTP/1.1", host
    )
    assert b" 431 " in raw(server, "GET / HTTP/1.1", host, f"X: {long}")[:60]
    many = [f"X{number}: 1" for number in range(120)]
    assert b" 431 " in raw(server, "GET / HTTP/1.1", host, *many)[:60]
    assert b" 200 " in raw(server, "GET /healthz HTTP/1.1", host, "Connection: close")


def test_a_content_type_in_no_charset_does_not_crash_the_server(server: Served) -> None:
    odd = "Content-Type: text/plain; charset*=bogus''x"
    answer = raw(server, "GET /help/ HTTP/1.1", "Host: localhost", odd, "Connection: close")
    assert b" 400 " in answer[:40]
    assert "Traceback" not in (Path(server.folder) / "logs" / "stderr").read_text()


@pytest.mark.parametrize("kind", ["section", "stretch", "questionnaire", "routine"])
@pytest.mark.parametrize("page", ["add", "preview_new"])
def test_a_form_of_the_desk_without_a_single_field_is_refused_and_does_not_crash(
    admin_client: Client, kind: str, page: str
) -> None:
    response = admin_client.post(reverse(f"admin:guide_{kind}_{page}"))
    assert response.status_code == 200


def test_the_server_hears_no_client_that_says_where_the_guide_is(server: Served) -> None:
    host, close = "Host: localhost", "Connection: close"
    elsewhere = f"SCRIPT_NAME: //{OTHER}"
    assert b" 200 " in raw(server, "GET /search/ HTTP/1.1", host, elsewhere, close)[:20]
    assert b" 404 " in raw(server, f"GET //{OTHER}/search/ HTTP/1.1", host, elsewhere, close)[:20]
