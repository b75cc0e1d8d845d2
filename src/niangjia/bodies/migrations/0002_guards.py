from django.db import migrations

from niangjia.kernel.rls import copied_path, guard, guard_through

UNION = {"parent": "network_organisation", "key": "unit_id"}


class Migration(migrations.Migration):
    dependencies = [("bodies", "0001_begins"), ("network", "0002_guards"), ("people", "0002_guards")]
    operations = [
        copied_path("bodies_zone", column="keeper_id"),
        copied_path("bodies_facility", column="organisation_id"),
        guard("bodies_zone", public="true"),
        guard("bodies_facility", public="true"),
        guard_through("bodies_committee", column="organisation_id", public="true", **UNION),
        guard_through("bodies_committeepost", column="organisation_id", **UNION),
        guard_through("bodies_zoneemployer", column="zone_id", parent="bodies_zone", public="true"),
    ]
