"""The planner hears of persons and members too: rows of the running transaction look like none to it."""

from importlib import import_module

from django.db import migrations

BEFORE = import_module("niangjia.demo.migrations.0001_statistics").TABLES
TABLES = (*BEFORE, "people_person", "people_identitydocument", "people_contact", "members_membership")


def telling(tables: tuple[str, ...]) -> str:
    """The function as its owner makes it, for these tables."""
    return f"""
CREATE OR REPLACE FUNCTION demo_take_statistics() RETURNS void LANGUAGE plpgsql SECURITY DEFINER
SET search_path = pg_catalog, public AS $$ BEGIN ANALYZE {", ".join(tables)}; END $$;
"""


class Migration(migrations.Migration):
    dependencies = [("demo", "0001_statistics"), ("members", "0003_tallies"), ("people", "0001_begins")]
    operations = [migrations.RunSQL(telling(TABLES), telling(BEFORE))]
