"""What somebody sent after they were signed out: it waits until they are back, then they send it.

It is in the page itself, signed, from one step of signing in to the next, and nowhere on the
server.
"""

from __future__ import annotations

from typing import Any

from django.contrib import admin
from django.contrib.admin import AdminSite
from django.core import signing
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.middleware.csrf import REASON_NO_CSRF_COOKIE
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.cache import add_never_cache_headers

from guide.signing.idle import DESK

FIELD = "unsent"
#: How Django begins to say that a form holds the token from before somebody signed in anew.
_OLD_TOKEN = "CSRF token from POST"  # noqa: S105
Fields = list[tuple[str, str]]
_SALT = "guide.signing.unsent"


def taken_up(request: HttpRequest) -> str:
    """Return a form that came too late, as a signed word. Empty if nothing was typed into a page.

    What a script sent does not count: it has nowhere to show a page, and its form stays open.
    """
    if request.method != "POST" or request.headers.get("Sec-Fetch-Mode", "navigate") != "navigate":
        return ""
    sent = [
        (name, value)
        for name, values in request.POST.lists()
        for value in values
        if name != "csrfmiddlewaretoken" and "password" not in name
    ]
    return signing.dumps(sent, salt=_SALT, compress=True) if sent else ""


def carried(request: HttpRequest) -> str:
    """Return the form that is carried through this step of signing in."""
    return request.POST.get(FIELD, "")


def go_on(site: AdminSite, request: HttpRequest, where: str) -> HttpResponse:
    """Lead on to where somebody wanted to go, or let them send there what waited."""
    fields = _read(carried(request))
    return _page(site, request, where, fields) if fields else HttpResponseRedirect(where)


def from_an_old_tab(request: HttpRequest, reason: str) -> HttpResponse | None:
    """Let somebody send again what Django refused as they signed in anew in another tab.

    None for all else that it refuses, above all for what another site may have sent: it is a
    browser that says in `Origin` where a form is from, and Django looks at that first.
    """
    is_own = "Origin" in request.headers and reason.startswith((_OLD_TOKEN, REASON_NO_CSRF_COOKIE))
    if not is_own or not request.path_info.startswith(DESK):
        return None
    where = request.get_full_path()
    if request.path == reverse("admin:login"):
        return HttpResponseRedirect(where) if reason.startswith(_OLD_TOKEN) else None
    fields = _read(taken_up(request))
    return _page(admin.site, request, where, fields) if fields else None


def _page(site: AdminSite, request: HttpRequest, where: str, fields: Fields) -> HttpResponse:
    context: dict[str, Any] = {
        **site.each_context(request),
        "title": "Welcome back",
        "fields": fields,
        "where": where,
    }
    response = TemplateResponse(request, "admin/guide/sign_in/unsent.html", context)
    add_never_cache_headers(response)
    return response


def _read(word: str) -> Fields:
    """Read what was carried; nothing of it if it is not what we wrote."""
    try:
        found: Fields = signing.loads(word, salt=_SALT)
    except signing.BadSignature:
        return []
    return found
