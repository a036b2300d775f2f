"""The grid in words: what each of its lines says, or the boxes to say it in."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import groupby
from operator import attrgetter
from typing import NamedTuple

from django.forms import BoundField

from guide.admin.drafts import fires_when, how_soon, said, titles
from guide.admin.grid_form import GridForm, cautions_name, level_name, weight_name
from guide.admin.grid_rows import new_key
from guide.models import Article, Caution, Section
from guide.pages.countries import plain
from guide.triage import Flow, Level, Option, Question, Rule
from guide.triage.grid import Block


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

    question: Question
    url: str
    rows: list[Row]
    form: GridForm | None


class Sheet(NamedTuple):
    """What all lines are made of: `pages` are those of rules, `form` the boxes of a question."""

    flow: Flow
    columns: list[Section]
    pages: dict[str, str]
    form: GridForm | None


def by_article(columns: list[Section]) -> list[tuple[Article, list[Section]]]:
    """Return the sections in their order, those of each article together."""
    return [(article, list(own)) for article, own in groupby(columns, attrgetter("article"))]


def groups(sheet: Sheet, blocks: list[Block], pages: dict[str, str]) -> Iterator[Group]:
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


def _row(sheet: Sheet, answer: str, rule: Rule | None, new: str = "") -> Row:
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


def _level(rule: Rule) -> str:
    return "–" if rule.level is Level.SELF_CARE else how_soon(rule.level, rule.soon)
