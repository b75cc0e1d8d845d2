"""The roll-up stands for every day: deltas carry the day from which they hold, so past days are sums too.

A count on a day is what coverages, organisations and placements add from their first day on and take away from
their last: one row a day of change, and whole months and years high in the tree. Every trigger counts the rows that
changed against the other tables as they stand; writers of both sides of such a pair take turns (the lock on
the tree, the lock on the employer), so no pair is missed or counted twice.

Also: `covered_since` of an employer, by which blind spots of any day are found without looking at the covered.
"""

from importlib import import_module

from django.db import migrations

old = import_module("niangjia.network.migrations.0003_tallies")
was = import_module("niangjia.network.migrations.0006_counts_as_they_were")
fast = import_module("niangjia.network.migrations.0008_past_days_fast")
DEFINER, HOLDS = old.DEFINER, old.HOLDS
BEFORE = vars(was)["_trigger_functions"](was.TABLES)

PARTS = """
CREATE OR REPLACE FUNCTION network_employer_parts(kind text, sector text, headcount integer)
RETURNS TABLE(measure text, amount bigint) LANGUAGE sql IMMUTABLE AS $$
 VALUES ('both:' || kind || ':' || sector, 1::bigint), ('workers', headcount::bigint) $$;
CREATE FUNCTION network_told(measure text) RETURNS SETOF text LANGUAGE sql IMMUTABLE AS $$
 SELECT measure UNION ALL SELECT 'employer:' || split_part(measure, ':', 2) WHERE starts_with(measure, 'both:')
 UNION ALL SELECT 'sector:' || split_part(measure, ':', 3) WHERE starts_with(measure, 'both:') $$;
"""
PARTS_BEFORE = (
    old.ORG_PARTS[old.ORG_PARTS.index("CREATE FUNCTION network_employer_parts") :].replace(
        "CREATE FUNCTION", "CREATE OR REPLACE FUNCTION"
    )
    + "DROP FUNCTION network_told(text);"
)

# What rows count, where, from which day until which; {o} {pl} {w} {c} {e} are tables or the rows of a statement.
# The first part of each pair counts a row by what it is now, the second sets right what it was before.
FROM = "greatest({0}.since, pl.since) AS since, least({0}.until, coalesce(pl.until, 'infinity')) AS until"
WAS_FROM = """greatest({0}.since, pl.since, w.since) AS since,
 least({0}.until, coalesce(pl.until, 'infinity'), w.until) AS until"""
ORGANISATIONS = """(SELECT unit_id, kind, mode, established_on AS since, coalesce(closed_on, 'infinity') AS until
  FROM {o} AS t WHERE status <> 'preparing')"""
COVERAGES = """(SELECT union_id, employer_id, since, coalesce(until, 'infinity') AS until FROM {c} AS t WHERE counts)"""
ORG_NOW = f"""SELECT pl.path, p.measure, {FROM.format("o")}, p.amount FROM {ORGANISATIONS} AS o
 JOIN {{pl}} AS pl ON pl.unit_id = o.unit_id CROSS JOIN LATERAL network_org_parts(o.kind, o.mode) AS p"""
ORG_WAS = f"""SELECT pl.path, p.measure, {WAS_FROM.format("o")}, p.amount FROM {ORGANISATIONS} AS o
 JOIN {{pl}} AS pl ON pl.unit_id = o.unit_id JOIN {{w}} AS w ON w.organisation_id = o.unit_id
 CROSS JOIN LATERAL (SELECT q.measure, q.amount FROM network_org_parts(w.kind, w.mode) AS q
  UNION ALL SELECT q.measure, -q.amount FROM network_org_parts(o.kind, o.mode) AS q) AS p"""
FIRM_NOW = f"""SELECT pl.path, p.measure, {FROM.format("c")}, p.amount FROM {COVERAGES} AS c
 JOIN {{pl}} AS pl ON pl.unit_id = c.union_id JOIN {{e}} AS e ON e.id = c.employer_id
 CROSS JOIN LATERAL network_employer_parts(e.kind, e.sector, e.headcount) AS p"""
FIRM_WAS = f"""SELECT pl.path, p.measure, {WAS_FROM.format("c")}, p.amount FROM {COVERAGES} AS c
 JOIN {{pl}} AS pl ON pl.unit_id = c.union_id JOIN {{e}} AS e ON e.id = c.employer_id
 JOIN {{w}} AS w ON w.employer_id = e.id
 CROSS JOIN LATERAL (SELECT q.measure, q.amount FROM network_employer_parts(w.kind, w.sector, w.headcount) AS q
  UNION ALL SELECT q.measure, -q.amount FROM network_employer_parts(e.kind, e.sector, e.headcount) AS q) AS p"""
