from django.db import migrations

from niangjia.kernel.rls import copied_path, guard, guard_through, journal_of


class Migration(migrations.Migration):
    dependencies = [("drives", "0001_begins"), ("tree", "0002_guards"), ("kernel", "0020_keys_of_persons")]
    operations = [
        copied_path("drives_joindrive", column="organisation_id"),
        guard("drives_joindrive"),
        guard_through("drives_drivestop", column="drive_id", parent="drives_joindrive"),
        journal_of("drives.join_drive", table="drives_joindrive"),
    ]
