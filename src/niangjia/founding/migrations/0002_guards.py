from django.db import migrations

from niangjia.kernel.rls import copied_path, guard, guard_through, journal_of

ROW = "founding_unionestablishment"
PARTS = ("establishmentemployer", "foundingmember", "candidate", "teller")


class Migration(migrations.Migration):
    dependencies = [
        ("founding", "0001_begins"),
        ("tree", "0002_guards"),
        ("kernel", "0010_journal_proves_itself"),
    ]
    operations = [
        copied_path(ROW, column="parent_id"),
        guard(ROW, user="asked_by"),
        *(guard_through(f"founding_{part}", column="establishment_id", parent=ROW) for part in PARTS),
        journal_of("founding.union_establishment", table=ROW),
    ]
