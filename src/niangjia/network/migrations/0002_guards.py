from django.db import migrations

from niangjia.kernel.rls import copied_path, guard, guard_through

UNION = {"parent": "network_organisation", "key": "unit_id"}


class Migration(migrations.Migration):
    dependencies = [("network", "0001_begins"), ("tree", "0002_guards")]
    operations = [
        copied_path("network_organisation", column="unit_id"),
        copied_path("network_employer", column="keeper_id"),
        copied_path("network_coverage", column="union_id"),
        guard("network_organisation", public="status <> 'preparing'"),
        guard("network_employer", public="true"),
        guard("network_coverage", public="true"),
        guard_through("network_organisationname", column="organisation_id", public="true", **UNION),
        guard_through("network_composition", column="federation_id", public="true", **UNION),
    ]
