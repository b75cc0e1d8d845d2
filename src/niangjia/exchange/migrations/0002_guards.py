from django.db import migrations

from niangjia.kernel.rls import copied_path, guard, guard_through

BATCH = {"column": "batch_id", "parent": "exchange_batch"}


class Migration(migrations.Migration):
    dependencies = [("exchange", "0001_begins"), ("tree", "0002_guards")]
    operations = [
        copied_path("exchange_storedfile", column="unit_id"),
        copied_path("exchange_batch", column="unit_id"),
        copied_path("exchange_leaving", column="unit_id"),
        guard("exchange_storedfile", user="user_id"),
        guard("exchange_batch", user="user_id"),
        guard("exchange_leaving", user="user_id"),
        guard_through("exchange_piece", column="file_id", parent="exchange_storedfile"),
        guard_through("exchange_chunk", **BATCH),
        guard_through("exchange_row", **BATCH),
    ]
