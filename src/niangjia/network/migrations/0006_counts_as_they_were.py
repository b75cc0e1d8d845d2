"""Counts of past days stand as they were: an edit of today no longer reaches back; names are found as they were.

Also: who holds a social credit code is answered across all registers, and one at a time, so that it is entered once.
"""

from importlib import import_module

from django.db import migrations

from niangjia.kernel.rls import RANGES, guard_through, owned_by_search_role

old = import_module("niangjia.network.migrations.0003_tallies")
found = import_module("niangjia.network.migrations.0004_finding")
HOLDS, LIVES, DEFINER = old.HOLDS, old.LIVES, old.DEFINER
statement, find_before = vars(old)["_statement"], vars(found)["_find"]

WAS = "w.since <= {day} AND w.until > {day}"
ORG = "network_org_parts(coalesce(w.kind, {0}.kind), coalesce(w.mode, {0}.mode)) AS p"
EMPLOYER = """network_employer_parts(coalesce(w.kind, {0}.kind), coalesce(w.sector, {0}.sector),
  coalesce(w.headcount, {0}.headcount)) AS p"""

ORG_BODY = f"""SELECT r.path, p.measure, {{sign}} p.amount AS amount
 FROM {{rows}} AS r CROSS JOIN d
 LEFT JOIN network_organisationwas AS w ON w.organisation_id = r.unit_id AND {WAS.format(day="d.day")}
 CROSS JOIN LATERAL {ORG.format("r")} WHERE {LIVES.format("r", "d.day")}"""
COVERAGE_BODY = f"""SELECT r.path, p.measure, {{sign}} p.amount AS amount
 FROM {{rows}} AS r JOIN network_employer AS e ON e.id = r.employer_id CROSS JOIN d
 LEFT JOIN network_employerwas AS w ON w.employer_id = e.id AND {WAS.format(day="d.day")}
 CROSS JOIN LATERAL {EMPLOYER.format("e")} WHERE r.counts AND {HOLDS.format("r", "d.day")}"""
EMPLOYER_BODY = f"""SELECT c.path, p.measure, {{sign}} p.amount AS amount
 FROM {{rows}} AS r JOIN network_coverage AS c ON c.employer_id = r.id CROSS JOIN d
 LEFT JOIN network_employerwas AS w ON w.employer_id = r.id AND {WAS.format(day="d.day")}
 CROSS JOIN LATERAL {EMPLOYER.format("r")} WHERE c.counts AND {HOLDS.format("c", "d.day")}"""
PLACED_ORG = f"""SELECT pl.path, p.measure, p.amount
  FROM tree_placement AS pl JOIN network_organisation AS o ON o.unit_id = pl.unit_id
  LEFT JOIN network_organisationwas AS w ON w.organisation_id = o.unit_id AND {WAS.format(day="on_day")}
  CROSS JOIN LATERAL {ORG.format("o")}
  WHERE {HOLDS.format("pl", "on_day")} AND {LIVES.format("o", "on_day")}"""
PLACED_EMPLOYER = f"""SELECT pl.path, p.measure, p.amount
  FROM tree_placement AS pl JOIN network_coverage AS c ON c.union_id = pl.unit_id
  JOIN network_employer AS e ON e.id = c.employer_id
  LEFT JOIN network_employerwas AS w ON w.employer_id = e.id AND {WAS.format(day="on_day")}
  CROSS JOIN LATERAL {EMPLOYER.format("e")}
  WHERE {HOLDS.format("pl", "on_day")} AND c.counts AND {HOLDS.format("c", "on_day")}"""
BELOW = """ AND pl.path COLLATE "C" >= t.top AND pl.path COLLATE "C" < t.top || '~'"""
TABLES = (
    ("network_organisation", ORG_BODY, old.ALL),
    ("network_coverage", COVERAGE_BODY, old.ALL),
    ("network_employer", EMPLOYER_BODY, ("UPDATE",)),
)


def _trigger_functions(tables) -> str:
    new, gone = ("arrived", "+"), ("gone", "-")
    rows = {"INSERT": (new,), "UPDATE": (new, gone), "DELETE": (gone,)}
    return "".join(
        f"""
CREATE OR REPLACE FUNCTION {table}_tally_{verb.lower()}() RETURNS trigger LANGUAGE plpgsql {DEFINER} AS $$ BEGIN
 {statement(body, *rows[verb])} RETURN NULL; END $$;"""
        for table, body, verbs in tables
        for verb in verbs
    )


