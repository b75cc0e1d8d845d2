"""Roll-ups by delta queue, and counts that are the same for every reader (house.md §3.8, R-ORG-01).

Triggers append deltas; `network_fold` folds them. Counting functions return numbers only, so they stand above
row-level security: the same figure on every screen, whoever reads.
"""

from django.db import migrations

HOLDS = "{0}.since <= {1} AND ({0}.until IS NULL OR {0}.until > {1})"
LIVES = "{0}.established_on <= {1} AND ({0}.closed_on IS NULL OR {0}.closed_on > {1}) AND {0}.status <> 'preparing'"
DEFINER = "SECURITY DEFINER SET search_path = pg_catalog, public"

ORG_PARTS = """
CREATE FUNCTION network_org_parts(kind text, mode text) RETURNS TABLE(measure text, amount bigint)
LANGUAGE sql IMMUTABLE AS $$
 SELECT 'org:' || kind, 1::bigint
 UNION ALL SELECT 'fed:' || mode, 1::bigint WHERE kind = 'union_federation' AND mode <> '' $$;
CREATE FUNCTION network_employer_parts(kind text, sector text, headcount integer)
RETURNS TABLE(measure text, amount bigint) LANGUAGE sql IMMUTABLE AS $$
 VALUES ('employer:' || kind, 1::bigint), ('sector:' || sector, 1::bigint), ('workers', headcount::bigint) $$;
"""


def _delta(rows: str, sign: str, body: str) -> str:
    return body.format(rows=rows, sign=sign)


ORG_BODY = f"""SELECT r.path, p.measure, {{sign}} p.amount AS amount
 FROM {{rows}} AS r CROSS JOIN LATERAL network_org_parts(r.kind, r.mode) AS p, d
 WHERE {LIVES.format("r", "d.day")}"""
COVERAGE_BODY = f"""SELECT r.path, p.measure, {{sign}} p.amount AS amount
 FROM {{rows}} AS r JOIN network_employer AS e ON e.id = r.employer_id
 CROSS JOIN LATERAL network_employer_parts(e.kind, e.sector, e.headcount) AS p, d
 WHERE r.counts AND {HOLDS.format("r", "d.day")}"""
EMPLOYER_BODY = f"""SELECT c.path, p.measure, {{sign}} p.amount AS amount
 FROM {{rows}} AS r JOIN network_coverage AS c ON c.employer_id = r.id
 CROSS JOIN LATERAL network_employer_parts(r.kind, r.sector, r.headcount) AS p, d
 WHERE c.counts AND {HOLDS.format("c", "d.day")}"""


def _statement(body: str, *parts: tuple[str, str]) -> str:
    union = " UNION ALL ".join(_delta(rows, sign, body) for rows, sign in parts)
    return f"""INSERT INTO network_tallydelta (path, measure, amount)
 WITH d AS (SELECT day FROM network_tallyday ORDER BY day DESC LIMIT 1)
 SELECT path, measure, sum(amount) FROM ({union}) AS x GROUP BY path, measure HAVING sum(amount) <> 0;"""


def _triggers(table: str, body: str, *, verbs: tuple[str, ...]) -> str:
    new, old = ("arrived", "+"), ("gone", "-")
    tables = {"INSERT": (new,), "UPDATE": (new, old), "DELETE": (old,)}
    sql = ""
    for verb in verbs:
        name = f"{table}_tally_{verb.lower()}"
        referencing = " ".join(
            f"{'NEW' if rows == 'arrived' else 'OLD'} TABLE AS {rows}" for rows, _ in tables[verb]
        )
        sql += f"""
CREATE FUNCTION {name}() RETURNS trigger LANGUAGE plpgsql {DEFINER} AS $$ BEGIN
 {_statement(body, *tables[verb])} RETURN NULL; END $$;
CREATE TRIGGER {name} AFTER {verb} ON {table} REFERENCING {referencing}
 FOR EACH STATEMENT EXECUTE FUNCTION {name}();
"""
    return sql


def _drop(table: str, *, verbs: tuple[str, ...]) -> str:
    names = [f"{table}_tally_{verb.lower()}" for verb in verbs]
    return "".join(f"DROP TRIGGER {name} ON {table}; DROP FUNCTION {name}();" for name in names)


