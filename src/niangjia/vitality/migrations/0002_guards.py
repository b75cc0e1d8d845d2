from django.db import migrations

from niangjia.kernel.rls import copied_path, guard, journal_of


class Migration(migrations.Migration):
    dependencies = [
        ("vitality", "0001_begins"),
        ("network", "0002_guards"),
        ("portal", "0001_journal_guards"),
        ("tree", "0002_guards"),
    ]
    operations = [
        copied_path("vitality_activity", column="organisation_id"),
        copied_path("vitality_sevenhaves", column="organisation_id"),
        guard("vitality_activity"),
        guard("vitality_sevenhaves"),
        journal_of("vitality.activity", table="vitality_activity"),
        journal_of("vitality.sevenhaves", table="vitality_sevenhaves"),
    ]
