"""A hand that works as the owner of the tables, with the triggers off: what it did is written down."""

import time
from contextlib import contextmanager

from django.db import connections, transaction
from tests.conftest import AT

from niangjia.kernel.journal import sealing, verifying

TABLES = ("line", "values", "leaf", "node", "head")


def sealed(*, at=AT, thorough=False):
    """Seal all; a transaction of another database of the server may make a line wait for a moment."""
    made = []
    for _ in range(600):
        made += sealing.seal(at=at, thorough=thorough)
        with connections["owner"].cursor() as cursor:
            cursor.execute(verifying.WAITING)
            if not cursor.fetchone()[0]:
                return made
        time.sleep(0.05)
    raise AssertionError("lines still wait")


@contextmanager
def owner():
    """The owner's cursor with every trigger of the journal off; what is done is rolled back at the end."""
    with transaction.atomic(using="owner"), connections["owner"].cursor() as cursor:
        for table in TABLES:
            cursor.execute(f"ALTER TABLE kernel_journal{table} DISABLE TRIGGER USER")
        yield cursor
        transaction.set_rollback(True, using="owner")


def swap(cursor, table, key, first, second):
    """Two rows change their keys."""
    for old, new in ((first, -1), (second, first), (-1, second)):
        sql = f"UPDATE kernel_journal{table} SET {key} = %s WHERE {key} = %s"  # noqa: S608 - ours
        cursor.execute(sql, [new, old])
