"""Every address of the desk, and a desk with a row behind each of them."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any, NamedTuple

from django.contrib import admin
from django.contrib.auth.models import Group
from django.db.models import Model
from django.urls import URLPattern, URLResolver, get_resolver, reverse
from django.utils import timezone

from guide import models
from guide.models import ExemptWord, Fault, PageCount, SearchTerm, SignIn
from guide.publishing.submissions import submit
from tests import make
from tests.admin.desk import UNITS

#: What stands in an address for a part of it that is not a key of the row.
_PARTS: dict[str, Any] = {
    "number": 1,
    "name": "overdue",
    "app_label": "guide",
    "url": "nowhere",
}


class Address(NamedTuple):
    """An address of the desk: its model (empty for the site itself), its page, its keys."""

    model: str
    page: str
    keys: tuple[str, ...]


def addresses() -> Iterator[Address]:
    """Walk the resolver: whatever is routed under /admin/, and named, is here once."""
    models_by_prefix = {
        f"{model._meta.app_label}_{model._meta.model_name}": str(model._meta.model_name)
        for model in admin.site._registry
    }
    for pattern in _patterns(get_resolver().url_patterns, "admin/"):
        if pattern.name is None:
            continue
        prefix = max((p for p in models_by_prefix if pattern.name.startswith(f"{p}_")), default="")
        page = pattern.name.removeprefix(f"{prefix}_")
        yield Address(
            models_by_prefix.get(prefix, ""), page, tuple(pattern.pattern.regex.groupindex)
        )


def _patterns(found: list[Any], start: str = "") -> Iterator[URLPattern]:
    for one in found:
        if isinstance(one, URLResolver) and (not start or str(one.pattern) == start):
            yield from _patterns(one.url_patterns)
        elif isinstance(one, URLPattern) and not start:
            yield one


def url(address: Address, rows: dict[str, Model]) -> str:
    app = rows[address.model]._meta.app_label if address.model else ""
    name = f"{app}_{address.model}_{address.page}" if address.model else address.page
    row = rows[address.model or "article"]
    return reverse(f"admin:{name}", kwargs={key: _PARTS.get(key, row.pk) for key in address.keys})


def desk() -> dict[str, Any]:
    """Make a row of every model of the desk; each unit is published, then changed.

    A proof of the section waits.
    """
    rows: dict[str, Any] = {}
    for kind in ("routine", "section", *UNITS):
        model = next(m for m in models.UNITS if m._meta.model_name == kind)
        rows[kind] = model.objects.first() or UNITS[kind]()
    for unit in rows.values():
        make.published(unit)
    for kind, unit in rows.items():
        type(unit).objects.get(pk=unit.pk).save()
        rows[kind] = type(unit).objects.get(pk=unit.pk)
    author = make.staff("ann")
    rows["submission"] = submit(rows["section"], user=author, note="Kinder")
    rows["user"], rows["group"] = author, Group.objects.first()
    for shown in admin.site._registry:
        name = str(shown._meta.model_name)
        if name not in rows:
            rows[name] = shown._default_manager.first() or _MADE[name]()
    return rows


_MADE: dict[str, Callable[[], Model]] = {
    "fault": lambda: Fault.objects.create(kind="section", slug="heat-cold", title="Heat"),
    "pagecount": lambda: PageCount.objects.create(page="/", day=timezone.localdate()),
    "searchterm": lambda: SearchTerm.objects.create(key="k", last_day=timezone.localdate()),
    "signin": lambda: SignIn.objects.create(name="ann"),
    "exemptword": lambda: ExemptWord.objects.create(slug="calf", why="A muscle"),
}
