"""Rows as they were: a step photographs the rows it may change, so that exactly they can be put back later.

A picture is what PostgreSQL itself says of a row as JSON, numbers and keys included. Columns that triggers
keep (`DERIVED`, copied paths) are left out: they follow by themselves.
"""

import json
from collections.abc import Iterable, Mapping
from typing import Any

from django.apps import apps
from django.db import connection
from django.db.models import Model, QuerySet

from niangjia.kernel.errors import Refused
from niangjia.kernel.words import Said, say

Row = dict[str, Any]
Album = dict[str, dict[str, Row]]
"""By table (the model's label) and primary key."""
Changes = list[list[Any]]
"""Table by table, as they were photographed: rows that came, rows that went, pairs of a row before and after.

Tables stand in the order in which their rows may be put in: what hangs on a row comes after it.
"""
DERIVED = {"covered_since"}
COPIED = "path"
KEEPS_ITS_PATH = {"tree.unit", "tree.placement"}


def photograph(*, rows: Iterable[QuerySet[Any]], like: Album | None = None) -> Album:
    """The rows as they stand now, in the transaction's scope; with `like` also those of an older album."""
    album: Album = {}
    for found in rows:
        model, label = found.model, found.model._meta.label_lower  # noqa: SLF001
        known = [row[_key(model)] for row in (like or {}).get(label, {}).values()]
        keys = {*found.order_by().values_list("pk", flat=True), *known}
        album.setdefault(label, {}).update(_taken(model, list(keys)))
    return album


def changes_between(*, before: Album, after: Album) -> Changes:
    """What came, went and changed; nothing of what stayed as it was."""
    told: Changes = []
    for label in after:
        old, new = before.get(label, {}), after[label]
        both = [key for key in old if key in new and old[key] != new[key]]
        found = {
            "came": [new[key] for key in new if key not in old],
            "went": [old[key] for key in old if key not in new],
            "changed": [[old[key], new[key]] for key in both],
        }
        if any(found.values()):
            told.append([label, found])
    return told


def put_back(*, changes: Changes) -> None:
    """Every row is as it was before these changes; Refused, with nothing done, if one of them changed since.

    All tables are looked at before the first row is written. Foreign keys are asked at the end.
    """
    tables = [(apps.get_model(label), told) for label, told in changes]
    for model, told in tables:
        _require_untouched(model, told)
    for model, told in reversed(tables):
        _delete(model, told["came"])
    for model, told in tables:
        _update(model, [old for old, _ in told["changed"]])
        _insert(model, told["went"])
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        cursor.execute("SET CONSTRAINTS ALL DEFERRED")


def _require_untouched(model: type[Model], told: Mapping[str, Any]) -> None:
    key = _key(model)
    standing = {str(row[key]): row for row in [*told["came"], *(new for _, new in told["changed"])]}
    absent = [row[key] for row in told["went"]]
    now = _taken(model, [*(row[key] for row in standing.values()), *absent])
    if now != standing:
        raise Refused(_touched(model, now, standing))


def _touched(model: type[Model], now: Mapping[str, Row], standing: Mapping[str, Row]) -> Said:
    moved = sum(now.get(key) != row for key, row in standing.items()) or 1
    name = Said(str(model._meta.verbose_name))  # noqa: SLF001
    text = "之后已有别的登记改动了“{table}”（{n} 条），不能再恢复原状。请按现在的情况另行办理。"
    return say(text, table=name, n=moved)


def _key(model: type[Model]) -> str:
    return str(model._meta.pk.column)  # noqa: SLF001


def _dropped(model: type[Model]) -> list[str]:
    kept = model._meta.label_lower in KEEPS_ITS_PATH  # noqa: SLF001
    return [*DERIVED] if kept else [*DERIVED, COPIED]


def _columns(model: type[Model]) -> list[str]:
    left_out = set(_dropped(model))
    return [str(one.column) for one in model._meta.concrete_fields if one.column not in left_out]  # noqa: SLF001


def _taken(model: type[Model], keys: list[Any]) -> dict[str, Row]:
    table, key = model._meta.db_table, _key(model)  # noqa: SLF001
    dropped = _dropped(model)
    with connection.cursor() as cursor:
        cursor.execute(
            f'SELECT t."{key}"::text, (to_jsonb(t) - %s::text[])::text FROM "{table}" AS t '  # noqa: S608 - our own models
            f'WHERE t."{key}" = ANY(%s) ORDER BY t."{key}"',
            [dropped, keys],
        )
        return {number: json.loads(row) for number, row in cursor.fetchall()}


def _delete(model: type[Model], rows: list[Row]) -> None:
    table, key = model._meta.db_table, _key(model)  # noqa: SLF001
    if rows:
        with connection.cursor() as cursor:
            cursor.execute(f'DELETE FROM "{table}" WHERE "{key}" = ANY(%s)', [[row[key] for row in rows]])  # noqa: S608


def _update(model: type[Model], rows: list[Row]) -> None:
    table, key = model._meta.db_table, _key(model)  # noqa: SLF001
    told = ", ".join(f'"{name}" = n."{name}"' for name in _columns(model) if name != key)
    if rows:
        with connection.cursor() as cursor:
            cursor.execute(
                f'UPDATE "{table}" AS t SET {told} '  # noqa: S608
                f'FROM jsonb_populate_recordset(NULL::"{table}", %s::jsonb) AS n WHERE t."{key}" = n."{key}"',
                [_dumped(rows)],
            )


def _insert(model: type[Model], rows: list[Row]) -> None:
    table = model._meta.db_table  # noqa: SLF001
    names = ", ".join(f'"{name}"' for name in _columns(model))
    if rows:
        with connection.cursor() as cursor:
            cursor.execute(
                f'INSERT INTO "{table}" ({names}) SELECT {names} '  # noqa: S608
                f'FROM jsonb_populate_recordset(NULL::"{table}", %s::jsonb)',
                [_dumped(rows)],
            )


def _dumped(rows: list[Row]) -> str:
    return json.dumps(rows, ensure_ascii=False)
