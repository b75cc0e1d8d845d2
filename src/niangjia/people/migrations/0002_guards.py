from django.db import migrations

from niangjia.kernel.rls import copied_path, guard, guard_through


class Migration(migrations.Migration):
    dependencies = [("people", "0001_begins"), ("tree", "0002_guards")]
    operations = [
        copied_path("people_person", column="keeper_id"),
        guard("people_person", own="id"),
        guard_through("people_identitydocument", column="person_id", parent="people_person"),
        guard_through("people_contact", column="person_id", parent="people_person"),
        guard_through("people_outsidepost", column="person_id", parent="people_person"),
    ]
