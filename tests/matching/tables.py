"""What stands in every table, row by row: for un-merges that return the same bytes."""

from django.db import connection

PROCESS = (
    "kernel_journal", "kernel_answer", "kernel_visits", "procrastinate_", "django_", "tasks_", "messaging_",
    "matching_duplicatecase", "members_memberdelta", "auth_", "kernel_personkey",
)  # fmt: skip
"""The journal and what tells of the steps themselves; keys, made on the first sealing, tell of nobody; the
roll-up's waiting deltas are folded first."""
ANONYMOUS = {"members_membertally": "(to_jsonb(t) - 'id')::text"}
"""A row that became 0 goes and comes again under another number."""


def contents():
    """Every row of every table as text, by table; read with everything in sight."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT tablename FROM pg_tables WHERE schemaname = 'public' ORDER BY 1")
        tables = [name for (name,) in cursor.fetchall() if not name.startswith(PROCESS)]
        return {table: _rows(cursor, table) for table in tables}


def _rows(cursor, table):
    shown = ANONYMOUS.get(table, "t::text")
    cursor.execute(f"SELECT {shown} FROM {table} AS t ORDER BY 1")  # noqa: S608 - a name from the catalogue
    return [row[0] for row in cursor.fetchall()]


def differences(before, after):
    """What stands in one and not in the other, by table."""
    return {
        table: (
            sorted(set(before[table]) - set(after[table])),
            sorted(set(after[table]) - set(before[table])),
        )
        for table in before
        if before[table] != after[table]
    }
