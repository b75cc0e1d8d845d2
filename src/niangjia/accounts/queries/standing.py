"""The posts in which an account may act on a day: dated, at living units, the delegator still in office."""

from dataclasses import fields
from datetime import date

from django.db import connection

from niangjia.accounts.rules import Standing
from niangjia.kernel.access import Role

_COLUMNS = tuple(field.name for field in fields(Standing))


def standings(*, user_id: int, day: date) -> tuple[Standing, ...]:
    """Every post of one account that holds on the day, in tree order; asked past the scope."""
    with connection.cursor() as cursor:
        cursor.execute(
            f"SELECT {', '.join(_COLUMNS)} FROM accounts_standing(%s, %s)",  # noqa: S608 - our own columns
            [user_id, day],
        )
        rows = cursor.fetchall()
    return tuple(_standing(dict(zip(_COLUMNS, row, strict=True))) for row in rows)


def _standing(row: dict[str, object]) -> Standing:
    delegated = str(row["delegated_role"])
    return Standing(
        **row | {"role": Role(str(row["role"])), "delegated_role": Role(delegated) if delegated else None}  # type: ignore[arg-type]
    )
