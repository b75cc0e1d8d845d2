from django.db import migrations

from niangjia.kernel.rls import OWN, RANGES

INSIDE = (
    "EXISTS (SELECT 1 FROM people_person AS p WHERE p.id = {table}.person_id AND "
    + RANGES.format(path="p.path")
    + ")"
)


def _own_rows(table):
    """A person reads the rows that hang on him; only his keeper's scope writes them."""
    inside = INSIDE.format(table=table)
    read = f"{inside} OR {OWN.format(column='person_id')}"
    return migrations.RunSQL(
        f"ALTER POLICY nj_read ON {table} USING ({read});",
        f"ALTER POLICY nj_read ON {table} USING ({inside});",
    )


HOLDER = """
CREATE FUNCTION people_holder_of(number_index bytea) RETURNS TABLE (person_id bigint, keeper text)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public AS $$
 SELECT d.person_id, u.name FROM people_identitydocument AS d JOIN people_person AS p ON p.id = d.person_id
 JOIN tree_unit AS u ON u.id = p.keeper_id WHERE d.blind = number_index ORDER BY d.since DESC LIMIT 1 $$;
"""

MOBILE = """
CREATE FUNCTION people_with_mobile(mobile_index bytea, day date) RETURNS SETOF bigint
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public AS $$
 SELECT DISTINCT c.person_id FROM people_contact AS c JOIN people_person AS p ON p.id = c.person_id
 WHERE c.blind = mobile_index AND c.since <= day AND (c.until IS NULL OR c.until > day) AND p.deceased_on IS NULL $$;
"""

CONFIRM = """
CREATE FUNCTION people_confirm_mobile(who bigint, mobile_index bytea, moment timestamptz) RETURNS void
LANGUAGE sql SECURITY DEFINER SET search_path = pg_catalog, public AS $$
 UPDATE people_contact SET verified_at = moment
 WHERE person_id = who AND blind = mobile_index AND until IS NULL AND verified_at IS NULL $$;
"""


class Migration(migrations.Migration):
    dependencies = [("people", "0003_papers_with_witnesses"), ("tree", "0002_guards")]
    operations = [
        *[_own_rows(table) for table in ("people_identitydocument", "people_contact", "people_outsidepost")],
        migrations.RunSQL(HOLDER, "DROP FUNCTION people_holder_of(bytea);"),
        migrations.RunSQL(MOBILE, "DROP FUNCTION people_with_mobile(bytea, date);"),
        migrations.RunSQL(CONFIRM, "DROP FUNCTION people_confirm_mobile(bigint, bytea, timestamptz);"),
    ]
