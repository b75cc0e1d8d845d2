from django.db import migrations

from niangjia.kernel.rls import copied_path, guard, guard_account


class Migration(migrations.Migration):
    dependencies = [("tasks", "0001_begins"), ("tree", "0002_guards")]
    operations = [
        copied_path("tasks_task", column="unit_id"),
        guard("tasks_task", user="holder_id"),
        guard_account("tasks_undo", user="user_id"),
        copied_path("tasks_dutystart", column="unit_id"),
        guard("tasks_dutystart"),
    ]
