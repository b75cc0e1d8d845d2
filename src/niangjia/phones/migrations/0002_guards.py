"""A phone and what it sent are seen by their officer and by whoever keeps the phones of the union."""

from django.db import migrations

from niangjia.kernel.rls import copied_path, guard, guard_account, guard_through, journal_of


class Migration(migrations.Migration):
    dependencies = [
        ("phones", "0001_begins"),
        ("tree", "0002_guards"),
        ("kernel", "0020_keys_of_persons"),
    ]
    operations = [
        copied_path("phones_device", column="unit_id"),
        copied_path("phones_heldupload", column="unit_id"),
        guard("phones_device", user="user_id"),
        guard("phones_heldupload", user="user_id"),
        guard_through("phones_link", column="device_id", parent="phones_device"),
        guard_account("phones_photopart", user="user_id"),
        journal_of("phones.device", table="phones_device"),
        journal_of("phones.held_upload", table="phones_heldupload"),
    ]
