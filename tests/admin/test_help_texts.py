"""Every field that staff can fill says what goes into it, with one good example."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

import pytest
from django import forms
from django.contrib.admin import site
from django.db.models import Model
from django.test import Client
from django.urls import reverse
from django.utils.html import strip_tags

from guide.models import UNIT_BY_KIND, ExemptWord
from guide.pages.readability import MAX_GRADE, long_sentences, read
from tests import make
from tests.admin.desk import UNITS

Said = dict[str, str]


@pytest.fixture
def everything(db: None) -> None:
    """A row of every kind that staff can change."""
    for kind, maker in UNITS.items():
        if not UNIT_BY_KIND[kind].objects.exists():
            maker()
    ExemptWord.objects.create(slug="achilles", why="body part")


@pytest.mark.usefixtures("everything")
def test_every_field_of_the_desk_has_help_in_short_sentences_with_a_good_example(
    superuser: Client,
) -> None:
    said: Said = {}
    for page in _pages(superuser):
        context = superuser.get(page).context
        said |= _help(context["adminform"].form)
        for inline in context["inline_admin_formsets"]:
            said |= _help(inline.formset.empty_form)
    for form in _own_forms(forms.BaseForm):
        said |= _help(form)
    assert [name for name, text in said.items() if not re.search(r"Good:\s+\S", text)] == []
    # The help of a drawing holds one, which is no sentence.
    texts = {text for name, text in said.items() if not name.endswith(".figure")}
    together = "\n\n".join(sorted(texts))
    assert list(long_sentences(together)) == []
    assert read(together).grade <= MAX_GRADE


def test_help_for_the_lines_of_a_table_can_be_read_without_a_mouse(superuser: Client) -> None:
    page = superuser.get(_change_page(make.stretch())).content.decode()
    assert "What to write in “Stretch steps”" in page
    assert "<dd>One action. No doses: they are fields. Good: Stand facing" in page


def _pages(client: Client) -> Iterator[str]:
    """Yield the pages to add and to change a row of each model that may be changed by hand."""
    request = client.get(reverse("admin:index")).wsgi_request
    for model, desk in site._registry.items():
        if not desk.has_change_permission(request):
            continue
        yield reverse(f"admin:{desk.opts.app_label}_{desk.opts.model_name}_add")
        row = model._default_manager.first()
        assert row, f"Make a row of {model.__name__} here, so that its page is looked at."
        yield _change_page(row)


def _change_page(row: Model) -> str:
    opts = row._meta
    return reverse(f"admin:{opts.app_label}_{opts.model_name}_change", args=[row.pk])


def _own_forms(of: type[Any]) -> Iterator[type[Any]]:
    """Yield the forms that the modules of the desk hold."""
    for form in of.__subclasses__():
        yield from _own_forms(form)
        if form.__module__.startswith("guide.admin."):
            yield form


def _help(form: Any) -> Said:
    """Return what is said about each field of a form that can be seen and filled."""
    fields = getattr(form, "fields", None) or form.base_fields
    name = form.__name__ if isinstance(form, type) else f"{type(form).__name__}.{form.prefix or ''}"
    return {
        f"{name}.{field}": strip_tags(str(one.help_text))
        for field, one in fields.items()
        if not (one.widget.is_hidden or one.disabled or field in {"DELETE", "writes_over"})
    }
