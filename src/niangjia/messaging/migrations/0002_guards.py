from django.db import migrations

from niangjia.kernel.rls import copied_path, guard_account


class Migration(migrations.Migration):
    dependencies = [("messaging", "0001_begins"), ("tree", "0002_guards")]
    operations = [
        copied_path("messaging_message", column="unit_id"),
        guard_account("messaging_message", user="user_id", path="path"),
        copied_path("messaging_delivery", column="unit_id"),
        guard_account("messaging_delivery", path="path"),
        guard_account("messaging_preference", user="user_id"),
        guard_account("messaging_reader", user="user_id"),
    ]
