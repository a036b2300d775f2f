"""Values as they read back from the desk.

A load tells the work of staff by comparing digests, so a value that the database would
quietly turn into another one is refused: it would look like a change by staff ever after.
"""

from __future__ import annotations

import json
from typing import Any

from django.core.exceptions import ValidationError
from django.core.serializers.json import DjangoJSONEncoder
from django.db import models

from guide.models import Row, tidy
from guide.publishing.block_yaml import DEEPEST

_KINDS: tuple[tuple[type[models.Field[Any, Any]], str], ...] = (
    (models.CharField, "text"),
    (models.TextField, "text"),
    (models.BooleanField, "true or false"),
    (models.IntegerField, "a whole number"),
    (models.DateField, "a date, such as 2026-01-31"),
)


class Plain(json.JSONDecoder):
    """Reads JSON that a database can hold and a page can show. To a form all else is no JSON.

    Python also reads lists a thousand deep, numbers without an end, NaN, a NUL and half a letter.
    """

    def decode(self, s: str, *more: Any) -> Any:
        try:
            value = super().decode(s, *more)
            text = json.dumps(value, ensure_ascii=False, allow_nan=False)
            text.encode()
            holds = "\\u0000" not in text and _depth(value) <= DEEPEST
        except json.JSONDecodeError:
            raise
        except (RecursionError, ValueError):
            holds = False
        if not holds:
            raise json.JSONDecodeError("No JSON that can be kept", s[:40], 0)
        return value


def _depth(value: Any) -> int:
    parts = value.values() if isinstance(value, dict) else value if isinstance(value, list) else ()
    return 1 + max(map(_depth, parts), default=0)


def plain(value: Any) -> Any:
    """Return a value as JSON would hold it. Raises TypeError or ValueError if it cannot."""
    return json.loads(_as_json(value))


def canonical(field: Any, value: Any) -> Any:
    """Return the value of a field as it will read back: plain, its text tidy.

    Raises ValueError, saying what the value must be.
    """
    if field.many_to_many:
        return _references(field.related_model, value)
    if value is None and field.null:
        return None
    if field.many_to_one:
        return _reference(field.related_model, value)
    value = tidy(value) if isinstance(value, str) else value
    try:
        text = _as_json(value)
        reads_back = value is not None and text == _as_json(field.to_python(plain(value)))
    except (TypeError, ValueError, ValidationError):
        reads_back = False
    # PostgreSQL cannot hold a NUL, in text or in JSON.
    if not reads_back or "\\u0000" in text:
        kinds = (words for kind, words in _KINDS if isinstance(field, kind))
        raise ValueError(f"must be {next(kinds, 'plain text, numbers and lists')}")
    return plain(value)


def _references(model: type[Row], value: Any) -> list[list[str]]:
    keys = [] if value is None else value
    if not isinstance(keys, list) or not all(_is_key(model, key) for key in keys):
        raise ValueError(f"must be a list of natural keys, as in [{_key_words(model)}]")
    for key in keys:
        if keys.count(key) > 1:
            raise ValueError(f"{'/'.join(key)} is listed twice")
    return sorted(keys)


def _reference(model: type[Row], value: Any) -> list[str]:
    if not _is_key(model, value):
        raise ValueError(f"must be a natural key in brackets, as in {_key_words(model)}")
    return list(value)


def _is_key(model: type[Row], value: Any) -> bool:
    return (
        isinstance(value, list)
        and len(value) == len(model.key)
        and all(isinstance(word, str) for word in value)
    )


def _key_words(model: type[Row]) -> str:
    """Return the shape of a natural key, such as [questionnaire, question, option]."""
    owners = (lookup.rpartition("__")[0].split("__")[-1] for lookup in model.key)
    return f"[{', '.join(owner or str(model._meta.model_name) for owner in owners)}]"


def _as_json(value: Any) -> str:
    return json.dumps(value, cls=DjangoJSONEncoder, allow_nan=False)
