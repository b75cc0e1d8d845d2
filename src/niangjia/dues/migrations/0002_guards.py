from django.db import migrations

from niangjia.kernel.rls import copied_path, guard


class Migration(migrations.Migration):
    dependencies = [("dues", "0001_begins"), ("members", "0002_guards")]
    operations = [
        copied_path("dues_duesrecord", column="union_id"),
        guard("dues_duesrecord", own="person_id"),
    ]
