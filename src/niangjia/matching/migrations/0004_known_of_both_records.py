"""What a membership knows of its person comes from all his records: papers and numbers that were merged count."""

from django.db import migrations

DEFINER = "SECURITY DEFINER SET search_path = pg_catalog, public"
COLUMNS = ("name", "name_key", "pinyin", "initials", "sex", "born_year", "tail", "has_mobile", "has_id")
ITSELF = "{row}.person_id = p.id"
ANY_RECORD = (
    "{row}.person_id IN (SELECT q.id FROM people_person AS q WHERE q.id = p.id OR q.merged_into_id = p.id)"
)
PLAIN = "ROW(n.name, n.name_key, n.pinyin, n.initials, n.sex, n.birth_date)"
DIFFER = f"ROW({', '.join(f'm.{c}' for c in COLUMNS)}) IS DISTINCT FROM ROW({', '.join(f'k.{c}' for c in COLUMNS)})"


def _known(who, hangs):
    c, d = hangs.format(row="c"), hangs.format(row="d")
    return f"""SELECT p.name, p.name_key, p.pinyin, p.initials, p.sex, extract(year FROM p.birth_date)::smallint AS born_year,
 coalesce((SELECT c.tail FROM people_contact AS c WHERE {c} AND c.until IS NULL
  ORDER BY c.since DESC, c.id DESC LIMIT 1), '') AS tail,
 EXISTS (SELECT FROM people_contact AS c WHERE {c} AND c.until IS NULL) AS has_mobile,
 EXISTS (SELECT FROM people_identitydocument AS d WHERE {d} AND d.until IS NULL) AS has_id
 FROM people_person AS p WHERE p.id = {who}"""


def _functions(hangs, whom, merged):
    into = _known("NEW.person_id", hangs).replace("\n FROM people_person", "\n INTO k FROM people_person")
    return f"""
CREATE OR REPLACE FUNCTION members_know(who bigint[]) RETURNS void LANGUAGE sql {DEFINER} AS $$
 UPDATE members_membership AS m SET {", ".join(f"{c} = k.{c}" for c in COLUMNS)}
 FROM unnest(who) AS w(id) CROSS JOIN LATERAL ({_known("w.id", hangs)}) AS k
 WHERE m.person_id = w.id AND {DIFFER} $$;
CREATE OR REPLACE FUNCTION members_fill() RETURNS trigger LANGUAGE plpgsql {DEFINER} AS $$
DECLARE k record; BEGIN
 IF TG_OP = 'INSERT' OR NEW.person_id IS DISTINCT FROM OLD.person_id THEN
  {into};
  {" ".join(f"NEW.{c} := k.{c};" for c in COLUMNS)}
 END IF;
 NEW.industry := coalesce((SELECT left(e.industry_code, 1) FROM network_employer AS e WHERE e.id = NEW.employer_id), '');
 RETURN NEW; END $$;
CREATE OR REPLACE FUNCTION members_follow_person() RETURNS trigger LANGUAGE plpgsql {DEFINER} AS $$ BEGIN
 PERFORM members_know(array_agg(n.id)) FROM came AS n JOIN went AS o ON o.id = n.id
  WHERE {PLAIN} IS DISTINCT FROM {PLAIN.replace("n.", "o.")};
 {merged}
 RETURN NULL; END $$;
CREATE OR REPLACE FUNCTION members_follow_came() RETURNS trigger LANGUAGE plpgsql {DEFINER} AS $$ BEGIN
 PERFORM members_know(array_agg({whom.format(rows="came")}; RETURN NULL; END $$;
CREATE OR REPLACE FUNCTION members_follow_went() RETURNS trigger LANGUAGE plpgsql {DEFINER} AS $$ BEGIN
 PERFORM members_know(array_agg({whom.format(rows="went")}; RETURN NULL; END $$;
"""


MERGED = """PERFORM members_know(array_agg(DISTINCT x.id)) FROM (
  SELECT unnest(ARRAY[n.merged_into_id, o.merged_into_id]) AS id FROM came AS n JOIN went AS o ON o.id = n.id
  WHERE n.merged_into_id IS DISTINCT FROM o.merged_into_id) AS x WHERE x.id IS NOT NULL;"""
BOTH = """DISTINCT y.id)) FROM {rows} CROSS JOIN LATERAL (VALUES ({rows}.person_id),
  ((SELECT p.merged_into_id FROM people_person AS p WHERE p.id = {rows}.person_id))) AS y(id)
  WHERE y.id IS NOT NULL"""
ONE = "DISTINCT person_id)) FROM {rows}"
NEW = _functions(ANY_RECORD, BOTH, MERGED)
OLD = _functions(ITSELF, ONE, "")


class Migration(migrations.Migration):
    dependencies = [("matching", "0003_finding"), ("members", "0004_finding"), ("people", "0006_merging")]
    operations = [migrations.RunSQL(NEW, OLD)]
