"""Markup to type where words belong, and pages taken apart to see what became of it.

The guards are left out on purpose: what the pages promise must not rest on them. A page is
taken apart as a browser would, and held against the same page with plain words in every field.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from html.parser import HTMLParser
from itertools import count
from typing import Any

from django.core.validators import MaxLengthValidator
from django.db import models
from django.test import Client

from guide.models import UNITS, Edition, Part, Stretch, Unit
from guide.models.base import one_line
from guide.publishing.press import keep, publish_again
from guide.reading.live import forget

#: What a search looks for.
PLAIN = "words"
#: Twenty in four groups: elements, attributes, addresses in Markdown, other languages.
PAYLOADS: dict[str, tuple[str, ...]] = {
    "elements": (
        "<script>alert(1)</script>",
        "</script><script>alert(1)</script>",
        "<img src=x onerror=alert(1)>",
        "<svg/onload=alert(1)>",
        "</title></textarea></style><iframe srcdoc='<script>alert(1)</script>'></iframe>",
        "<math><mtext><mglyph><style><!--</style><img title='--><img src=x onerror=alert(1)>'>",
        "<base href=//elsewhere.example/><meta http-equiv=refresh content='0;url=//e.example'>",
    ),
    "attributes": (
        '" onmouseover="alert(1)" x="',
        "' autofocus onfocus='alert(1)' x='",
        '"><object data="data:text/html,<script>alert(1)</script>"></object>',
        "` style=position:fixed onclick=alert(1) `",
    ),
    "addresses": (
        "[x](javascript:alert(1))",
        "[x](JaVaScRiPt&colon;alert(1))",
        "![x](data:image/svg+xml;base64,PHN2Zz48L3N2Zz4=)",
        "<javascript:alert(1)>",
        '[x](https://e.example "\\" onclick=alert(1) x=\\"")',
    ),
    "languages": (
        "{{ settings.SECRET_KEY }}{% debug %}",
        "]]></summary><script>alert(1)</script>",
        "\\u003cscript\\u003e\u2028alert(1)\\u003c/script\\u003e",
        "END:VEVENT BEGIN:VALARM &lt;script&gt;alert(1)&lt;/script&gt; <!--",
    ),
}
GROUPS = tuple(PAYLOADS.values())
ALL = sum(GROUPS, ())
#: What the Markdown of a long text may make of any words: nothing that acts.
MARKDOWN = {(tag, "") for tag in ("p", "code", "pre", "br", "em", "strong", "a")} | {
    ("a", "title"),
    ("a", "href"),
}
#: Where words are not free: a name of a drawing, a number to dial.
FIXED = {"slug", "code", "figure", "emergency", "address", "url", "also_pages"}
_SCHEMES = {"javas", "data:", "vbscr"}


class Parts(HTMLParser):
    """The elements of a page with the names of their attributes, and its addresses."""

    def __init__(self, content: bytes) -> None:
        super().__init__()
        self.names: set[tuple[str, str]] = set()
        self.addresses: set[str] = set()
        self.feed(content.decode())

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.names |= {(tag, "")} | {(tag, name) for name, _ in attrs}
        where = {"href", "src", "action", "formaction", "srcdoc", "data", "xlink:href"}
        self.addresses |= {value or "" for name, value in attrs if name in where}


def unsafe(parts: Parts, clean: Parts) -> set[Any]:
    """Return what came into being that was not in the clean page."""
    leads = {a for a in parts.addresses - clean.addresses if a.strip().lower()[:5] in _SCHEMES}
    return (parts.names - clean.names - MARKDOWN) | leads


def taken_apart(client: Client, addresses: Iterable[str]) -> dict[str, Parts]:
    found = {}
    for address in addresses:
        response = client.get(address, follow=True)
        assert response.status_code in {200, 410}, (address, response.status_code)
        found[address] = Parts(response.content)
    return found


def packed(room: int | None, turn: int, place: int) -> str:
    """Return words for a field of so much room: those that a search finds, then payloads.

    In each of four turns a field without a limit holds another group. One with a limit holds
    what there is room for, and begins with another payload than the field before it.
    """
    if room is None:
        return " ".join((PLAIN, *GROUPS[turn]))
    text = PLAIN if room > 60 else ""
    for payload in (ALL[(place * 3 + turn * 5 + more) % len(ALL)] for more in range(len(ALL))):
        longer = f"{text} {payload}".strip()
        text = longer if len(longer) <= room else text
    return text


def room_of(field: Any) -> int | None:
    """Return how much a field of a model or a form takes: what its column, or its check, says."""
    checks = [one.limit_value for one in field.validators if isinstance(one, MaxLengthValidator)]
    limits = [limit for limit in (field.max_length, *checks) if limit]
    return min(limits) if limits else None


def free(model: type[models.Model]) -> list[models.Field[Any, Any]]:
    """Return the fields of a model in which staff write what they like."""
    return [
        field
        for field in model._meta.concrete_fields
        if type(field) in {models.CharField, models.TextField}
        and not field.choices
        and field.name not in FIXED
        and all(one is one_line or isinstance(one, MaxLengthValidator) for one in field.validators)
    ]


def models_filled() -> Iterator[type[Unit | Part]]:
    return (model for kind in UNITS for model in (kind, *kind.parts) if free(model))


def fill(units: Iterable[Unit], turn: int | None) -> None:
    """Write into every free field of every unit and its parts, and put it before readers.

    Without a turn, the words are plain.
    """
    places = count()

    def words(room: int | None) -> str:
        return PLAIN if turn is None else packed(room, turn, next(places))

    for model in models_filled():
        model._base_manager.update(**{one.name: words(room_of(one)) for one in free(model)})
    for stretch in Stretch.objects.exclude(figure={}):
        texts = {"title": words(None), "description": words(None)}
        Stretch._base_manager.filter(pk=stretch.pk).update(figure={**stretch.figure, **texts})
    note = Edition._meta.get_field("note").max_length
    for unit in units:
        publish_again(keep(type(unit).objects.get(pk=unit.pk)), note=words(note), who="ann")
    forget()
