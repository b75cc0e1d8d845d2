"""How many members, by what is known of them: a roll-up for today, fed by deltas; other days are counted live.

Counting functions return numbers only and stand above row-level security: one figure on every screen. A person
counts once, because one stretch a day counts (R-ORG-02, R-MEM-03).
"""

from django.db import migrations

DEFINER = "SECURITY DEFINER SET search_path = pg_catalog, public"
LOCK = 7062
HOLDS = "{0}.since <= {1} AND ({0}.until IS NULL OR {0}.until > {1})"
PARTS = """
CREATE FUNCTION members_parts(m members_membership) RETURNS TABLE(measure text, amount bigint)
LANGUAGE sql IMMUTABLE AS $$
 SELECT 'affiliated', 1::bigint WHERE NOT m.counts
 UNION ALL SELECT 'retained', 1 WHERE m.counts AND m.state = 'retained'
 UNION ALL SELECT v.measure, 1 FROM (VALUES ('member', true), ('sex:' || m.sex, true),
  ('born:' || coalesce(m.born_year, 0), true), ('industry:' || m.industry, true), ('migrant', m.migrant),
  ('form:' || m.form, m.form <> ''), ('lacks:id', NOT m.has_id), ('lacks:mobile', NOT m.has_mobile),
  ('lacks:employer', m.employer_id IS NULL AND m.form = ''),
  ('real', m.has_id AND m.has_mobile AND (m.employer_id IS NOT NULL OR m.form <> ''))) AS v(measure, holds)
  WHERE v.holds AND m.counts AND m.state = 'active' $$;
"""
BODY = f"""SELECT r.path, p.measure, {{sign}}p.amount AS amount FROM {{rows}} AS r
 CROSS JOIN LATERAL members_parts(r.*::members_membership) AS p, d WHERE {HOLDS.format("r", "d.day")}"""


def _trigger(verb: str) -> str:
    tables = {"INSERT": (("came", ""),), "UPDATE": (("came", ""), ("went", "-")), "DELETE": (("went", "-"),)}[
        verb
    ]
    union = " UNION ALL ".join(BODY.format(rows=rows, sign=sign) for rows, sign in tables)
    named = " ".join(f"{'NEW' if rows == 'came' else 'OLD'} TABLE AS {rows}" for rows, _ in tables)
    name = f"members_tally_{verb.lower()}"
    return f"""
CREATE FUNCTION {name}() RETURNS trigger LANGUAGE plpgsql {DEFINER} AS $$ BEGIN
 INSERT INTO members_memberdelta (path, measure, amount)
 WITH d AS (SELECT max(day) AS day FROM members_memberday)
 SELECT path, measure, sum(amount) FROM ({union}) AS x GROUP BY 1, 2 HAVING sum(amount) <> 0;
 RETURN NULL; END $$;
CREATE TRIGGER {name} AFTER {verb} ON members_membership REFERENCING {named}
 FOR EACH STATEMENT EXECUTE FUNCTION {name}();
"""


VERBS = ("INSERT", "UPDATE", "DELETE")
SPREAD = """SELECT left(x.path, g) AS path, x.measure, sum(x.amount)::bigint AS amount
 FROM {rows} AS x, generate_series(6, length(x.path), 6) AS g GROUP BY 1, 2"""
