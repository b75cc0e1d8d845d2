from django.db import migrations

from niangjia.kernel.rls import copied_path, guard, guard_through, journal_of

HOME, BATCH = "households_household", "means_batch"


class Migration(migrations.Migration):
    dependencies = [
        ("means", "0001_begins"),
        ("households", "0002_guards"),
        ("tree", "0002_guards"),
        ("kernel", "0010_journal_proves_itself"),
    ]
    operations = [
        copied_path(BATCH, column="unit_id"),
        guard(BATCH),
        *(
            guard_through(f"means_{part}", column="household_id", parent=HOME)
            for part in ("authorisation", "check", "checked")
        ),
        journal_of("means.batch", table=BATCH),
    ]
