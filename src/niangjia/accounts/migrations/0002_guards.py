from django.db import migrations

from niangjia.kernel.rls import copied_path, guard


class Migration(migrations.Migration):
    dependencies = [("accounts", "0001_begins"), ("tree", "0002_guards")]
    operations = [
        copied_path("accounts_post", column="unit_id"),
        guard("accounts_post", user="user_id"),
    ]