LIVE = f"""
CREATE FUNCTION network_count_live(tops text[], on_day date)
RETURNS TABLE(top text, measure text, amount bigint) LANGUAGE sql STABLE {DEFINER} AS $$
 SELECT t.top, m.measure, sum(m.amount)::bigint FROM unnest(tops) AS t(top)
 CROSS JOIN LATERAL (
  SELECT p.measure, p.amount FROM tree_placement AS pl JOIN network_organisation AS o ON o.unit_id = pl.unit_id
  CROSS JOIN LATERAL network_org_parts(o.kind, o.mode) AS p
  WHERE pl.path COLLATE "C" >= t.top AND pl.path COLLATE "C" < t.top || '~'
   AND {HOLDS.format("pl", "on_day")} AND {LIVES.format("o", "on_day")}
  UNION ALL
  SELECT p.measure, p.amount FROM tree_placement AS pl JOIN network_coverage AS c ON c.union_id = pl.unit_id
  JOIN network_employer AS e ON e.id = c.employer_id
  CROSS JOIN LATERAL network_employer_parts(e.kind, e.sector, e.headcount) AS p
  WHERE pl.path COLLATE "C" >= t.top AND pl.path COLLATE "C" < t.top || '~'
   AND {HOLDS.format("pl", "on_day")} AND c.counts AND {HOLDS.format("c", "on_day")}
 ) AS m GROUP BY t.top, m.measure $$;
"""
COUNT = f"""
CREATE FUNCTION network_count(tops text[], on_day date)
RETURNS TABLE(top text, measure text, amount bigint) LANGUAGE plpgsql STABLE {DEFINER} AS $$ BEGIN
 IF on_day = (SELECT max(day) FROM network_tallyday) THEN
  RETURN QUERY
  SELECT x.path::text, x.measure::text, sum(x.amount)::bigint FROM (
   SELECT y.path, y.measure, y.amount FROM network_tally AS y WHERE y.path = ANY (tops)
   UNION ALL
   SELECT t.t, q.measure, q.amount FROM unnest(tops) AS t(t) JOIN network_tallydelta AS q
    ON q.path >= t.t COLLATE "C" AND q.path < (t.t || '~') COLLATE "C"
  ) AS x GROUP BY x.path, x.measure HAVING sum(x.amount) <> 0;
 ELSE RETURN QUERY SELECT * FROM network_count_live(tops, on_day); END IF; END $$;
"""
FOLD = f"""
CREATE FUNCTION network_fold() RETURNS bigint LANGUAGE plpgsql {DEFINER} AS $$
DECLARE folded bigint; BEGIN
 PERFORM pg_advisory_xact_lock(7061);
 WITH taken AS (DELETE FROM network_tallydelta RETURNING path, measure, amount),
 spread AS (SELECT left(path, g) AS path, measure, sum(amount) AS amount FROM taken,
  generate_series(6, length(path), 6) AS g GROUP BY 1, 2),
 written AS (INSERT INTO network_tally (path, measure, amount) SELECT path, measure, amount FROM spread
  ORDER BY path, measure
  ON CONFLICT (path, measure) DO UPDATE SET amount = network_tally.amount + excluded.amount)
 SELECT count(*) INTO folded FROM taken;
 RETURN folded; END $$;
"""
RECOUNT = f"""
CREATE FUNCTION network_recount(on_day date, at timestamptz)
RETURNS TABLE(path text, measure text, stood bigint, counted bigint) LANGUAGE plpgsql {DEFINER} AS $$ BEGIN
 PERFORM pg_advisory_xact_lock(7061);
 LOCK TABLE network_organisation, network_coverage, network_employer IN SHARE MODE;
 CREATE TEMP TABLE nj_recount ON COMMIT DROP AS
 SELECT left(leaf.path, g) AS path, leaf.measure, sum(leaf.amount)::bigint AS amount FROM (
  SELECT pl.path, p.measure, p.amount FROM tree_placement AS pl JOIN network_organisation AS o ON o.unit_id = pl.unit_id
  CROSS JOIN LATERAL network_org_parts(o.kind, o.mode) AS p
  WHERE {HOLDS.format("pl", "on_day")} AND {LIVES.format("o", "on_day")}
  UNION ALL
  SELECT pl.path, p.measure, p.amount FROM tree_placement AS pl JOIN network_coverage AS c ON c.union_id = pl.unit_id
  JOIN network_employer AS e ON e.id = c.employer_id
  CROSS JOIN LATERAL network_employer_parts(e.kind, e.sector, e.headcount) AS p
  WHERE {HOLDS.format("pl", "on_day")} AND c.counts AND {HOLDS.format("c", "on_day")}
 ) AS leaf, generate_series(6, length(leaf.path), 6) AS g GROUP BY 1, 2;
 IF on_day = (SELECT max(day) FROM network_tallyday) THEN
  PERFORM network_fold();
  RETURN QUERY SELECT coalesce(t.path, r.path)::text, coalesce(t.measure, r.measure)::text,
   coalesce(t.amount, 0)::bigint, coalesce(r.amount, 0)::bigint
   FROM network_tally AS t FULL JOIN nj_recount AS r ON r.path = t.path AND r.measure = t.measure
   WHERE coalesce(t.amount, 0) <> coalesce(r.amount, 0);
 END IF;
 DELETE FROM network_tallydelta; DELETE FROM network_tally; DELETE FROM network_tallyday;
 INSERT INTO network_tally (path, measure, amount) SELECT r.path, r.measure, r.amount FROM nj_recount AS r
  WHERE r.amount <> 0;
 INSERT INTO network_tallyday (day, recounted_at) VALUES (on_day, at);
 DROP TABLE nj_recount; END $$;
"""
FUNCTIONS = (
    "network_recount(date, timestamptz)",
    "network_fold()",
    "network_count(text[], date)",
    "network_count_live(text[], date)",
)
ALL = ("INSERT", "UPDATE", "DELETE")
TABLES = (
    ("network_organisation", ORG_BODY, ALL),
    ("network_coverage", COVERAGE_BODY, ALL),
    ("network_employer", EMPLOYER_BODY, ("UPDATE",)),
)


class Migration(migrations.Migration):
    dependencies = [("network", "0002_guards")]
    operations = [
        migrations.RunSQL(
            ORG_PARTS,
            "DROP FUNCTION network_org_parts(text, text); DROP FUNCTION network_employer_parts(text, text, integer);",
        ),
        *(
            migrations.RunSQL(_triggers(table, body, verbs=verbs), _drop(table, verbs=verbs))
            for table, body, verbs in TABLES
        ),
        migrations.RunSQL(
            LIVE + COUNT + FOLD + RECOUNT, "".join(f"DROP FUNCTION {function};" for function in FUNCTIONS)
        ),
    ]