LIVE = f"""
CREATE OR REPLACE FUNCTION network_count_live(tops text[], on_day date)
RETURNS TABLE(top text, measure text, amount bigint) LANGUAGE sql STABLE {DEFINER} AS $$
 SELECT t.top, m.measure, sum(m.amount)::bigint FROM unnest(tops) AS t(top)
 CROSS JOIN LATERAL ({PLACED_ORG}{BELOW} UNION ALL {PLACED_EMPLOYER}{BELOW}) AS m
 GROUP BY t.top, m.measure $$;
"""
RECOUNT = f"""
CREATE OR REPLACE FUNCTION network_recount(on_day date, at timestamptz)
RETURNS TABLE(path text, measure text, stood bigint, counted bigint) LANGUAGE plpgsql {DEFINER} AS $$ BEGIN
 PERFORM pg_advisory_xact_lock(7061);
 LOCK TABLE network_organisation, network_coverage, network_employer IN SHARE MODE;
 DROP TABLE IF EXISTS pg_temp.nj_recount;
 CREATE TEMP TABLE nj_recount ON COMMIT DROP AS
 SELECT left(leaf.path, g) AS path, leaf.measure, sum(leaf.amount)::bigint AS amount
 FROM ({PLACED_ORG} UNION ALL {PLACED_EMPLOYER}) AS leaf, generate_series(6, length(leaf.path), 6) AS g GROUP BY 1, 2;
 IF on_day = (SELECT max(day) FROM network_tallyday) THEN
  PERFORM network_fold();
  RETURN QUERY SELECT coalesce(t.path, r.path)::text, coalesce(t.measure, r.measure)::text,
   coalesce(t.amount, 0)::bigint, coalesce(r.amount, 0)::bigint
   FROM network_tally AS t FULL JOIN pg_temp.nj_recount AS r ON r.path = t.path AND r.measure = t.measure
   WHERE coalesce(t.amount, 0) <> coalesce(r.amount, 0);
 END IF;
 DELETE FROM network_tallydelta; DELETE FROM network_tally; DELETE FROM network_tallyday;
 INSERT INTO network_tally (path, measure, amount) SELECT r.path, r.measure, r.amount FROM pg_temp.nj_recount AS r
  WHERE r.amount <> 0;
 INSERT INTO network_tallyday (day, recounted_at) VALUES (on_day, at);
 DROP TABLE pg_temp.nj_recount; END $$;
"""

BIGRAMS = "nj_bigrams({0}.name) @> nj_bigrams(needle) AND "
HAS = "position(lower(needle) IN lower({0}.name)) > 0"
SCOPE = f"((SELECT current_setting('nj.public', true)) = 'on' OR {RANGES.format(path='f.path')})"


def _organisations(by: str) -> str:
    return f"""SELECT f.id FROM (
  SELECT o.unit_id AS id, o.name, o.path FROM network_organisation AS o WHERE {(by + HAS).format("o")}
  UNION SELECT o.unit_id, o.name, o.path FROM network_organisationname AS n
   JOIN network_organisation AS o ON o.unit_id = n.organisation_id WHERE {(by + HAS).format("n")}
 ) AS f WHERE {SCOPE} ORDER BY length(f.name), f.path LIMIT how_many"""


def _employers(by: str) -> str:
    return f"""SELECT f.id FROM network_employer AS f WHERE {(by + HAS).format("f")} AND {SCOPE}
 ORDER BY length(f.name), f.path LIMIT how_many"""


def _find(table: str, rows) -> str:
    """Two-character names and longer by index; a single character, which has no bigram, by reading the scope."""
    return f"""
CREATE OR REPLACE FUNCTION {table}_find(needle text, how_many integer) RETURNS SETOF bigint
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog, public AS $$ BEGIN
 IF length(needle) < 2 THEN RETURN QUERY {rows("")}; ELSE RETURN QUERY {rows(BIGRAMS)}; END IF; END $$;
"""


def _found_before(table: str, key: str) -> str:
    sql = find_before(table, key=key).sql
    return sql[sql.index("CREATE FUNCTION") :].replace("CREATE FUNCTION", "CREATE OR REPLACE FUNCTION")


HOLDER = f"""
CREATE FUNCTION network_uscc_holder(code text) RETURNS TABLE(kind text, id bigint, name text, keeper text)
LANGUAGE plpgsql VOLATILE {DEFINER} AS $$ BEGIN
 PERFORM pg_advisory_xact_lock(7063, hashtext(code));
 RETURN QUERY SELECT 'organisation', o.unit_id, o.name::text, '' FROM network_organisation AS o WHERE o.uscc = code
  UNION ALL SELECT e.kind::text, e.id, e.name::text, u.name::text FROM network_employer AS e
  JOIN tree_unit AS u ON u.id = e.keeper_id WHERE e.uscc = code; END $$;
"""
NAMES = (
    "CREATE INDEX network_organisationname_bigrams ON network_organisationname USING gin (nj_bigrams(name));"
)
PARENT = {"parent": "network_organisation", "key": "unit_id"}


class Migration(migrations.Migration):
    dependencies = [("network", "0005_as_it_was")]
    operations = [
        guard_through("network_organisationwas", column="organisation_id", public="true", **PARENT),
        guard_through("network_employerwas", column="employer_id", parent="network_employer", public="true"),
        migrations.RunSQL(
            _trigger_functions(TABLES) + LIVE + RECOUNT,
            _trigger_functions(old.TABLES)
            + (old.LIVE + old.RECOUNT).replace("CREATE FUNCTION", "CREATE OR REPLACE FUNCTION"),
        ),
        migrations.RunSQL(NAMES, "DROP INDEX network_organisationname_bigrams;"),
        migrations.RunSQL(
            _find("network_organisation", _organisations) + _find("network_employer", _employers),
            _found_before("network_organisation", "unit_id") + _found_before("network_employer", "id"),
        ),
        owned_by_search_role("network_organisation_find(text, integer)", table="network_organisationname"),
        migrations.RunSQL(HOLDER, "DROP FUNCTION network_uscc_holder(text);"),
    ]
