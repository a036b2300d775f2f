"""What somebody sent after they were signed out: it waits until they are back, then they send it.

It is in the page itself, signed, from one step of signing in to the next, and nowhere on the
server.
"""

from __future__ import annotations

from typing import Any

from django.contrib.admin import AdminSite
from django.core import signing
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse

FIELD = "unsent"
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
    if not fields:
        return HttpResponseRedirect(where)
    context: dict[str, Any] = {
        **site.each_context(request),
        "title": "Welcome back",
        "fields": fields,
        "where": where,
    }
    return TemplateResponse(request, "admin/guide/sign_in/unsent.html", context)


def _read(word: str) -> Fields:
    """Read what was carried; nothing of it if it is not what we wrote."""
    try:
        found: Fields = signing.loads(word, salt=_SALT)
    except signing.BadSignature:
        return []
    return found
