"""JSON-LD of a page, held against the vocabulary of schema.org by a library that knows it all.

`schema_org` has a strict model of each type. Building one fails for a type or a property that
there is not, and for a value that the property does not take.
"""

from __future__ import annotations

import json
import re
from datetime import date
from typing import Any

import schema_org

_DATA = re.compile(rb'<script type="application/ld\+json">(.*?)</script>', re.DOTALL)
#: What the two names that pages share stand for.
_NAMED = {"/#site": "WebSite", "/#maker": "Organization"}


def data(content: bytes) -> list[dict[str, Any]]:
    """Return the graph of a page, which has one; nothing if it has no data."""
    found = _DATA.findall(content)
    assert len(found) <= 1
    if not found:
        return []
    document = json.loads(found[0])
    assert document["@context"] == "https://schema.org"
    graph: list[dict[str, Any]] = document["@graph"]
    return graph


def of_type(graph: list[dict[str, Any]], name: str) -> dict[str, Any]:
    (found,) = (thing for thing in graph if thing["@type"] == name)
    return found


def valid(thing: dict[str, Any]) -> Any:
    """Return the thing as the library's own. Raises what it finds wrong."""
    model = getattr(schema_org, thing["@type"])
    asked = {name for name in thing if name.endswith("-input")}
    for name in asked:  # says how to fill in a property of an action
        assert name.removesuffix("-input") in model.model_fields, name
    own = {"@type", "@id"} | asked
    return model(**{name: _value(value) for name, value in thing.items() if name not in own})


def _value(value: Any) -> Any:
    if isinstance(value, list):
        return [_value(one) for one in value]
    if isinstance(value, dict):
        return valid(value) if "@type" in value else _named(value["@id"])
    if re.fullmatch(r"\d{4}-\d\d-\d\d", str(value)):
        return date.fromisoformat(value)
    return value


def _named(address: str) -> Any:
    names = [name for end, name in _NAMED.items() if address.endswith(end)]
    return getattr(schema_org, names[0] if names else "Thing")()
