"""Numbers into rows, however many processes add to the same row at once."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from django.db import connection, models, transaction


def add_up(
    model: type[models.Model],
    key: Sequence[str],
    counted: Mapping[tuple[Any, ...], Mapping[str, int]],
) -> None:
    """Add numbers to the rows that the `key` fields name, in one batch; make those missing.

    The key needs a unique constraint. Django's own upsert replaces a value; it cannot add.
    """
    fields = {field.name: field for field in model._meta.concrete_fields}
    numbers = [name for name, field in fields.items() if name not in key and not field.primary_key]
    quote = connection.ops.quote_name
    table = quote(model._meta.db_table)
    columns = {name: quote(str(fields[name].column)) for name in (*key, *numbers)}
    added = [
        f"{columns[name]} = {table}.{columns[name]} + excluded.{columns[name]}" for name in numbers
    ]
    sql = (
        f"INSERT INTO {table} ({', '.join(columns.values())}) "  # noqa: S608 (names of ours)
        f"VALUES ({', '.join(['%s'] * len(columns))}) "
        f"ON CONFLICT ({', '.join(columns[name] for name in key)}) "
        f"DO UPDATE SET {', '.join(added)}"
    )
    # In one order, so that two processes that add to the same rows never wait for each other.
    rows = [
        [
            *(
                fields[name].get_db_prep_value(value, connection)
                for name, value in zip(key, row, strict=True)
            ),
            *(counted[row].get(name, 0) for name in numbers),
        ]
        for row in sorted(counted)
    ]
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.executemany(sql, rows)