FUNCTIONS = f"""
CREATE FUNCTION members_count_live(tops text[], on_day date)
RETURNS TABLE(top text, measure text, amount bigint) LANGUAGE sql STABLE {DEFINER} AS $$
 SELECT t.top, p.measure, sum(p.amount)::bigint FROM unnest(tops) AS t(top)
 JOIN tree_placement AS pl ON pl.path >= t.top COLLATE "C" AND pl.path < (t.top || '~') COLLATE "C"
  AND {HOLDS.format("pl", "on_day")}
 JOIN members_membership AS m ON m.union_id = pl.unit_id AND {HOLDS.format("m", "on_day")}
 CROSS JOIN LATERAL members_parts(m) AS p GROUP BY 1, 2 $$;
CREATE FUNCTION members_count(tops text[], on_day date)
RETURNS TABLE(top text, measure text, amount bigint) LANGUAGE plpgsql STABLE {DEFINER} AS $$ BEGIN
 IF on_day = (SELECT max(day) FROM members_memberday) THEN
  RETURN QUERY SELECT x.top, x.measure, sum(x.amount)::bigint FROM (
   SELECT y.path::text AS top, y.measure::text, y.amount FROM members_membertally AS y WHERE y.path = ANY (tops)
   UNION ALL
   SELECT t.t, q.measure::text, q.amount FROM (SELECT DISTINCT u.u FROM unnest(tops) AS u(u)) AS t(t)
   JOIN members_memberdelta AS q ON q.path >= t.t COLLATE "C" AND q.path < (t.t || '~') COLLATE "C"
  ) AS x GROUP BY 1, 2 HAVING sum(x.amount) <> 0;
 ELSE RETURN QUERY SELECT * FROM members_count_live((SELECT array_agg(DISTINCT u.u) FROM unnest(tops) AS u(u)), on_day);
 END IF; END $$;
CREATE FUNCTION members_fold() RETURNS bigint LANGUAGE plpgsql {DEFINER} AS $$
DECLARE folded bigint; BEGIN
 PERFORM pg_advisory_xact_lock({LOCK});
 WITH taken AS (DELETE FROM members_memberdelta RETURNING path, measure, amount),
 spread AS ({SPREAD.format(rows="taken")}),
 written AS (INSERT INTO members_membertally (path, measure, amount)
  SELECT path, measure, amount FROM spread WHERE amount <> 0 ORDER BY path, measure
  ON CONFLICT (path, measure) DO UPDATE SET amount = members_membertally.amount + excluded.amount)
 SELECT count(*) INTO folded FROM taken;
 DELETE FROM members_membertally WHERE amount = 0;
 RETURN folded; END $$;
CREATE FUNCTION members_recount(on_day date, at timestamptz)
RETURNS TABLE(path text, measure text, stood bigint, counted bigint) LANGUAGE plpgsql {DEFINER} AS $$ BEGIN
 PERFORM pg_advisory_xact_lock({LOCK});
 LOCK TABLE members_membership IN SHARE MODE;
 DROP TABLE IF EXISTS pg_temp.nj_leaf, pg_temp.nj_members;
 CREATE TEMP TABLE nj_leaf ON COMMIT DROP AS SELECT m.path, p.measure, sum(p.amount)::bigint AS amount
  FROM members_membership AS m CROSS JOIN LATERAL members_parts(m) AS p
  WHERE {HOLDS.format("m", "on_day")} GROUP BY 1, 2;
 CREATE TEMP TABLE nj_members ON COMMIT DROP AS {SPREAD.format(rows="pg_temp.nj_leaf")};
 IF on_day = (SELECT max(day) FROM members_memberday) THEN
  PERFORM members_fold();
  RETURN QUERY SELECT coalesce(t.path, r.path)::text, coalesce(t.measure, r.measure)::text,
   coalesce(t.amount, 0)::bigint, coalesce(r.amount, 0)::bigint
   FROM members_membertally AS t FULL JOIN pg_temp.nj_members AS r USING (path, measure)
   WHERE coalesce(t.amount, 0) <> coalesce(r.amount, 0);
 END IF;
 DELETE FROM members_memberdelta; DELETE FROM members_membertally; DELETE FROM members_memberday;
 INSERT INTO members_membertally (path, measure, amount)
  SELECT r.path, r.measure, r.amount FROM pg_temp.nj_members AS r WHERE r.amount <> 0 ORDER BY 1, 2;
 INSERT INTO members_memberday (day, counted_at) VALUES (on_day, at);
 DROP TABLE pg_temp.nj_leaf, pg_temp.nj_members; END $$;
CREATE FUNCTION members_turn(on_day date, at timestamptz) RETURNS void LANGUAGE plpgsql {DEFINER} AS $$
DECLARE was date; BEGIN
 PERFORM pg_advisory_xact_lock({LOCK});
 LOCK TABLE members_membership IN SHARE MODE;
 SELECT max(day) INTO was FROM members_memberday;
 IF was IS NULL OR was > on_day THEN PERFORM members_recount(on_day, at); RETURN; END IF;
 INSERT INTO members_memberdelta (path, measure, amount)
 SELECT m.path, p.measure, sum(CASE WHEN {HOLDS.format("m", "on_day")} THEN p.amount ELSE -p.amount END)
 FROM members_membership AS m CROSS JOIN LATERAL members_parts(m) AS p
 WHERE (m.since > was AND m.since <= on_day OR m.until > was AND m.until <= on_day)
  AND ({HOLDS.format("m", "on_day")}) <> ({HOLDS.format("m", "was")}) GROUP BY 1, 2;
 DELETE FROM members_memberday;
 INSERT INTO members_memberday (day, counted_at) VALUES (on_day, at);
 PERFORM members_fold(); END $$;
"""
NAMES = (
    "members_turn(date, timestamptz)",
    "members_recount(date, timestamptz)",
    "members_fold()",
    "members_count(text[], date)",
    "members_count_live(text[], date)",
)
DROPS = "".join(f"DROP FUNCTION {name};" for name in NAMES)
NO_TRIGGERS = "".join(
    f"DROP TRIGGER members_tally_{verb.lower()} ON members_membership; DROP FUNCTION members_tally_{verb.lower()}();"
    for verb in VERBS
)


class Migration(migrations.Migration):
    dependencies = [("members", "0002_guards")]
    operations = [
        migrations.RunSQL(PARTS, "DROP FUNCTION members_parts(members_membership);"),
        migrations.RunSQL("".join(map(_trigger, VERBS)), NO_TRIGGERS),
        migrations.RunSQL(FUNCTIONS, DROPS),
    ]