TABLES = {
    "o": "network_organisation",
    "pl": "tree_placement",
    "c": "network_coverage",
    "e": "network_employer",
}
ORG_TABLES = TABLES | {"w": "network_organisationwas"}
FIRM_TABLES = TABLES | {"w": "network_employerwas"}
ALL_NOW = " UNION ALL ".join(
    (
        ORG_NOW.format(**ORG_TABLES),
        ORG_WAS.format(**ORG_TABLES),
        FIRM_NOW.format(**FIRM_TABLES),
        FIRM_WAS.format(**FIRM_TABLES),
    )
)


def _by_day(spans: str) -> str:
    """The changes day by day of what counts from a day until another."""
    return f"""SELECT s.path, s.measure, v.day, sum(v.amount)::bigint AS amount FROM ({spans}) AS s
 CROSS JOIN LATERAL (VALUES (s.since, s.amount), (s.until, -s.amount)) AS v(day, amount)
 WHERE s.since < s.until AND v.day < 'infinity' GROUP BY 1, 2, 3 HAVING sum(v.amount) <> 0"""


def _spans(place: str, rows: str, sign: str) -> str:
    """What the changed rows of one table count, beside the other tables as they stand."""
    firm = (FIRM_NOW, FIRM_WAS), FIRM_TABLES
    org = (ORG_NOW, ORG_WAS), ORG_TABLES
    sides = {
        "o": [org],
        "c": [firm],
        "e": [firm],
        "pl": [org, firm],
        "ow": [((ORG_WAS,), ORG_TABLES)],
        "fw": [((FIRM_WAS,), FIRM_TABLES)],
    }[place]
    key = "w" if place in {"ow", "fw"} else place
    parts = [body.format(**{**tables, key: rows}) for bodies, tables in sides for body in bodies]
    return (
        f"SELECT path, measure, since, until, {sign}amount AS amount FROM ({' UNION ALL '.join(parts)}) AS z"
    )


COLUMNS = {
    "o": ("network_organisation", "unit_id, kind, mode, status, established_on, closed_on"),
    "c": ("network_coverage", "union_id, employer_id, counts, since, until"),
    "e": ("network_employer", "id, kind, sector, headcount"),
    "pl": ("tree_placement", "unit_id, path, since, until"),
    "ow": ("network_organisationwas", "organisation_id, kind, mode, since, until"),
    "fw": ("network_employerwas", "employer_id, kind, sector, headcount, since, until"),
}
RUNS = """SELECT r.employer_id, CASE WHEN bool_or(r.until IS NULL)
  THEN max(r.since) FILTER (WHERE r.ended IS DISTINCT FROM r.since) END AS covered_since FROM (
  SELECT c.employer_id, c.since, c.until, lag(c.until) OVER (PARTITION BY c.employer_id ORDER BY c.since) AS ended
  FROM network_coverage AS c WHERE c.counts{among}) AS r GROUP BY r.employer_id"""
TOUCHED = "SELECT employer_id FROM came UNION SELECT employer_id FROM went"
SETTLE = """
 UPDATE network_employer AS e SET covered_since = x.covered_since FROM (
  SELECT t.employer_id, r.covered_since FROM ({touched}) AS t LEFT JOIN ({runs}) AS r USING (employer_id)) AS x
 WHERE e.id = x.employer_id AND e.covered_since IS DISTINCT FROM x.covered_since;"""


def _trigger_function(place: str, verb: str) -> str:
    table, columns = COLUMNS[place]
    came, went = f"SELECT {columns} FROM arrived", f"SELECT {columns} FROM gone"
    rows = {"INSERT": (came, None), "DELETE": (None, went)}.get(
        verb, (f"{came} EXCEPT ALL {went}", f"{went} EXCEPT ALL {came}")
    )
    none = f"SELECT {columns} FROM {table} WHERE false"
    told = " UNION ALL ".join(
        _spans(place, name, sign)
        for name, sign, kept in (("came", "+", rows[0]), ("went", "-", rows[1]))
        if kept
    )
    here = f"WITH came AS MATERIALIZED ({rows[0] or none}), went AS MATERIALIZED ({rows[1] or none})"
    settle = ""
    if place == "c":
        touched = f"{here} {TOUCHED}"
        among = f" AND c.employer_id IN ({touched})"
        settle = SETTLE.format(touched=touched, runs=RUNS.format(among=among))
    return f"""
CREATE OR REPLACE FUNCTION {table}_tally_{verb.lower()}() RETURNS trigger LANGUAGE plpgsql {DEFINER} AS $$ BEGIN
{settle}
 IF EXISTS (SELECT FROM network_tallyday) THEN
 {here} INSERT INTO network_tallydelta (path, measure, day, amount) {_by_day(told)};
 END IF; RETURN NULL; END $$;"""


