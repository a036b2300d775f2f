"""What a form of the desk would look like to readers, and any edition as they would see it.

Nothing is saved. The preview is one page in a frame beside the form: the public templates over
the rows that were typed. It runs no script, shows no cookie and no other site may frame it.
`desk` is the DeskAdmin whose row it is.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import partial
from typing import TYPE_CHECKING, Any

from django.core.exceptions import PermissionDenied
from django.forms.formsets import all_valid
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.template.loader import render_to_string
from django.template.response import TemplateResponse
from django.urls import URLPattern, path, reverse
from django.utils.cache import add_never_cache_headers
from django.views.decorators.clickjacking import xframe_options_sameorigin

from guide.admin.forms import unit_of
from guide.admin.proofs import NotShown, proof
from guide.admin.typed import Held, typed, wrong
from guide.admin.unit_pages import unit_or_404
from guide.models import Edition, Part, Row, Unit
from guide.publishing.unsaved import unsaved_edition, unsaved_rows
from guide.reading.live import NotLive, live

if TYPE_CHECKING:
    from guide.admin.desk import DeskAdmin
    from guide.admin.units import UnitAdmin

#: Beside these it is seen as printed: the day's page by the rules for paper, which
#: static/js/preview.js puts on.
THEMES = ("night", "dim", "day")

POLICY = (
    "default-src 'none'; style-src 'self'; img-src 'self' data:; font-src 'self'; "
    "base-uri 'none'; form-action 'none'; frame-ancestors 'self'; "
    "sandbox allow-same-origin allow-popups allow-popups-to-escape-sandbox"
)
_SCRIPT = re.compile(r"<script\b[^>]*></script>")
_BLANK = "Nothing to show yet. Fill in the form, then press “Update”."


def urls(desk: DeskAdmin) -> list[URLPattern]:
    """Return the addresses of the previews of a form: of a row, and of one to add."""
    view = desk.admin_site.admin_view(partial(preview_page, desk))
    name = f"{desk.opts.app_label}_{desk.opts.model_name}_preview"
    return [path("<int:pk>/preview/", view, name=name), path("preview/", view, name=f"{name}_new")]


def address(desk: DeskAdmin, request: HttpRequest, row: Row | None) -> str:
    """Return where the form of a row is previewed; empty for who may not change it."""
    name = f"admin:{desk.opts.app_label}_{desk.opts.model_name}_preview"
    if row is None:
        return reverse(f"{name}_new")
    return reverse(name, args=[row.pk]) if desk.has_change_permission(request, row) else ""


@xframe_options_sameorigin
def preview_page(desk: DeskAdmin, request: HttpRequest, pk: int | None = None) -> HttpResponse:
    """Show what a posted form would look like to readers; to GET, an empty page to begin with."""
    row = _row(desk, request, pk)
    look = request.POST.get("look", "")
    if request.method != "POST":
        return _held(look, _BLANK)
    form, formsets = desk.posted_forms(request, row)
    # Each is asked, so that all that is wrong is told at once.
    if not all([form.is_valid(), all_valid(formsets)]):
        return _held(look, "Not shown yet. Look at:", list(wrong(form, formsets)))
    unit = unit_of(form.instance)
    edition = unsaved_edition(unit, unsaved_rows(unit, list(typed(form, formsets))))
    only = form.instance.slug if isinstance(form.instance, Part) else ""
    return _shown(edition, look, only)


@xframe_options_sameorigin
def edition_frame(desk: UnitAdmin, request: HttpRequest, pk: int, number: int) -> HttpResponse:
    """Show an edition as readers would see it: the page in the frame of `edition_page`."""
    _, edition = _edition(desk, request, pk, number)
    return _shown(edition, request.GET.get("look", ""))


def edition_page(desk: UnitAdmin, request: HttpRequest, pk: int, number: int) -> HttpResponse:
    """Show an edition as readers would see it, kept ones too, with its number and note."""
    unit, edition = _edition(desk, request, pk, number)
    context = {
        **desk.admin_site.each_context(request),
        "title": f"Edition {number}",
        "subtitle": str(unit),
        "opts": desk.opts,
        "original": unit,
        "edition": edition,
        "frame_url": desk.page("edition_frame", unit, number),
    }
    return TemplateResponse(request, "admin/guide/edition.html", context)


def _row(desk: DeskAdmin, request: HttpRequest, pk: int | None) -> Any:
    """Return the row whose form was sent; None for the form that adds one."""
    if pk is None:
        if not desk.has_add_permission(request):
            raise PermissionDenied
        return None
    row = desk.get_object(request, str(pk))
    if not desk.has_change_permission(request, row):
        raise PermissionDenied
    if row is None:
        raise Http404
    return row


def _edition(desk: UnitAdmin, request: HttpRequest, pk: int, number: int) -> tuple[Unit, Edition]:
    if not request.user.has_perm("guide.view_edition"):
        raise PermissionDenied
    unit = unit_or_404(desk, request, pk)
    return unit, get_object_or_404(desk.editions(unit), number=number)


def _shown(edition: Edition, look: str, only: str = "") -> HttpResponse:
    now = live()
    edition.live_from = edition.live_from or now.now
    try:
        template, context = proof(now, edition, only)
    except NotLive as error:
        return _held(look, f"It is shown on a page made of “{error}”, which is not live.")
    except NotShown as error:
        return _held(look, str(error))
    return _page(template, look, context)


def _held(look: str, words: str, held: Sequence[Held] = ()) -> HttpResponse:
    context = {"words": words, "held": held}
    return _page("admin/guide/preview/held.html", look, context)


def _page(template: str, look: str, context: dict[str, Any]) -> HttpResponse:
    """Render a page for the frame: without a request, so no cookie and nobody's name is on it."""
    shared = {
        "base": "admin/guide/preview/base.html",
        "csrf_token": "NOTPROVIDED",  # the word that makes Django leave it out
        "themes": THEMES,
        "look": "day" if look == "print" else look,
    }
    html: str = render_to_string(template, {**shared, **context})
    # The frame runs none: left in, each would only be an error on the console. Links open in a
    # new tab, but for those within the page.
    html = _SCRIPT.sub("", html).replace('href="#', 'target="_self" href="#')
    response = HttpResponse(html)
    response.headers["Content-Security-Policy"] = POLICY
    response.headers["X-Robots-Tag"] = "noindex"
    add_never_cache_headers(response)
    return response
