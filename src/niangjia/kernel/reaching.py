"""Writes that cross scopes by nature: a step taken here lays work on a desk elsewhere (house.md §3.4)."""

from collections.abc import Iterator
from contextlib import contextmanager

from django.db import connection
from psycopg.pq import TransactionStatus

from niangjia.kernel.access import EVERYWHERE
from niangjia.kernel.scoping import enter_scope

SETTINGS = ("nj.lo", "nj.hi", "nj.more", "nj.up", "nj.own", "nj.user", "nj.public", "nj.ended")


@contextmanager
def beyond() -> Iterator[None]:
    """Inside, every row may be seen and written; afterwards, refused or not, the scope of before holds again.

    Only for actions that have asked for the permission first, and for reads whose columns are open to whoever
    may ask. Where an error has broken the transaction, its rollback brings the scope back.
    """
    before = _scope_now()
    enter_scope(EVERYWHERE)
    try:
        yield
    finally:
        if connection.connection.info.transaction_status != TransactionStatus.INERROR:
            _restore(before)


def _scope_now() -> tuple[str, ...]:
    kept = ", ".join("coalesce(current_setting(%s, true), '')" for _ in SETTINGS)
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT {kept}", SETTINGS)
        return tuple(cursor.fetchone())


def _restore(before: tuple[str, ...]) -> None:
    calls = ", ".join("set_config(%s, %s, true)" for _ in SETTINGS)
    pairs = zip(SETTINGS, before, strict=True)
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT {calls}", [part for pair in pairs for part in pair])
