from django.db import migrations

from niangjia.kernel.rls import copied_path, guard, journal_of

ROW, TARGET = "campaigns_campaign", "campaigns_target"


class Migration(migrations.Migration):
    dependencies = [
        ("campaigns", "0001_begins"),
        ("tree", "0002_guards"),
        ("kernel", "0010_journal_proves_itself"),
    ]
    operations = [
        copied_path(ROW, column="unit_id"),
        guard(ROW, up=True),
        copied_path(TARGET, column="unit_id"),
        guard(TARGET),
        journal_of("campaigns.campaign", table=ROW),
        journal_of("campaigns.target", table=TARGET),
    ]
