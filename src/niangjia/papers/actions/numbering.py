"""Numbers without gaps: the series' row is locked from the moment a number is taken until it is committed."""

from django.db import connection

_NEXT = """
INSERT INTO papers_series AS s (unit_id, path, name, year, last) VALUES (%s, '', %s, %s, 1)
ON CONFLICT (unit_id, name, year) DO UPDATE SET last = s.last + 1 RETURNING last
"""


def next_in(*, unit_id: int, series: str, year: int) -> int:
    """The next number of a union's series and year; whoever asks meanwhile waits; a rollback returns it."""
    with connection.cursor() as cursor:
        cursor.execute(_NEXT, [unit_id, series, year])
        (last,) = cursor.fetchone()
    return int(last)
