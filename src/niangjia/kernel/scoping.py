"""The query scope and, beneath it, the row-level-security scope of the running transaction."""

from functools import reduce
from operator import or_
from typing import TypeVar

from django.db import connection
from django.db.models import Model, Q, QuerySet

from niangjia.kernel.access import Scope
from niangjia.kernel.errors import NotVisible

M = TypeVar("M", bound=Model)

_NEVER = Q(pk__in=())


def within(queryset: QuerySet[M], *, scope: Scope, field: str = "path") -> QuerySet[M]:
    """The rows whose `field` lies in the scope's path ranges; the first line of defence (house.md §3.3)."""
    return queryset.filter(_ranges(scope, field))


def _ranges(scope: Scope, field: str) -> Q:
    if scope.tops == ("",):
        return Q()
    clauses = [Q(**{f"{field}__gte": lo, f"{field}__lt": hi}) for lo, hi in scope.ranges]
    clauses += [Q(**{f"{field}__in": scope.ended})] if scope.ended else []
    return reduce(or_, clauses, _NEVER) if clauses else _NEVER


def the_one(rows: QuerySet[M]) -> M:
    """The first row; without one it does not exist for the reader (404)."""
    row = rows.first()
    if row is None:
        raise NotVisible
    return row


def enter_scope(scope: Scope, *, user_id: int | None = None) -> None:
    """Tell PostgreSQL, for this transaction only, which rows may be seen and written (house.md §3.4).

    Settings are local to the transaction, so a pooled connection never carries them to the next client.
    Without a call every guarded table answers with no rows.
    """
    first, *rest = scope.ranges or (("", ""),)
    lo, hi = first
    values = {
        "nj.lo": lo,
        "nj.hi": hi,
        "nj.more": ",".join(f"{low}:{high}" for low, high in rest),
        "nj.up": ",".join(scope.up),
        "nj.own": str(scope.own or ""),
        "nj.user": str(user_id or ""),
        "nj.public": "on" if scope.public else "",
        "nj.ended": ",".join(scope.ended),
    }
    calls = ", ".join("set_config(%s, %s, true)" for _ in values)
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT {calls}", [part for pair in values.items() for part in pair])
