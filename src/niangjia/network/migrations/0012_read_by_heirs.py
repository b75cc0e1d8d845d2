from django.db import migrations

from niangjia.kernel.rls import ENDED, read_by_heirs

ORGANISATION = {"parent": "network_organisation", "key": "unit_id"}
HISTORY = f"""
CREATE POLICY nj_heirs ON kernel_journalline FOR SELECT USING (kind = 'network.organisation' AND EXISTS (
 SELECT 1 FROM network_organisation AS p WHERE p.unit_id = object_id AND {ENDED.format(path="p.path")}));
"""
"""Heirs read what happened to the ended union itself; what its officers did elsewhere stays where it was."""


class Migration(migrations.Migration):
    dependencies = [("network", "0011_finding_few"), ("tree", "0003_journal_guard")]
    operations = [
        read_by_heirs("tree_unit"),
        read_by_heirs("network_organisation"),
        read_by_heirs("network_coverage"),
        read_by_heirs("network_organisationname", column="organisation_id", **ORGANISATION),
        read_by_heirs("network_composition", column="federation_id", **ORGANISATION),
        read_by_heirs("network_organisationwas", column="organisation_id", **ORGANISATION),
        migrations.RunSQL(HISTORY, "DROP POLICY nj_heirs ON kernel_journalline;"),
    ]
