from django.db import migrations

from niangjia.kernel.rls import guard_journal


class Migration(migrations.Migration):
    dependencies = [("tree", "0002_guards"), ("kernel", "0010_journal_proves_itself")]
    operations = [guard_journal("tree_unit")]
