"""Rows as editions keep them, with every field that the model has."""

from __future__ import annotations

from typing import Any

from guide.models import Row
from guide.pages.rows import RowData
from guide.publishing.rows import completed


def row(model: type[Row], **fields: Any) -> RowData:
    return completed(RowData(model=model._meta.label_lower, fields=fields))
