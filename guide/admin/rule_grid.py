"""All rules of a questionnaire as one grid, and the numbers of one question at a time to edit.

Edited whole it would be a form of thousands of boxes, more than Django takes and anyone tabs
through.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect

from guide.admin.drafts import draft, pages_of, sections
from guide.admin.forms import unit_of
from guide.admin.grid_form import GridForm
from guide.admin.grid_lines import Sheet, by_article, groups
from guide.admin.unit_pages import desk_page, posted, unit_or_404
from guide.models import Question, Rule, Section, Unit
from guide.publishing.hands import keep_desk, sign
from guide.triage.grid import Block, grid, unfinished

if TYPE_CHECKING:
    from guide.admin.units import UnitAdmin

SAVED = "Saved as a draft. Readers see no change until it is published."
#: What the rows behind the grid are changed by.
NEEDED = ("add_rule", "change_rule", "add_rulepointer", "change_rulepointer", "delete_rulepointer")


def may_edit(desk: UnitAdmin, request: HttpRequest, unit: Unit) -> bool:
    """Tell whether who asks may change every row that the grid writes."""
    rows = request.user.has_perms([f"guide.{name}" for name in NEEDED])
    return rows and desk.has_change_permission(request, unit)


def grid_page(desk: UnitAdmin, request: HttpRequest, pk: int) -> HttpResponse:
    """Show the grid; with a question to edit, its numbers in boxes, saved on POST."""
    unit = unit_or_404(desk, request, pk)
    flow, form = draft(unit), None
    blocks, columns = grid(flow), sections({one for rule in flow.rules for one in rule.pointers})
    if "edit" in request.GET:
        form = _form(desk, request, unit, blocks, columns)
        if _saved(desk, request, form):
            messages.success(request, SAVED)
            at = form.block.question.slug
            return HttpResponseRedirect(f"{desk.page('grid', unit)}#at-{at}")
    sheet = Sheet(flow, columns, pages_of(Rule, unit), form)
    context = {
        "original": unit,
        "here": "grid",
        "is_nav_sidebar_enabled": False,  # the grid needs the room
        "articles": by_article(columns),
        "groups": list(groups(sheet, blocks, pages_of(Question, unit))),
        "unfinished": [(rule.slug, sheet.pages[rule.slug]) for rule in unfinished(flow)],
        "form": form,
        "may_edit": may_edit(desk, request, unit),
    }
    return desk_page(desk, request, "rule_grid", "Rule grid", context)


def _form(
    desk: UnitAdmin, request: HttpRequest, unit: Any, blocks: list[Block], columns: list[Section]
) -> GridForm:
    """Return the boxes of the question that is asked for, to who may type in them."""
    if not may_edit(desk, request, unit):
        raise PermissionDenied
    block = next((one for one in blocks if one.question.slug == request.GET["edit"]), None)
    if block is None:
        raise Http404
    rules = {rule.slug: rule for rule in unit.rules.prefetch_related("pointers", "cautions")}
    return GridForm(posted(request), instance=unit, block=block, columns=columns, rules=rules)


def _saved(desk: UnitAdmin, request: HttpRequest, form: GridForm) -> bool:
    """Save as the change form does: never unseen over another person's work, and signed."""
    with transaction.atomic():
        if not form.is_valid():
            return False
        unit = unit_of(form.instance)
        if form.cleaned_data["writes_over"]:
            keep_desk(unit, request.user.get_username())
        if form.write():
            sign(unit, request.user)
            desk.log_change(request, unit, f"Changed rules in the grid, at {request.GET['edit']}")
    return True
