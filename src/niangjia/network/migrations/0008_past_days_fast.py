"""Counts of another day in one pass: each place is put at its nearest top, grouped there, then summed upwards.

Before, every row was unfolded into its measures and once more for each top above it: seven times the time.
"""

from importlib import import_module

from django.db import migrations

old = import_module("niangjia.network.migrations.0003_tallies")
was = import_module("niangjia.network.migrations.0006_counts_as_they_were")
HOLDS, LIVES, DEFINER = old.HOLDS, old.LIVES, old.DEFINER
WAS = was.WAS.format(day="on_day")

LIVE = f"""
CREATE OR REPLACE FUNCTION network_count_live(tops text[], on_day date)
RETURNS TABLE(top text, measure text, amount bigint) LANGUAGE sql STABLE {DEFINER} AS $$
 WITH t AS MATERIALIZED (SELECT DISTINCT u.top COLLATE "C" AS top FROM unnest(tops) AS u(top)),
 g AS MATERIALIZED (SELECT DISTINCT length(t.top) AS long FROM t),
 outermost AS MATERIALIZED (SELECT a.top FROM t AS a WHERE NOT EXISTS (
  SELECT FROM t AS b WHERE b.top <> a.top AND starts_with(a.top, b.top))),
 placed AS MATERIALIZED (
  SELECT pl.unit_id, max(t.top) AS top FROM outermost AS o JOIN tree_placement AS pl
   ON pl.path COLLATE "C" >= o.top AND pl.path COLLATE "C" < o.top || '~'
  CROSS JOIN g JOIN t ON t.top = left(pl.path, g.long)
  WHERE {HOLDS.format("pl", "on_day")} GROUP BY pl.unit_id),
 covered AS MATERIALIZED (
  SELECT p.top, coalesce(w.kind, e.kind) AS kind, coalesce(w.sector, e.sector) AS sector,
   count(*) AS n, sum(coalesce(w.headcount, e.headcount)) AS workers
  FROM placed AS p JOIN network_coverage AS c ON c.union_id = p.unit_id
  JOIN network_employer AS e ON e.id = c.employer_id
  LEFT JOIN network_employerwas AS w ON w.employer_id = e.id AND {WAS}
  WHERE c.counts AND {HOLDS.format("c", "on_day")} GROUP BY 1, 2, 3),
 organised AS MATERIALIZED (
  SELECT p.top, coalesce(w.kind, o.kind) AS kind, coalesce(w.mode, o.mode) AS mode, count(*) AS n
  FROM placed AS p JOIN network_organisation AS o ON o.unit_id = p.unit_id
  LEFT JOIN network_organisationwas AS w ON w.organisation_id = o.unit_id AND {WAS}
  WHERE {LIVES.format("o", "on_day")} GROUP BY 1, 2, 3),
 told AS (
  SELECT x.top, v.measure, v.amount FROM covered AS x CROSS JOIN LATERAL (VALUES
   ('employer:' || x.kind, x.n), ('sector:' || x.sector, x.n), ('workers', x.workers)) AS v(measure, amount)
  UNION ALL
  SELECT x.top, m.measure, x.n * m.amount FROM organised AS x
  CROSS JOIN LATERAL network_org_parts(x.kind, x.mode) AS m)
 SELECT t.top, told.measure, sum(told.amount)::bigint FROM t JOIN told ON starts_with(told.top, t.top)
 GROUP BY 1, 2 $$;
"""


class Migration(migrations.Migration):
    dependencies = [("network", "0007_nothing_above")]
    operations = [migrations.RunSQL(LIVE, was.LIVE)]
