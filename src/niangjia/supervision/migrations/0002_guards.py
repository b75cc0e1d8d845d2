from django.db import migrations

from niangjia.kernel.rls import copied_path, guard


class Migration(migrations.Migration):
    dependencies = [("supervision", "0001_begins"), ("tree", "0002_guards")]
    operations = [
        copied_path("supervision_supervisedtask", column="to_unit_id"),
        guard("supervision_supervisedtask"),
    ]
