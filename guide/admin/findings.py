"""What keeps a unit from being published, and what is worth a look: one list, with links.

The list speaks of what was last saved. It never stands in the way of saving.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from itertools import chain
from typing import TYPE_CHECKING, Any, NamedTuple

from django import forms
from django.contrib import admin
from django.http import HttpRequest, HttpResponse
from django.utils.text import Truncator

from guide.admin.forms import unit_of
from guide.admin.listing import page_of
from guide.admin.notes import Note
from guide.models import ExemptWord, Part, Row, Unit
from guide.pages.lint import lint
from guide.pages.wording import Severity
from guide.publishing.guards import refusals
from guide.publishing.rows import instances_of, serialized

if TYPE_CHECKING:
    ModelAdmin = admin.ModelAdmin[Any]
else:
    ModelAdmin = object

TITLE_WORDS = 8


class Place(NamedTuple):
    """Where a row is edited: the page of which row, and how the names of its fields begin."""

    page: Unit | Part
    prefix: str


class Item(NamedTuple):
    """A line of the list: what is said of which field, and where that is edited."""

    row: Row
    field: str
    said: str
    place: Place

    @property
    def where(self) -> str:
        """Name the field as its form does, such as Detail of the tip “Warm it”."""
        names = {field.name: field for field in self.row._meta.get_fields()}
        label = getattr(names.get(self.field), "verbose_name", self.field.replace("-", " "))
        if isinstance(self.row, Unit):
            return str(label).capitalize()
        title = Truncator(str(self.row)).words(TITLE_WORDS)
        return f"{str(label).capitalize()} of the {self.row._meta.verbose_name} “{title}”"

    @property
    def page_address(self) -> str:
        """Return the address of the page where the field is."""
        return page_of(self.place.page)

    @property
    def anchor(self) -> str:
        """Return the id of the field on that page."""
        return f"id_{self.place.prefix}{self.field}"


class Findings(NamedTuple):
    """What a unit is refused for, and what an editor might say better."""

    refused: Sequence[Item] = ()
    worth_a_look: Sequence[Item] = ()

    def on(self, page: Unit | Part) -> Findings:
        """Return what concerns the page of a row: all of it, if that is the unit."""
        if isinstance(page, Unit):
            return self
        return Findings(*([item for item in items if item.place.page == page] for items in self))


def findings(unit: Unit) -> Findings:
    """Return what the guards refuse in a unit and what lint finds, as it was last saved."""
    instances = list(instances_of(unit))
    rows, places = serialized(instances), list(_places(instances))
    exempt = set(ExemptWord.objects.values_list("slug", flat=True))
    style = [found for found in lint(rows, exempt) if found.severity is Severity.WARN]
    return Findings(
        *(
            [Item(instances[one.row], one.field, str(one), places[one.row]) for one in found]
            for found in (refusals(unit.kind, unit.slug, rows), style)
        )
    )


def _places(instances: Iterable[Row]) -> Iterator[Place]:
    """Yield where each row is edited: a part without a page is on that of its parent."""
    met: Counter[tuple[type[Row], int]] = Counter()
    for row in instances:
        assert isinstance(row, Unit | Part)
        if admin.site.is_registered(type(row)):
            yield Place(row, "")
            continue
        assert isinstance(row, Part)
        link: Any = row._meta.get_field(row.unit_path.split("__")[0])
        parent: Part | Unit = getattr(row, link.name)
        number = met[type(row), parent.pk]
        met[type(row), parent.pk] += 1
        yield Place(parent, f"{link.remote_field.get_accessor_name()}-{number}-")


def note(found: Findings, forms_of_page: Iterable[forms.BaseModelForm[Any]]) -> None:
    """Give each form of a page the notes of its fields."""
    notes: defaultdict[Row, defaultdict[str, list[Note]]]
    notes = defaultdict(lambda: defaultdict(list))
    for refused, items in ((True, found.refused), (False, found.worth_a_look)):
        for item in items:
            notes[item.row][item.field].append(Note(item.said, refused))
    for form in forms_of_page:
        if form.instance.pk and form.instance in notes:
            form.notes = notes[form.instance]  # type: ignore[attr-defined]


def _forms(context: dict[str, Any]) -> list[forms.BaseModelForm[Any]]:
    """Return the forms of a change page: that of its row, and those of its inlines."""
    inlines = (inline.formset.forms for inline in context["inline_admin_formsets"])
    return [context["adminform"].form, *chain.from_iterable(inlines)]


class FoundAdmin(ModelAdmin):
    """A change page that lists what was found in what was last saved."""

    def render_change_form(
        self, request: HttpRequest, context: dict[str, Any], *args: Any, **kwargs: Any
    ) -> HttpResponse:
        page = kwargs.get("obj")
        # What was refused to be saved has its own errors: first things first.
        if isinstance(page, Unit | Part) and not context["adminform"].form.is_bound:
            found = findings(unit_of(page)).on(page)
            note(found, _forms(context))
            context["findings"] = found
        return super().render_change_form(request, context, *args, **kwargs)
