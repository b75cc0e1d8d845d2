from django.db import migrations

from niangjia.kernel.rls import copied_path, guard


class Migration(migrations.Migration):
    dependencies = [("policies", "0001_begins"), ("tree", "0002_guards")]
    operations = [
        copied_path("policies_localvalue", column="unit_id"),
        guard("policies_localvalue", up=True, public="true"),
    ]
