from django.db import migrations

from niangjia.kernel.rls import copied_path, guard, guard_through, journal_of

ROW = "households_household"


class Migration(migrations.Migration):
    dependencies = [
        ("households", "0001_begins"),
        ("tree", "0002_guards"),
        ("kernel", "0010_journal_proves_itself"),
    ]
    operations = [
        copied_path(ROW, column="keeper_id"),
        guard(ROW, own="head_id"),
        guard_through("households_householdmember", column="household_id", parent=ROW),
        guard_through("households_fact", column="household_id", parent=ROW),
        guard_through("households_proposal", column="household_id", parent=ROW),
        journal_of("households.household", table=ROW, own=False),
    ]
