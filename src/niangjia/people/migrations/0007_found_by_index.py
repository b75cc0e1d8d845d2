"""Who bears a number is found by its index alone, whatever a session planned while the tables were small.

The join of papers, persons and unions could be planned from the persons' side for empty tables, and a session keeps
its plans: then every entry read every person. Now the paper is found first, then its person, then his union.
"""

from django.db import migrations

FOUND = """
CREATE OR REPLACE FUNCTION people_holder_of(number_index bytea) RETURNS TABLE (person_id bigint, keeper text)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public SET enable_seqscan = off AS $$
 SELECT coalesce(p.merged_into_id, p.id), (SELECT u.name FROM tree_unit AS u WHERE u.id = p.keeper_id)
 FROM (SELECT d.person_id FROM people_identitydocument AS d WHERE d.blind = number_index
  ORDER BY d.since DESC LIMIT 1) AS d
 CROSS JOIN LATERAL (SELECT * FROM people_person AS q WHERE q.id = d.person_id OFFSET 0) AS p $$;
"""
JOINED = """
CREATE OR REPLACE FUNCTION people_holder_of(number_index bytea) RETURNS TABLE (person_id bigint, keeper text)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public AS $$
 SELECT coalesce(p.merged_into_id, p.id), u.name
 FROM people_identitydocument AS d JOIN people_person AS p ON p.id = d.person_id
 JOIN tree_unit AS u ON u.id = p.keeper_id WHERE d.blind = number_index ORDER BY d.since DESC LIMIT 1 $$;
"""


class Migration(migrations.Migration):
    dependencies = [("people", "0006_merging")]
    operations = [migrations.RunSQL(FOUND, JOINED)]