def _trigger(table: str, verb: str) -> str:
    name = f"{table}_tally_{verb.lower()}"
    new, gone = "NEW TABLE AS arrived", "OLD TABLE AS gone"
    tables = {"INSERT": new, "DELETE": gone}.get(verb, f"{new} {gone}")
    return f"""
CREATE TRIGGER {name} AFTER {verb} ON {table} REFERENCING {tables} FOR EACH STATEMENT EXECUTE FUNCTION {name}();"""


NEW = ("pl", "ow", "fw")
FUNCTIONS = "".join(
    _trigger_function(place, verb) for place in COLUMNS for verb in (("UPDATE",) if place == "e" else old.ALL)
)
TRIGGERS = "".join(_trigger(COLUMNS[place][0], verb) for place in NEW for verb in old.ALL)
NO_TRIGGERS = "".join(
    f"DROP TRIGGER {name} ON {table}; DROP FUNCTION {name}();"
    for table in (COLUMNS[place][0] for place in NEW)
    for name in (f"{table}_tally_{verb.lower()}" for verb in old.ALL)
)

LIVE = f"""
CREATE OR REPLACE FUNCTION network_count_live(tops text[], on_day date)
RETURNS TABLE(top text, measure text, amount bigint) LANGUAGE sql STABLE {DEFINER} AS $$
{fast.LIVE[fast.LIVE.index(" WITH t AS") : fast.LIVE.index(" told AS (")]} told AS (
  SELECT x.top, v.measure, v.amount FROM covered AS x CROSS JOIN LATERAL (VALUES
   ('employer:' || x.kind, x.n), ('sector:' || x.sector, x.n), ('both:' || x.kind || ':' || x.sector, x.n),
   ('workers', x.workers)) AS v(measure, amount)
  UNION ALL
  SELECT x.top, m.measure, x.n * m.amount FROM organised AS x
  CROSS JOIN LATERAL network_org_parts(x.kind, x.mode) AS m)
 SELECT t.top, told.measure, sum(told.amount)::bigint FROM t JOIN told ON starts_with(told.top, t.top)
 GROUP BY 1, 2 $$;
"""

HIGH = 18
GRAINS = f"""(VALUES ('d', 1), ('m', 2), ('y', 3)) AS k(grain, place)
  JOIN generate_series(6, length(x.path), 6) AS g ON k.place = 1 OR g <= {HIGH}"""
SPREAD = f"""SELECT left(x.path, g) AS path, k.grain, x.measure, date_trunc(
  (ARRAY['day', 'month', 'year'])[k.place], x.day::timestamp)::date AS day, sum(x.amount)::bigint AS amount
 FROM {{rows}} AS x CROSS JOIN LATERAL (SELECT * FROM {GRAINS}) AS k(grain, place, g) GROUP BY 1, 2, 3, 4"""
COUNT = f"""
CREATE OR REPLACE FUNCTION network_count(tops text[], on_day date)
RETURNS TABLE(top text, measure text, amount bigint) LANGUAGE plpgsql STABLE {DEFINER} AS $$
DECLARE years date := date_trunc('year', on_day::timestamp); months date := date_trunc('month', on_day::timestamp);
BEGIN IF EXISTS (SELECT FROM network_tallyday) THEN
  RETURN QUERY
  SELECT s.top, m.m, sum(s.amount)::bigint FROM (
   SELECT x.top, x.measure, sum(x.amount) AS amount FROM (
    SELECT t.t AS top, y.measure, y.amount FROM (SELECT DISTINCT u.u FROM unnest(tops) AS u(u)) AS t(t)
    CROSS JOIN LATERAL (VALUES ('d', '-infinity'::date, on_day + 1, false), ('d', months, on_day + 1, true),
     ('m', years, months, true), ('y', '-infinity'::date, years, true)) AS g(grain, lo, hi, high)
    JOIN network_tally AS y ON y.path = t.t AND y.grain = g.grain AND y.day >= g.lo AND y.day < g.hi
    WHERE g.high = (length(t.t) <= {HIGH})
    UNION ALL
    SELECT t.t, q.measure, q.amount FROM (SELECT DISTINCT u.u FROM unnest(tops) AS u(u)) AS t(t) JOIN network_tallydelta AS q
     ON q.path >= t.t COLLATE "C" AND q.path < (t.t || '~') COLLATE "C" AND q.day <= on_day
   ) AS x GROUP BY 1, 2 HAVING sum(x.amount) <> 0
  ) AS s CROSS JOIN LATERAL network_told(s.measure) AS m(m) GROUP BY 1, 2;
 ELSE RETURN QUERY SELECT * FROM network_count_live(tops, on_day); END IF; END $$;
"""
FOLD = f"""
CREATE OR REPLACE FUNCTION network_fold() RETURNS bigint LANGUAGE plpgsql {DEFINER} AS $$
DECLARE folded bigint; BEGIN
 PERFORM pg_advisory_xact_lock(7061);
 WITH taken AS (DELETE FROM network_tallydelta RETURNING path, measure, day, amount),
 spread AS ({SPREAD.format(rows="taken")}),
 written AS (INSERT INTO network_tally (path, grain, day, measure, amount)
  SELECT path, grain, day, measure, amount FROM spread WHERE amount <> 0 ORDER BY path, grain, day, measure
  ON CONFLICT (path, grain, day, measure) DO UPDATE SET amount = network_tally.amount + excluded.amount)
 SELECT count(*) INTO folded FROM taken;
 RETURN folded; END $$;
"""
WRONG = f"""FROM network_employer AS e LEFT JOIN ({RUNS.format(among="")}) AS r ON r.employer_id = e.id
  WHERE e.covered_since IS DISTINCT FROM r.covered_since"""
