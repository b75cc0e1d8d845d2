"""The rows on their way into the tables: only what is not there yet, by COPY."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.db import connection

from niangjia.tree.actions.divisions.entries import NBS, Coded, Entry
from niangjia.tree.models import Division, DivisionCode

if TYPE_CHECKING:
    from datetime import date


@dataclass(frozen=True, slots=True)
class Stored:
    """What the tables hold already: divisions by the key of the load, and their codes."""

    ids: Mapping[str, int]
    codes: frozenset[tuple[str, str, int]]


def stored() -> Stored:
    """A division of today goes by its statistics code, one that is gone by its last code and year."""
    ids: dict[str, int] = {}
    last: dict[int, tuple[date, str]] = {}
    rows = DivisionCode.objects.values_list("system", "code", "division_id", "until")
    codes = set()
    for system, code, division, until in rows.iterator(chunk_size=20_000):
        codes.add((system, code, division))
        if system != NBS:
            continue
        if until is None:
            ids[code] = division
        elif division not in last or until > last[division][0]:
            last[division] = (until, code)
    living = set(ids.values())
    gone = {f"{code}/{end.year - 1}": pk for pk, (end, code) in last.items() if pk not in living}
    return Stored(ids | gone, frozenset(codes))


def copy_new(entries: Sequence[Entry], known: Stored) -> int:
    """The divisions and codes that are missing are there; returns how many divisions were."""
    new = [entry for entry in entries if entry.key not in known.ids]
    ids = {**known.ids, **dict(zip((entry.key for entry in new), _numbers(len(new)), strict=True))}
    columns = ("id", "level", "name", "full_name", "since", "until", "parent_id", "successor_id")
    rows = (
        (
            ids[one.key],
            one.level,
            one.name,
            one.full_name,
            one.since,
            one.until,
            ids.get(one.parent),
            ids.get(one.successor),
        )
        for one in new
    )
    _copy(Division, columns, rows)
    codes = ((ids[one.key], code) for one in entries for code in one.codes)
    _copy(DivisionCode, ("division_id", "system", "code", "since", "until"), _missing(codes, known))
    return len(new)


def _missing(codes: Iterable[tuple[int, Coded]], known: Stored) -> Iterable[tuple[object, ...]]:
    for division, code in codes:
        if (code.system, code.code, division) not in known.codes:
            yield division, code.system, code.code, code.since, code.until


def _numbers(count: int) -> list[int]:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT nextval(pg_get_serial_sequence('tree_division', 'id')) FROM generate_series(1, %s)",
            [count],
        )
        return [row[0] for row in cursor.fetchall()]


def _copy(
    model: type[Division] | type[DivisionCode],
    columns: Sequence[str],
    rows: Iterable[tuple[object, ...]],
) -> None:
    table = model._meta.db_table  # noqa: SLF001 - Django's own name for it
    with (
        connection.cursor() as cursor,
        cursor.copy(f"COPY {table} ({', '.join(columns)}) FROM STDIN") as target,
    ):
        for row in rows:
            target.write_row(row)


def rename(entries: Iterable[Entry], known: Stored) -> int:
    """Names that the lists spell anew are spelled so; returns how many."""
    names = {row[0]: row[1:] for row in Division.objects.values_list("id", "name", "full_name").iterator()}
    changed = [
        Division(pk=known.ids[one.key], name=one.name, full_name=one.full_name)
        for one in entries
        if one.key in known.ids and names[known.ids[one.key]] != (one.name, one.full_name)
    ]
    Division.objects.bulk_update(changed, ["name", "full_name"], batch_size=1_000)
    return len(changed)
