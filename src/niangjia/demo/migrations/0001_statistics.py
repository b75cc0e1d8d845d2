"""After many rows at once the planner must know of them, in the same transaction: only their owner may tell it."""

from django.db import migrations

TABLES = (
    "tree_unit",
    "tree_placement",
    "network_organisation",
    "network_organisationname",
    "network_employer",
    "network_coverage",
    "network_composition",
)


class Migration(migrations.Migration):
    initial = True
    dependencies = [("network", "0004_finding"), ("tree", "0002_guards")]
    operations = [
        migrations.RunSQL(
            f"""
CREATE FUNCTION demo_take_statistics() RETURNS void LANGUAGE plpgsql SECURITY DEFINER
SET search_path = pg_catalog, public AS $$ BEGIN ANALYZE {", ".join(TABLES)}; END $$;
""",
            "DROP FUNCTION demo_take_statistics();",
        ),
    ]
