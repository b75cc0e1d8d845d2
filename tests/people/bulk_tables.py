"""The tables of persons as text that does not depend on the numbers of a run; sealed values opened."""

import json

from django.db import connection, transaction

from niangjia.kernel.sealing import keys_for

SEALED = {
    "people_identitydocument": ("sealed", "alias_sealed"),
    "people_contact": ("sealed",),
    "members_membership": ("fee_base",),
}
NUMBERS = ("id", "person_id", "membership_id")
PEOPLE = ("people_person", "people_identitydocument", "people_contact")


def rows_of(table):
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT to_jsonb(t) FROM {table} AS t")  # noqa: S608 - our own table names
        return [json.loads(row[0]) if isinstance(row[0], str) else row[0] for row in cursor.fetchall()]


def readable(tables=PEOPLE):
    """Every row of the tables, persons by their place in the order of their numbers."""
    order = {row["id"]: n for n, row in enumerate(sorted(rows_of("people_person"), key=lambda r: r["id"]))}
    return {table: sorted(_told(table, row, order) for row in rows_of(table)) for table in tables}


def _told(table, row, order):
    who = row.get("person_id", row["id"])
    kept = {name: value for name, value in row.items() if name not in NUMBERS} | {"who": order[who]}
    for name in SEALED.get(table, ()):
        if row[name] is not None:
            value = bytes.fromhex(row[name].removeprefix("\\x"))
            kept[name] = keys_for([who], make=False).unseal(value, table=table, person_id=who, field=name)
    return json.dumps(kept, sort_keys=True, ensure_ascii=False)


def undone(act):
    """What the act answers; afterwards everything is as before."""
    with transaction.atomic():
        answer = act()
        transaction.set_rollback(True)
        return answer
