"""Many rows in one statement, as JSON that the database unfolds; row-level security and triggers hold."""

import json
from collections.abc import Iterable, Mapping
from typing import Any

from django.db import connection
from django.db.models import Model

BATCH = 4000


def reserve_numbers(model: type[Model], how_many: int) -> list[int]:
    """So many fresh primary keys of a table, in order."""
    key = model._meta.pk  # noqa: SLF001 - Django's documented way to a model's table
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT nextval(pg_get_serial_sequence(%s, %s)) FROM generate_series(1, %s)",
            [model._meta.db_table, key.column, how_many],  # noqa: SLF001
        )
        return [int(row[0]) for row in cursor.fetchall()]


def insert_rows(model: type[Model], rows: Iterable[Mapping[str, Any]]) -> None:
    """The rows stand in the table; columns that a row does not name take the model's defaults.

    Keys are column names. Nothing of the model's `save` runs: whoever calls has asked the rules before.
    """
    fields = [field for field in model._meta.concrete_fields if not field.primary_key]  # noqa: SLF001
    defaults: dict[str, Any] = {str(field.column): field.get_default() for field in fields}
    waiting: list[str] = []
    columns: list[str] = []
    for row in rows:
        whole: dict[str, Any] = {**defaults, **row}
        columns = columns or list(whole)
        waiting.append(_row(whole))
        if len(waiting) == BATCH:
            _insert(model, columns, waiting)
            waiting = []
    if waiting:
        _insert(model, columns, waiting)


def _told(value: object) -> str:
    """What JSON does not know, as PostgreSQL reads it: bytes in hexadecimal, else its text."""
    return f"\\x{value.hex()}" if isinstance(value, bytes) else str(value)


_row = json.JSONEncoder(ensure_ascii=False, default=_told).encode


def _insert(model: type[Model], columns: list[str], rows: list[str]) -> None:
    table = model._meta.db_table  # noqa: SLF001
    names = ", ".join(f'"{name}"' for name in columns)
    with connection.cursor() as cursor:
        cursor.execute(
            f'INSERT INTO "{table}" ({names}) SELECT {names} '  # noqa: S608 - names of our own models
            f'FROM json_populate_recordset(NULL::"{table}", %s::json)',
            [f"[{','.join(rows)}]"],
        )
