"""What a posted form of the desk holds: its rows, or what is wrong with them."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, NamedTuple

from guide.publishing.unsaved import Typed


class Held(NamedTuple):
    """What holds a preview back: a field, where it is on the form, and what is wrong."""

    field: str
    address: str
    why: str


def typed(form: Any, formsets: list[Any]) -> Iterator[Typed]:
    """Yield every row of valid forms. A blank one that was only opened is none."""
    yield _as_typed(form)
    for formset in formsets:
        for part in formset.forms:
            new = part.instance.pk is None
            gone = formset.is_gone(part)
            if new and (gone or not part.has_changed()):
                continue
            setattr(part.instance, formset.fk.name, formset.instance)
            yield _as_typed(part, gone=gone)


def _as_typed(form: Any, *, gone: bool = False) -> Typed:
    many = {
        field.name: form.cleaned_data[field.name]
        for field in form.instance._meta.many_to_many
        if field.name in form.cleaned_data
    }
    return Typed(form.instance, many, gone)


def wrong(form: Any, formsets: list[Any]) -> Iterator[Held]:
    """Yield all that is wrong with forms that were found not to be valid."""
    yield from _wrong_fields(form)
    for formset in formsets:
        name = str(formset.model._meta.verbose_name).capitalize()
        for why in formset.non_form_errors():
            yield Held(name, f"{formset.prefix}-group", str(why))
        for number, part in enumerate(formset.forms, start=1):
            if not formset.is_gone(part):
                yield from _wrong_fields(part, f"{name} {number}: ")


def _wrong_fields(form: Any, row: str = "") -> Iterator[Held]:
    for name, reasons in form.errors.items():
        field, address = row.removesuffix(": "), ""
        if name in form.fields:
            field, address = f"{row}{form[name].label}", form[name].auto_id
        for why in reasons:
            yield Held(field, address, str(why))
