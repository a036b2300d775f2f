"""All rules of a questionnaire as one grid, and the numbers of one question at a time to edit.

Edited whole it would be a form of thousands of boxes, more than Django takes and anyone tabs
through.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import groupby
from operator import attrgetter
from typing import TYPE_CHECKING, Any, NamedTuple

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.forms import BoundField
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect

from guide.admin.desk import keep_desk
from guide.admin.drafts import draft, fires_when, how_soon, pages_of, said, sections, titles
from guide.admin.forms import unit_of
from guide.admin.grid_form import GridForm, cautions_name, level_name, weight_name
from guide.admin.grid_rows import new_key
from guide.admin.unit_pages import desk_page, posted, unit_or_404
from guide.models import Article, Caution, Question, Rule, Section, Unit
from guide.pages.countries import plain
from guide.publishing.hands import sign
from guide.triage import Flow, Level, Option
from guide.triage import Question as FlowQuestion
from guide.triage import Rule as FlowRule
from guide.triage.grid import Block, grid, unfinished

if TYPE_CHECKING:
    from guide.admin.units import UnitAdmin

NEEDED = ("add_rule", "change_rule", "add_rulepointer", "change_rulepointer", "delete_rulepointer")


class Cell(NamedTuple):
    """A weight to read, and the box to type it in while its question is edited."""

    weight: int | None
    box: BoundField | None


class Row(NamedTuple):
    """A line of the grid in words. `also` are answers, `elsewhere` rules at earlier ones."""

    key: str
    answer: str
    rule: str
    rule_url: str
    level: str
    level_box: BoundField | None
    level_slug: str
    cautions: list[str]
    cautions_box: BoundField | None
    cells: list[Cell]
    also: Sequence[str] = ()
    elsewhere: Sequence[str] = ()


class Group(NamedTuple):
    """A question: its address, and the lines of its answers and of what it completes."""

    question: FlowQuestion
    url: str
    rows: list[Row]
    form: GridForm | None


class Sheet(NamedTuple):
    """What all lines are made of: `pages` are those of rules, `form` the boxes of a question."""

    flow: Flow
    columns: list[Section]
    pages: dict[str, str]
    form: GridForm | None


def may_edit(desk: UnitAdmin, request: HttpRequest, unit: Unit) -> bool:
    """Tell whether who asks may change every row that the grid writes."""
    rows = request.user.has_perms([f"guide.{name}" for name in NEEDED])
    return rows and desk.has_change_permission(request, unit)


def grid_page(desk: UnitAdmin, request: HttpRequest, pk: int) -> HttpResponse:
    """Show the grid; with a question to edit, its numbers in boxes, saved on POST."""
    unit = unit_or_404(desk, request, pk)
    flow, editing = draft(unit), request.GET.get("edit", "")
    blocks, columns = grid(flow), sections({one for rule in flow.rules for one in rule.pointers})
    form = None
    if editing:
        if not may_edit(desk, request, unit):
            raise PermissionDenied
        block = next((one for one in blocks if one.question.slug == editing), None)
        if block is None:
            raise Http404
        form = GridForm(
            posted(request), instance=unit, block=block, columns=columns, rules=_rules(unit)
        )
        if _saved(desk, request, form):
            messages.success(
                request, "Saved as a draft. Readers see no change until it is published."
            )
            return HttpResponseRedirect(f"{desk.page('grid', unit)}#at-{editing}")
    sheet = Sheet(flow, columns, pages_of(Rule, unit), form)
    context = {
        "original": unit,
        "here": "grid",
        "is_nav_sidebar_enabled": False,  # the grid needs the room
        "articles": _articles(columns),
        "groups": list(_groups(sheet, blocks, pages_of(Question, unit))),
        "unfinished": [(rule.slug, sheet.pages[rule.slug]) for rule in unfinished(flow)],
        "form": form,
        "may_edit": may_edit(desk, request, unit),
    }
    return desk_page(desk, request, "rule_grid", "Rule grid", context)


def _articles(columns: list[Section]) -> list[tuple[Article, list[Section]]]:
    """Return the sections in their order, those of each article together."""
    return [(article, list(own)) for article, own in groupby(columns, attrgetter("article"))]


def _rules(unit: Any) -> dict[str, Rule]:
    return {rule.slug: rule for rule in unit.rules.prefetch_related("pointers", "cautions")}


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


def _groups(sheet: Sheet, blocks: list[Block], pages: dict[str, str]) -> Iterator[Group]:
    cautions = {slug for rule in sheet.flow.rules for slug in rule.cautions}
    names = titles(Caution, cautions, "name")
    for block in blocks:
        form = sheet.form if sheet.form and sheet.form.block is block else None
        rows = [
            row._replace(cautions=[names[slug] for slug in row.cautions])
            for row in _rows(sheet._replace(form=form), block)
        ]
        yield Group(block.question, pages[block.question.slug], rows, form)


def _rows(sheet: Sheet, block: Block) -> Iterator[Row]:
    for line in block.lines:
        new = new_key(block.question.slug, line.option.slug)
        row = _row(sheet, plain(line.option.text, []), line.rule, new)
        yield row._replace(
            also=[_also(sheet.flow, line.option, option) for option in line.also],
            elsewhere=[rule.slug for rule in line.elsewhere],
        )
    for rule in block.together:
        yield _row(sheet, fires_when(sheet.flow, rule), rule)


def _also(flow: Flow, option: Option, other: Option) -> str:
    """Name another answer of the same rule: by its question alone, if it says the same."""
    label = flow.question_of[other.code].label
    return plain(f"“{label}”", []) if other.text == option.text else said(flow, other)


def _row(sheet: Sheet, answer: str, rule: FlowRule | None, new: str = "") -> Row:
    key = rule.slug if rule else new
    weights = rule.pointers if rule else {}
    # An answer whose rules all stand elsewhere has no box here.
    form = sheet.form if sheet.form and level_name(key) in sheet.form.fields else None
    return Row(
        key=key,
        answer=answer,
        rule=rule.slug if rule else "",
        rule_url=sheet.pages[rule.slug] if rule else "",
        level=_level(rule) if rule else "",
        level_box=form[level_name(key)] if form else None,
        level_slug=rule.level.slug if rule else "",
        cautions=list(rule.cautions) if rule else [],
        cautions_box=form[cautions_name(key)] if form else None,
        cells=[
            Cell(
                weights.get(section.slug),
                form[weight_name(key, section)] if form else None,
            )
            for section in sheet.columns
        ],
    )


def _level(rule: FlowRule) -> str:
    return "–" if rule.level is Level.SELF_CARE else how_soon(rule.level, rule.soon)
