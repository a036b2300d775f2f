"""Headers that keep a page to its own origin, and requests that need an answer of their own."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence

from django.conf import settings
from django.core.exceptions import BadRequest
from django.http import HttpRequest, HttpResponseBase
from django.urls import resolve
from django.utils.cache import add_never_cache_headers
from whitenoise.middleware import WhiteNoiseFileResponse  # type: ignore[import-untyped]

from legrelief.reports import is_private

Handler = Callable[[HttpRequest], HttpResponseBase]

#: What is asked for by machines that look after this one.
PROBES = {"/healthz", "/readyz", "/metrics"}
_LENGTH = re.compile(r"[0-9]{0,9}")
#: No name is longer (RFC 1035), and no port.
LONGEST_HOST = len("a" * 253 + ":65535")


def content_security_policy(get_response: Handler) -> Handler:
    """Send settings.SECURE_CSP, unless the view has set a policy of its own.

    The setting is the one of Django 6, whose own middleware then takes the place of this one.
    """
    header = policy(settings.SECURE_CSP)

    def middleware(request: HttpRequest) -> HttpResponseBase:
        response = get_response(request)
        # Django's error pages for developers hold inline scripts and styles.
        of_developers = settings.DEBUG and response.status_code in {404, 500}
        if not (of_developers or is_file(response)):
            response.headers.setdefault("Content-Security-Policy", header)
        return response

    return middleware


def is_file(response: HttpResponseBase) -> bool:
    """Tell whether this is a static file: a style, a script, a font or a picture of a page.

    A policy holds for the page that uses it. Sent with each file it would be two kilobytes more
    of a first visit.
    """
    return isinstance(response, WhiteNoiseFileResponse)


def policy(directives: Mapping[str, Sequence[str]]) -> str:
    """The text of a policy: each directive with its sources."""
    return "; ".join(" ".join([name, *sources]) for name, sources in directives.items())


def browser_policies(get_response: Handler) -> Handler:
    """Refuse what the site never uses, and keep other sites from embedding its files."""

    def middleware(request: HttpRequest) -> HttpResponseBase:
        response = get_response(request)
        if not is_file(response):
            response.headers.setdefault(
                "Permissions-Policy", "camera=(), geolocation=(), microphone=(), payment=(), usb=()"
            )
        response.headers.setdefault("Cross-Origin-Resource-Policy", "same-origin")
        return response

    return middleware


def private_pages(get_response: Handler) -> Handler:
    """Keep whatever is answered under /check/ out of caches, search engines and referrers."""

    def middleware(request: HttpRequest) -> HttpResponseBase:
        response = get_response(request)
        if is_private(request):
            add_never_cache_headers(response)
            response.headers["X-Robots-Tag"] = "noindex"
            response.headers["Referrer-Policy"] = "no-referrer"
        return response

    return middleware


def refuse_nul(get_response: Handler) -> Handler:
    """Answer 400 to a NUL in the query or in a cookie.

    PostgreSQL cannot look one up, so a staff list or a forged session would end in a 500. No
    path of ours matches a NUL, and forms refuse it by themselves.
    """

    def middleware(request: HttpRequest) -> HttpResponseBase:
        cookies = "".join(request.COOKIES.values())
        if "%00" in request.META.get("QUERY_STRING", "") or "\0" in cookies:
            raise BadRequest("NUL in the query or in a cookie")
        return get_response(request)

    return middleware


def refuse_other_charsets(get_response: Handler) -> Handler:
    """Answer 400 to a request that says it is written in anything but UTF-8.

    No page of ours makes such a form. Python knows charsets that are none, such as hex, and
    Django's parser would end in a 500 on them.
    """

    def middleware(request: HttpRequest) -> HttpResponseBase:
        charset = (request.content_params or {}).get("charset", "utf-8")
        if charset.lower() not in {"utf-8", "utf8"}:
            raise BadRequest("A charset other than UTF-8")
        return get_response(request)

    return middleware


def refuse_other_lengths(get_response: Handler) -> Handler:
    """Answer 400 to a request whose length is not a number, or one of more than nine digits.

    gunicorn lets the long ones through, other servers may let through any. Django would try to
    count with them, in the middle of reading a form.
    """

    def middleware(request: HttpRequest) -> HttpResponseBase:
        if not _LENGTH.fullmatch(request.META.get("CONTENT_LENGTH") or ""):
            raise BadRequest("A length that no form has")
        return get_response(request)

    return middleware


def refuse_long_hosts(get_response: Handler) -> Handler:
    """Answer 400 to a host longer than any name and port can be.

    Django minds which name it is, but not how many zeros its port begins with. Pages name the
    host, and one of some thousand digits fits in no QR code.
    """

    def middleware(request: HttpRequest) -> HttpResponseBase:
        if len(request.META.get("HTTP_HOST", "")) > LONGEST_HOST:
            raise BadRequest("A host longer than a name can be")
        return get_response(request)

    return middleware


def probes_under_any_name(get_response: Handler) -> Handler:
    """Answer probes here: they come by IP address, a host that is refused further on."""

    def middleware(request: HttpRequest) -> HttpResponseBase:
        if request.path_info in PROBES:
            request.resolver_match = match = resolve(request.path_info)
            answer: HttpResponseBase = match.func(request)
            return answer
        return get_response(request)

    return middleware


def origin_of_private_forms(get_response: Handler) -> Handler:
    """Give a form under /check/ the origin that browsers hold back.

    Those pages say `Referrer-Policy: no-referrer`, and browsers then send `Origin: null` with
    a form, which Django's CSRF protection refuses. Unless the browser says that the form came
    from elsewhere, it is ours; the CSRF token is checked all the same.
    """

    def middleware(request: HttpRequest) -> HttpResponseBase:
        held_back = request.META.get("HTTP_ORIGIN") == "null"
        ours = request.headers.get("Sec-Fetch-Site", "same-origin") == "same-origin"
        if held_back and ours and is_private(request):
            request.META["HTTP_ORIGIN"] = f"{request.scheme}://{request.get_host()}"
        return get_response(request)

    return middleware
