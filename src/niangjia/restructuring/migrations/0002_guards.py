"""A restructure is read by whoever reaches the union that decides, or one of the unions that it touches."""

from django.db import migrations

from niangjia.kernel.rls import RANGES, copied_path, guard, journal_of

SIDE = f"""EXISTS (SELECT 1 FROM restructuring_side AS s WHERE s.restructure_id = {{number}}
 AND {RANGES.format(path="s.path")})"""
BESIDE = f"""EXISTS (SELECT 1 FROM restructuring_restructure AS w WHERE w.id = {{table}}.restructure_id
 AND ({RANGES.format(path="w.path")} OR {SIDE.format(number="w.id")}))"""


def _guarded(table: str, condition: str) -> migrations.RunSQL:
    policies = "".join(
        f"CREATE POLICY nj_{name} ON {table} FOR {verb} {clause};"
        for name, verb, clause in (
            ("read", "SELECT", f"USING ({condition})"),
            ("insert", "INSERT", f"WITH CHECK ({condition})"),
            ("update", "UPDATE", f"USING ({condition}) WITH CHECK ({condition})"),
            ("delete", "DELETE", f"USING ({condition})"),
        )
    )
    drops = "".join(f"DROP POLICY nj_{name} ON {table};" for name in ("read", "insert", "update", "delete"))
    return migrations.RunSQL(
        f"ALTER TABLE {table} ENABLE ROW LEVEL SECURITY; {policies}",
        f"{drops} ALTER TABLE {table} DISABLE ROW LEVEL SECURITY;",
    )


WHOLE = f"{RANGES.format(path='path')} OR {SIDE.format(number='restructuring_restructure.id')}"
HANGING = ("restructuring_heirshare", "restructuring_partyfacts", "restructuring_openmatter")


class Migration(migrations.Migration):
    dependencies = [("restructuring", "0001_begins"), ("tree", "0003_journal_guard")]
    operations = [
        copied_path("restructuring_restructure", column="desk_id"),
        copied_path("restructuring_side", column="unit_id"),
        guard("restructuring_side"),
        _guarded("restructuring_restructure", WHOLE),
        *(_guarded(table, BESIDE.format(table=table)) for table in HANGING),
        journal_of("restructuring.restructure", table="restructuring_restructure"),
    ]
