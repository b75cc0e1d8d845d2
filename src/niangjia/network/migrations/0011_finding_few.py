"""A name search stops at its limit inside the finder: a word of every second name costs no more than a rare one.

The scope and the part of the tree go in as values, so that the planner weighs them against the word.
"""

from importlib import import_module

from django.db import migrations

from niangjia.kernel.rls import RANGES, SEARCH_ROLE

was = import_module("niangjia.network.migrations.0006_counts_as_they_were")
find_before = vars(was)["_find"]
HAS = "position(lower($1) IN lower({0}.name)) > 0{1}"
BIGRAMS = " AND nj_bigrams({0}.name) @> nj_bigrams($1)"


def _find(table: str, body: str) -> str:
    return f"""
CREATE FUNCTION {table}_find(needle text, how_many integer, under text) RETURNS SETOF bigint
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog, public AS $$
DECLARE scope text; BEGIN
 scope := format('f.path >= %L AND f.path < %L || ''~''', under, under);
 IF current_setting('nj.public', true) IS DISTINCT FROM 'on' THEN
  scope := scope || CASE WHEN coalesce(current_setting('nj.more', true), '') = ''
   THEN format(' AND f.path >= %L AND f.path < %L', current_setting('nj.lo', true), current_setting('nj.hi', true))
   ELSE $range$ AND {RANGES.format(path="f.path")}$range$ END;
 END IF;
 RETURN QUERY EXECUTE {body} USING needle, how_many; END $$;
"""


def _text(select: str, *aliases: str) -> str:
    """The statement, with the bigram index for words of two characters and more, in the scope."""
    for alias in aliases:
        by = f"' || CASE WHEN length(needle) < 2 THEN '' ELSE '{BIGRAMS.format(alias)}' END || '"
        select = select.replace(f"<{alias}>", HAS.format(alias, by))
    return "'" + select.replace("<scope>", "' || scope || '") + "'"


EMPLOYERS = _text(
    """SELECT g.id FROM (SELECT f.id, f.name, f.path FROM network_employer AS f WHERE <f> AND <scope> LIMIT $2) AS g
 ORDER BY length(g.name), g.path, g.id""",
    "f",
)
ORGANISATIONS = _text(
    """SELECT g.id FROM (
  (SELECT f.unit_id AS id, f.name, f.path FROM network_organisation AS f WHERE <f> AND <scope> LIMIT $2)
  UNION (SELECT f.unit_id, f.name, f.path FROM network_organisationname AS n
   JOIN network_organisation AS f ON f.unit_id = n.organisation_id WHERE <n> AND <scope> LIMIT $2)
 ) AS g ORDER BY length(g.name), g.path LIMIT $2""",
    "f",
    "n",
)
TABLES = ("network_organisation", "network_employer")
GIVEN = "".join(
    f"ALTER FUNCTION {table}_find(text, integer, text) OWNER TO {SEARCH_ROLE};" for table in TABLES
)
OWNED = f"""
DO $$ BEGIN IF EXISTS (SELECT 1 FROM pg_roles WHERE rolname = '{SEARCH_ROLE}'
  AND pg_has_role(current_user, oid, 'MEMBER')) THEN
 GRANT CREATE ON SCHEMA public TO {SEARCH_ROLE}; {GIVEN} REVOKE CREATE ON SCHEMA public FROM {SEARCH_ROLE};
END IF; END $$;
"""
BEFORE = find_before(TABLES[0], vars(was)["_organisations"]) + find_before(TABLES[1], vars(was)["_employers"])


def _dropped(arguments: str) -> str:
    return "".join(f"DROP FUNCTION {table}_find({arguments});" for table in TABLES)


class Migration(migrations.Migration):
    dependencies = [("network", "0010_every_day")]
    operations = [
        migrations.RunSQL(
            _find(TABLES[0], ORGANISATIONS) + _find(TABLES[1], EMPLOYERS) + OWNED,
            _dropped("text, integer, text"),
        ),
        migrations.RunSQL(_dropped("text, integer"), BEFORE + OWNED.replace("integer, text", "integer")),
    ]