RECOUNT = f"""
DROP FUNCTION network_recount(date, timestamptz);
CREATE FUNCTION network_recount(on_day date, at timestamptz)
RETURNS TABLE(path text, measure text, day date, stood bigint, counted bigint) LANGUAGE plpgsql {DEFINER} AS $$ BEGIN
 PERFORM pg_advisory_xact_lock(7061);
 LOCK TABLE tree_placement, network_organisation, network_organisationwas, network_coverage, network_employer,
  network_employerwas IN SHARE MODE;
 DROP TABLE IF EXISTS pg_temp.nj_leaf, pg_temp.nj_recount;
 CREATE TEMP TABLE nj_leaf ON COMMIT DROP AS {_by_day(ALL_NOW)};
 CREATE TEMP TABLE nj_recount ON COMMIT DROP AS {SPREAD.format(rows="pg_temp.nj_leaf")};
 IF EXISTS (SELECT FROM network_tallyday) THEN
  PERFORM network_fold();
  RETURN QUERY SELECT coalesce(t.path, r.path)::text, coalesce(t.measure, r.measure)::text, coalesce(t.day, r.day),
   coalesce(t.amount, 0)::bigint, coalesce(r.amount, 0)::bigint
   FROM network_tally AS t FULL JOIN pg_temp.nj_recount AS r USING (path, grain, day, measure)
   WHERE coalesce(t.amount, 0) <> coalesce(r.amount, 0);
  RETURN QUERY SELECT e.path::text, 'covered_since', coalesce(r.covered_since, e.covered_since), e.id, e.id {WRONG};
 END IF;
 UPDATE network_employer AS f SET covered_since = x.covered_since
  FROM (SELECT e.id, r.covered_since {WRONG}) AS x WHERE f.id = x.id;
 DELETE FROM network_tallydelta; DELETE FROM network_tally; DELETE FROM network_tallyday;
 INSERT INTO network_tally (path, grain, day, measure, amount)
  SELECT r.path, r.grain, r.day, r.measure, r.amount FROM pg_temp.nj_recount AS r WHERE r.amount <> 0
  ORDER BY r.path, r.grain, r.day;
 INSERT INTO network_tallyday (day, recounted_at) VALUES (on_day, at);
 DROP TABLE pg_temp.nj_leaf, pg_temp.nj_recount; END $$;
"""
STANDS = """
DO $$ DECLARE d record; BEGIN SELECT * INTO d FROM network_tallyday ORDER BY day DESC LIMIT 1;
 DELETE FROM network_tallyday; DELETE FROM network_tally; DELETE FROM network_tallydelta;
 IF d.day IS NOT NULL THEN PERFORM network_recount(d.day, d.recounted_at); END IF; END $$;
"""
EMPTIED = "DELETE FROM network_tallyday; DELETE FROM network_tally; DELETE FROM network_tallydelta;"
SQL_BEFORE = (old.COUNT + old.FOLD + fast.LIVE).replace(
    "CREATE FUNCTION", "CREATE OR REPLACE FUNCTION"
) + was.RECOUNT.replace(
    "CREATE OR REPLACE FUNCTION network_recount",
    "DROP FUNCTION network_recount(date, timestamptz); CREATE FUNCTION network_recount",
)


class Migration(migrations.Migration):
    dependencies = [("network", "0009_day_of_change"), ("tree", "0002_guards")]
    operations = [
        migrations.RunSQL(PARTS, PARTS_BEFORE),
        migrations.RunSQL(FUNCTIONS + TRIGGERS, NO_TRIGGERS + BEFORE),
        migrations.RunSQL(LIVE + COUNT + FOLD + RECOUNT + STANDS, EMPTIED + SQL_BEFORE),
    ]
