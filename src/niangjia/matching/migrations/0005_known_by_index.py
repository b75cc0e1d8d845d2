"""What a membership knows of its person is looked up by index, whatever the planner took the tables for.

A session that made its plans while the tables were small kept them: each stretch of a long list then read every
contact there is, which took minutes for a few thousand. Now the person's records are found first, then what
hangs on them.
"""

from django.db import migrations

BEFORE = (
    "{row}.person_id IN (SELECT q.id FROM people_person AS q WHERE q.id = p.id OR q.merged_into_id = p.id)"
)
AFTER = "{row}.person_id = ANY (ARRAY(SELECT p.id UNION ALL SELECT q.id FROM people_person AS q WHERE q.merged_into_id = p.id))"
FUNCTIONS = ("members_know(bigint[])", "members_fill()")


def rewritten(old: str, new: str, seqscan: str) -> str:
    """Both functions with the lookup said otherwise; nothing else of them changes."""
    told = "".join(
        f"""
 EXECUTE replace(replace(pg_get_functiondef('{name}'::regprocedure), '{old.format(row="c")}', '{new.format(row="c")}'),
  '{old.format(row="d")}', '{new.format(row="d")}');
 ALTER FUNCTION {name} {seqscan};"""
        for name in FUNCTIONS
    )
    return f"DO $do$ BEGIN{told} END $do$;"


class Migration(migrations.Migration):
    dependencies = [("matching", "0004_known_of_both_records")]
    operations = [
        migrations.RunSQL(
            rewritten(BEFORE, AFTER, "SET enable_seqscan = off"),
            rewritten(AFTER, BEFORE, "RESET enable_seqscan"),
        )
    ]
