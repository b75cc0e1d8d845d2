"""Which unions have ended and whose heir a union is: asked at the door, before any scope is entered (SC-8)."""

from django.db import migrations

ENDED = """
CREATE FUNCTION restructuring_ended(heir bigint, on_day date) RETURNS SETOF text LANGUAGE sql STABLE
SECURITY DEFINER SET search_path = pg_catalog, public AS $$
 WITH RECURSIVE heirs(source, heir) AS (
  SELECT s.unit_id, h.unit_id
   FROM restructuring_side AS s
   JOIN restructuring_restructure AS r ON r.id = s.restructure_id
   JOIN (SELECT restructure_id, unit_id FROM restructuring_side WHERE part = 'heir'
    UNION SELECT restructure_id, unit_id FROM restructuring_heirshare WHERE unit_id IS NOT NULL) AS h
    ON h.restructure_id = r.id
   WHERE s.part = 'source' AND r.state IN ('executed', 'closed') AND r.kind <> 'convert' AND r.source_ends),
 ended(id) AS (
  SELECT source FROM heirs WHERE heirs.heir = restructuring_ended.heir
  UNION SELECT h.source FROM heirs AS h JOIN ended AS e ON h.heir = e.id)
 SELECT u.path::text FROM ended AS e JOIN tree_unit AS u ON u.id = e.id
  JOIN network_organisation AS o ON o.unit_id = e.id
  WHERE e.id <> restructuring_ended.heir AND o.closed_on <= on_day ORDER BY u.path $$;
"""


class Migration(migrations.Migration):
    dependencies = [("restructuring", "0002_guards"), ("network", "0011_finding_few")]
    operations = [migrations.RunSQL(ENDED, "DROP FUNCTION restructuring_ended(bigint, date);")]
