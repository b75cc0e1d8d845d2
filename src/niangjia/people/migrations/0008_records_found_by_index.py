"""The records of a person are found by index, whatever a session planned while the table was small."""

from django.db import migrations

FUNCTIONS = ("people_records_of(bigint)", "people_survivors_of(bigint[])", "people_paths_of(bigint[])")
BY_INDEX = " ".join(f"ALTER FUNCTION {one} SET enable_seqscan = off;" for one in FUNCTIONS)
AS_BEFORE = " ".join(f"ALTER FUNCTION {one} RESET enable_seqscan;" for one in FUNCTIONS)


class Migration(migrations.Migration):
    dependencies = [("people", "0007_found_by_index")]
    operations = [migrations.RunSQL(BY_INDEX, AS_BEFORE)]
