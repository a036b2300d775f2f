"""The pages that load a file: what it would change, mistakes by name, and then as drafts."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.contrib import messages
from django.contrib.auth.models import AbstractUser
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, HttpResponseNotAllowed, HttpResponseRedirect
from django.template.defaultfilters import pluralize
from django.template.response import TemplateResponse
from django.urls import reverse

from guide.admin.load_forms import FileForm, HandInForm, Sent, opened, sealed
from guide.models import UNITS
from guide.publishing.files import FixtureError
from guide.publishing.incoming import Handed, Incoming, hand_in

if TYPE_CHECKING:
    from guide.admin.units import UnitAdmin

#: So many units are shown opened; of more, only what each is called.
_MOST_OPEN = 5


def may_load(request: HttpRequest) -> bool:
    """Tell whether who asks edits anything that a file can hold."""
    names = [model._meta.model_name for model in UNITS]
    return any(request.user.has_perm(f"guide.change_{name}") for name in names)


def load_page(desk: UnitAdmin, request: HttpRequest) -> HttpResponse:
    """Ask for a file; on POST, show what it would change. Nothing is saved here."""
    if not may_load(request):
        raise PermissionDenied
    if request.method != "POST":
        return _page(desk, request, form=FileForm())
    form = FileForm(request.POST, request.FILES)
    if not form.is_valid():
        return _page(desk, request, form=form)
    return _compared(desk, request, form.cleaned_data["file"])


def hand_in_page(desk: UnitAdmin, request: HttpRequest) -> HttpResponse:
    """Put the files that were compared on the desk, as drafts. POST only."""
    if not may_load(request):
        raise PermissionDenied
    if request.method != "POST":
        return HttpResponseNotAllowed(["POST"])
    sent = opened(request.POST.get("sent", ""), request.user)
    if sent is None:
        messages.error(request, "Not loaded: choose the file again.")
        return HttpResponseRedirect(reverse("admin:guide_files_load"))
    return _compared(desk, request, sent, request.POST)


def _compared(desk: UnitAdmin, request: HttpRequest, sent: Sent, data: Any = None) -> HttpResponse:
    """Show what a file would change, or load it once that was seen and sent back as `data`."""
    word = sealed(sent, request.user)

    def form(handed: Handed) -> HandInForm:
        return HandInForm(data, handed=handed, initial={"sent": word})

    def accept(handed: Handed) -> bool:
        if not form(handed).is_valid():
            return False
        for one in handed.changed:
            _log(desk, request, one, f"Loaded from {sent.name}")
        return True

    assert isinstance(request.user, AbstractUser)  # the admin lets nobody else in
    try:
        handed = hand_in(sent.files, request.user, accept)
    except FixtureError as error:
        return _page(desk, request, form=FileForm(), problems=error.problems)
    if form(handed).is_valid():
        messages.success(request, _said(handed))
        return HttpResponseRedirect(reverse("admin:index"))
    is_short = len(handed.changed) <= _MOST_OPEN
    more = {"name": sent.name, "handed": handed, "hand_in": form(handed), "opened": is_short}
    return _page(desk, request, **more)


def _log(desk: UnitAdmin, request: HttpRequest, one: Incoming, said: str) -> None:
    own = desk.admin_site.get_model_admin(type(one.row))
    (own.log_addition if one.is_new else own.log_change)(request, one.row, said)


def _said(handed: Handed) -> str:
    new = sum(one.is_new for one in handed.changed)
    changed = len(handed.changed) - new
    return (
        f"Loaded as drafts: {new} page{pluralize(new)} new, {changed} page{pluralize(changed)} "
        "changed. Readers see nothing of it until somebody publishes it."
    )


def _page(desk: UnitAdmin, request: HttpRequest, **context: Any) -> HttpResponse:
    shared = {**desk.admin_site.each_context(request), "title": "Load a file", "opts": desk.opts}
    return TemplateResponse(request, "admin/guide/load.html", {**shared, **context})
