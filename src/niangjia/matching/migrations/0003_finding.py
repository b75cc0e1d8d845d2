"""Pairs of records that agree, found in few passes over all; and who is like somebody being entered.

Both functions stand above row-level security. `matching_pairs` answers to the house itself only; `matching_alike`
tells numbers of records and in what they agree, never a value.
"""

from django.db import migrations

from niangjia.kernel.rls import EVERY

DEFINER = "SECURITY DEFINER SET search_path = pg_catalog, public"
DECISIVE = "('resident', 'hk_macao_residence', 'taiwan_residence', 'permanent_residence')"
FLAGS = "name boolean, pinyin boolean, born boolean, mobile boolean, employer boolean"
AGREE = "a.name_key = b.name_key, a.pinyin = b.pinyin, coalesce(a.birth_date = b.birth_date, false)"
PAIR = "least(a.who, b.who), greatest(a.who, b.who)"
OTHER = "a.who <> b.who AND a.id < b.id"
PAIRS = f"""
CREATE FUNCTION matching_pairs(at_most integer) RETURNS TABLE (first_id bigint, second_id bigint, {FLAGS},
 differs boolean, unproved boolean) LANGUAGE plpgsql {DEFINER} AS $$ BEGIN
 IF NOT {EVERY} THEN RETURN; END IF;
 DROP TABLE IF EXISTS pg_temp.nj_who, pg_temp.nj_paper, pg_temp.nj_mobile, pg_temp.nj_works, pg_temp.nj_pair;
 CREATE TEMP TABLE nj_who ON COMMIT DROP AS
  SELECT p.id, coalesce(p.merged_into_id, p.id) AS who, p.name_key, p.pinyin, p.birth_date FROM people_person AS p
  WHERE p.erased_at IS NULL AND p.name_key <> '';
 CREATE TEMP TABLE nj_paper ON COMMIT DROP AS
  SELECT w.who, d.kind, d.blind, d.matchable AND d.kind IN {DECISIVE} AS decides
  FROM people_identitydocument AS d JOIN nj_who AS w ON w.id = d.person_id WHERE d.until IS NULL;
 CREATE TEMP TABLE nj_mobile ON COMMIT DROP AS
  SELECT DISTINCT w.id, w.who, c.blind, w.name_key, w.pinyin, w.birth_date,
   count(*) OVER (PARTITION BY c.blind) <= at_most AS few
  FROM people_contact AS c JOIN nj_who AS w ON w.id = c.person_id WHERE c.until IS NULL;
 CREATE TEMP TABLE nj_works ON COMMIT DROP AS
  SELECT DISTINCT w.id, w.who, w.name_key, w.pinyin, w.birth_date, m.employer_id,
   NOT EXISTS (SELECT FROM nj_paper AS d WHERE d.who = w.who) AS unproved
  FROM members_membership AS m JOIN nj_who AS w ON w.id = m.person_id
  WHERE m.employer_id IS NOT NULL AND m.until IS NULL;
 ANALYZE nj_who; ANALYZE nj_paper; ANALYZE nj_mobile; ANALYZE nj_works;
 CREATE TEMP TABLE nj_pair ON COMMIT DROP AS
 SELECT x.f AS first_id, x.s AS second_id, bool_or(x.name) AS name, bool_or(x.pinyin) AS pinyin,
  bool_or(x.born) AS born, bool_or(x.mobile) AS mobile, bool_or(x.employer) AS employer FROM (
  SELECT {PAIR}, {AGREE}, false, false FROM nj_who AS a JOIN nj_who AS b USING (name_key, birth_date) WHERE {OTHER}
  UNION ALL
  SELECT {PAIR}, {AGREE}, true, false FROM nj_mobile AS a JOIN nj_mobile AS b USING (blind, pinyin) WHERE {OTHER}
  UNION ALL
  SELECT {PAIR}, {AGREE}, true, false FROM nj_mobile AS a JOIN nj_mobile AS b USING (blind, birth_date)
   WHERE {OTHER} AND a.few AND b.few
  UNION ALL
  SELECT {PAIR}, {AGREE}, false, true FROM nj_works AS a JOIN nj_works AS b USING (employer_id, name_key)
   WHERE a.unproved AND a.who <> b.who
 ) AS x(f, s, name, pinyin, born, mobile, employer) GROUP BY 1, 2;
 DELETE FROM nj_pair AS q USING matching_duplicatecase AS c
  WHERE c.first_id = q.first_id AND c.second_id = q.second_id;
 CREATE INDEX ON nj_mobile (who); CREATE INDEX ON nj_paper (who); ANALYZE nj_pair;
 RETURN QUERY SELECT q.first_id, q.second_id, q.name, q.pinyin, q.born,
  q.mobile OR EXISTS (SELECT FROM nj_mobile AS a JOIN nj_mobile AS b ON a.blind = b.blind AND a.few
   WHERE a.who = q.first_id AND b.who = q.second_id),
  q.employer,
  EXISTS (SELECT FROM nj_paper AS a JOIN nj_paper AS b ON a.kind = b.kind AND a.blind <> b.blind
   WHERE a.who = q.first_id AND b.who = q.second_id AND a.decides AND b.decides),
  NOT EXISTS (SELECT FROM nj_paper AS a WHERE a.who = q.first_id)
   OR NOT EXISTS (SELECT FROM nj_paper AS b WHERE b.who = q.second_id)
  FROM nj_pair AS q ORDER BY q.first_id, q.second_id;
 END $$;
"""
ALIKE = f"""
CREATE FUNCTION matching_alike(key text, letters text, birth date, mobile_index bytea, numbers bytea[],
 kind_told text, index_told bytea)
RETURNS TABLE (person_id bigint, keeper text, {FLAGS}, number boolean, differs boolean, unproved boolean)
LANGUAGE sql STABLE {DEFINER} AS $$
 WITH found AS (
  SELECT p.id FROM people_person AS p WHERE p.name_key = key AND p.birth_date = birth AND p.erased_at IS NULL
  UNION SELECT c.person_id FROM people_contact AS c JOIN people_person AS p ON p.id = c.person_id
   WHERE c.blind = mobile_index AND c.until IS NULL AND (p.pinyin = letters OR p.birth_date = birth)
  UNION SELECT d.person_id FROM people_identitydocument AS d WHERE d.blind = ANY (numbers)),
 facts AS (SELECT coalesce(p.merged_into_id, p.id) AS who, p.name_key = key AS name, p.pinyin = letters AS pinyin,
   coalesce(p.birth_date = birth, false) AS born,
   EXISTS (SELECT FROM people_contact AS c WHERE c.person_id = p.id AND c.blind = mobile_index AND c.until IS NULL)
    AS mobile,
   EXISTS (SELECT FROM people_identitydocument AS d WHERE d.person_id = p.id AND d.blind = ANY (numbers)) AS number,
   EXISTS (SELECT FROM people_identitydocument AS d WHERE d.person_id = p.id AND d.until IS NULL AND d.matchable
    AND d.kind = kind_told AND d.kind IN {DECISIVE} AND d.blind <> index_told) AS differs,
   NOT EXISTS (SELECT FROM people_identitydocument AS d WHERE d.person_id = p.id AND d.until IS NULL) AS unproved
  FROM found JOIN people_person AS p ON p.id = found.id)
 SELECT f.who, u.name::text, bool_or(f.name), bool_or(f.pinyin), bool_or(f.born), bool_or(f.mobile), false,
  bool_or(f.number), bool_or(f.differs), bool_and(f.unproved) OR index_told IS NULL
 FROM facts AS f JOIN people_person AS p ON p.id = f.who JOIN tree_unit AS u ON u.id = p.keeper_id
 GROUP BY f.who, u.name ORDER BY f.who LIMIT 20 $$;
"""
NEAR = f"""
CREATE FUNCTION matching_near(numbers bytea[]) RETURNS TABLE (person_id bigint) LANGUAGE sql STABLE {DEFINER} AS $$
 SELECT DISTINCT coalesce(p.merged_into_id, p.id) FROM people_identitydocument AS d
 JOIN people_person AS p ON p.id = d.person_id WHERE d.blind = ANY (numbers) AND p.erased_at IS NULL $$;
"""
SIDES = f"""
CREATE FUNCTION matching_compared(first_record bigint, second_record bigint)
RETURNS TABLE (kind text, agrees boolean, differs boolean) LANGUAGE sql STABLE {DEFINER} AS $$
 WITH papers AS (SELECT d.kind, d.blind, d.person_id FROM people_identitydocument AS d WHERE d.until IS NULL),
 mine AS (SELECT q.kind, q.blind FROM papers AS q WHERE q.person_id IN (SELECT people_records_of(first_record))),
 other AS (SELECT q.kind, q.blind FROM papers AS q WHERE q.person_id IN (SELECT people_records_of(second_record)))
 SELECT m.kind, bool_or(m.blind = o.blind), bool_or(m.blind <> o.blind)
  FROM mine AS m JOIN other AS o ON o.kind = m.kind GROUP BY 1
 UNION ALL
 SELECT 'mobile', bool_or(a.blind = b.blind), bool_and(a.blind <> b.blind)
  FROM people_contact AS a JOIN people_contact AS b ON a.until IS NULL AND b.until IS NULL
  WHERE a.person_id IN (SELECT people_records_of(first_record))
   AND b.person_id IN (SELECT people_records_of(second_record)) HAVING count(*) > 0 $$;
"""
NAMES = (
    "matching_pairs(integer)",
    "matching_alike(text, text, date, bytea, bytea[], text, bytea)",
    "matching_near(bytea[])",
    "matching_compared(bigint, bigint)",
)


class Migration(migrations.Migration):
    dependencies = [
        ("matching", "0002_guards"),
        ("members", "0004_finding"),
        ("people", "0006_merging"),
        ("tree", "0002_guards"),
    ]
    operations = [
        migrations.RunSQL(PAIRS + ALIKE + NEAR + SIDES, "".join(f"DROP FUNCTION {name};" for name in NAMES)),
    ]
