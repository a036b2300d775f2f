from __future__ import annotations

from contextlib import closing
from pathlib import Path

import pytest
from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.template import engines
from django.test import Client, RequestFactory
from django.urls import path
from pytest_django import Settings

from guide.views import machines
from legrelief.middleware import content_security_policy


def page(request: HttpRequest) -> HttpResponse:
    """A public page: a template with every context processor at hand, using none."""
    return HttpResponse(engines["django"].from_string("<p>Hello</p>").render({}, request))


def own_policy(request: HttpRequest) -> HttpResponse:
    return HttpResponse(headers={"Content-Security-Policy": "default-src 'none'"})


def bad_request(request: HttpRequest, exception: Exception) -> HttpResponse:
    return HttpResponse(status=400)


def not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    return HttpResponse(status=404)


urlpatterns = [
    path("", page),
    path("healthz", machines.healthz),
    path("own/", own_policy),
    path("<slug:slug>/", page),
]
handler400 = "tests.test_middleware.bad_request"
handler404 = "tests.test_middleware.not_found"
pytestmark = pytest.mark.urls(__name__)


def test_a_page_may_only_use_its_own_origin(client: Client) -> None:
    directives = client.get("/").headers["Content-Security-Policy"].split("; ")
    assert "default-src 'none'" in directives
    assert "script-src 'self'" in directives
    assert "style-src 'self'" in directives
    assert "object-src 'none'" in directives
    assert "base-uri 'none'" in directives
    assert "form-action 'self'" in directives
    assert "frame-ancestors 'none'" in directives


def test_no_directive_allows_inline_code_or_another_host() -> None:
    sources = {source for sources in settings.SECURE_CSP.values() for source in sources}
    assert sources == {"'self'", "'none'", "data:"}


def test_a_policy_set_by_a_view_is_left_alone(client: Client) -> None:
    assert client.get("/own/").headers["Content-Security-Policy"] == "default-src 'none'"


@pytest.mark.parametrize("address", ["/", "/no/such/page/", "/?q=%00"])
def test_pages_and_errors_carry_the_protective_headers(client: Client, address: str) -> None:
    headers = client.get(address).headers
    assert "geolocation=()" in headers["Permissions-Policy"]
    assert headers["Content-Security-Policy"]
    assert headers["Cross-Origin-Resource-Policy"] == "same-origin"
    assert headers["Cross-Origin-Opener-Policy"] == "same-origin"
    assert headers["Referrer-Policy"] == "same-origin"
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert headers["X-Frame-Options"] == "DENY"


@pytest.mark.django_db  # the end of an answer that is read looks after the connections
def test_a_file_says_what_protects_a_file_and_leaves_the_rest_to_its_page(
    tmp_path: Path, settings: Settings
) -> None:
    (tmp_path / "site.css").write_bytes(b"a{}")
    settings.STATIC_ROOT = tmp_path
    with closing(Client().get("/static/site.css")) as answer:
        headers = answer.headers
    assert headers["Cross-Origin-Resource-Policy"] == "same-origin"
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert "Content-Security-Policy" not in headers
    assert "Permissions-Policy" not in headers


@pytest.mark.parametrize(("debug", "kept"), [(True, False), (False, True)])
def test_only_developers_error_pages_go_without_a_policy(
    rf: RequestFactory, settings: Settings, debug: bool, kept: bool
) -> None:
    settings.DEBUG = debug
    response = content_security_policy(lambda _: HttpResponse(status=500))(rf.get("/"))
    assert ("Content-Security-Policy" in response.headers) is kept


def test_a_public_page_is_the_same_for_everyone(client: Client) -> None:
    client.cookies.load({"sessionid": "a" * 32, "csrftoken": "b" * 32})
    response = client.get("/")
    assert not response.cookies
    assert "Cookie" not in response.headers.get("Vary", "")


def test_an_unchanged_page_is_not_sent_twice(client: Client) -> None:
    tag = client.get("/").headers["ETag"]
    assert client.get("/", headers={"If-None-Match": tag}).status_code == 304


@pytest.mark.parametrize(
    ("address", "status"),
    [
        ("/?q=%00", 400),
        ("/?q=a%00b&r=1", 400),
        ("/%00/", 404),
        ("/a%00b/", 404),
        ("/%ff%fe/", 404),
        ("/?q=%ff&%=%&q=%E0%80", 200),
        ("/?q=" + "a" * 10_000, 200),
    ],
)
def test_odd_addresses_get_a_calm_answer(client: Client, address: str, status: int) -> None:
    assert client.get(address).status_code == status


def test_a_health_probe_by_address_is_answered_in_production(
    client: Client, settings: Settings
) -> None:
    settings.ALLOWED_HOSTS = ["guide.example.org"]
    settings.SECURE_SSL_REDIRECT = True
    probe = {"Host": "10.1.2.3:8000"}
    answer = client.get("/healthz", headers=probe)
    assert (answer.status_code, answer.content) == (200, b"ok\n")
    assert answer.headers["Content-Security-Policy"]
    assert client.get("/", secure=True, headers=probe).status_code == 400


def test_a_health_address_takes_only_reading() -> None:
    assert Client(enforce_csrf_checks=True).post("/healthz").status_code == 405


@pytest.mark.parametrize(
    ("charset", "status"),
    [("hex", 400), ("utf-16", 400), ("latin-1", 400), ("no-such", 400), ('"UTF-8"', 200)],
)
def test_a_request_in_another_charset_is_refused(client: Client, charset: str, status: int) -> None:
    content_type = f"multipart/form-data; charset={charset}; boundary=x"
    assert client.generic("POST", "/", b"--x--", content_type).status_code == status


@pytest.mark.parametrize(
    ("length", "status"),
    [("", 200), ("0", 200), ("x", 400), ("-1", 400), ("1_0", 400), ("²", 400), ("9" * 30, 400)],
)
def test_a_length_that_no_form_has_is_refused(client: Client, length: str, status: int) -> None:
    assert client.get("/", CONTENT_LENGTH=length).status_code == status


@pytest.mark.parametrize("address", ["/", "/check/legs/", "/admin/"])
def test_the_page_that_refuses_a_host_is_protected_as_all_are(
    client: Client, settings: Settings, address: str
) -> None:
    settings.SECURE_SSL_REDIRECT = True  # the first to ask for the host, in production
    response = client.get(address, headers={"Host": "elsewhere.example"})
    assert response.status_code == 400
    for name in ("Content-Security-Policy", "Permissions-Policy", "X-Frame-Options"):
        assert name in response.headers
    assert ("no-store" in response.headers.get("Cache-Control", "")) is ("check" in address)


def test_a_nul_in_a_cookie_is_refused(client: Client) -> None:
    # An octal escape is how a cookie can carry one past the server.
    response = client.get("/", headers={"Cookie": r'sessionid="abcdefgh\000ij"'})
    assert response.status_code == 400
