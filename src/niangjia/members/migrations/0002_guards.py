"""Rows are read in the scope of their union; each person reads his own.

What is known of a person is copied into his stretches by triggers, and kept equal when the person changes.
"""

from django.db import migrations

from niangjia.kernel.rls import copied_path, guard

DEFINER = "SECURITY DEFINER SET search_path = pg_catalog, public"
KNOWN = """SELECT p.name, p.name_key, p.pinyin, p.initials, p.sex, extract(year FROM p.birth_date)::smallint AS born_year,
 coalesce((SELECT c.tail FROM people_contact AS c WHERE c.person_id = p.id AND c.until IS NULL
  ORDER BY c.since DESC, c.id DESC LIMIT 1), '') AS tail,
 EXISTS (SELECT FROM people_contact AS c WHERE c.person_id = p.id AND c.until IS NULL) AS has_mobile,
 EXISTS (SELECT FROM people_identitydocument AS d WHERE d.person_id = p.id AND d.until IS NULL) AS has_id
 FROM people_person AS p WHERE p.id = {who}"""
COLUMNS = ("name", "name_key", "pinyin", "initials", "sex", "born_year", "tail", "has_mobile", "has_id")
DIFFER = f"ROW({', '.join(f'm.{c}' for c in COLUMNS)}) IS DISTINCT FROM ROW({', '.join(f'k.{c}' for c in COLUMNS)})"
FOLLOW = f"""
CREATE FUNCTION members_know(who bigint[]) RETURNS void LANGUAGE sql {DEFINER} AS $$
 UPDATE members_membership AS m SET {", ".join(f"{c} = k.{c}" for c in COLUMNS)}
 FROM unnest(who) AS w(id) CROSS JOIN LATERAL ({KNOWN.format(who="w.id")}) AS k
 WHERE m.person_id = w.id AND {DIFFER} $$;
CREATE FUNCTION members_fill() RETURNS trigger LANGUAGE plpgsql {DEFINER} AS $$
DECLARE k record; BEGIN
 IF TG_OP = 'INSERT' OR NEW.person_id IS DISTINCT FROM OLD.person_id THEN
  {KNOWN.format(who="NEW.person_id").replace(" FROM people_person", " INTO k FROM people_person")};
  {" ".join(f"NEW.{c} := k.{c};" for c in COLUMNS)}
 END IF;
 NEW.industry := coalesce((SELECT left(e.industry_code, 1) FROM network_employer AS e WHERE e.id = NEW.employer_id), '');
 RETURN NEW; END $$;
CREATE TRIGGER members_fill BEFORE INSERT OR UPDATE OF person_id, employer_id ON members_membership
 FOR EACH ROW EXECUTE FUNCTION members_fill();
CREATE FUNCTION members_follow_person() RETURNS trigger LANGUAGE plpgsql {DEFINER} AS $$ BEGIN
 PERFORM members_know(array_agg(n.id)) FROM came AS n JOIN went AS o ON o.id = n.id
  WHERE ROW(n.name, n.name_key, n.pinyin, n.initials, n.sex, n.birth_date)
   IS DISTINCT FROM ROW(o.name, o.name_key, o.pinyin, o.initials, o.sex, o.birth_date);
 RETURN NULL; END $$;
CREATE TRIGGER members_follow_person AFTER UPDATE ON people_person
 REFERENCING NEW TABLE AS came OLD TABLE AS went FOR EACH STATEMENT EXECUTE FUNCTION members_follow_person();
CREATE FUNCTION members_follow_came() RETURNS trigger LANGUAGE plpgsql {DEFINER} AS $$ BEGIN
 PERFORM members_know(array_agg(DISTINCT person_id)) FROM came; RETURN NULL; END $$;
CREATE FUNCTION members_follow_went() RETURNS trigger LANGUAGE plpgsql {DEFINER} AS $$ BEGIN
 PERFORM members_know(array_agg(DISTINCT person_id)) FROM went; RETURN NULL; END $$;
CREATE FUNCTION members_follow_employer() RETURNS trigger LANGUAGE plpgsql {DEFINER} AS $$ BEGIN
 UPDATE members_membership AS m SET industry = left(NEW.industry_code, 1)
  WHERE m.employer_id = NEW.id AND m.industry <> left(NEW.industry_code, 1);
 RETURN NULL; END $$;
CREATE TRIGGER members_follow_employer AFTER UPDATE OF industry_code ON network_employer
 FOR EACH ROW WHEN (OLD.industry_code IS DISTINCT FROM NEW.industry_code) EXECUTE FUNCTION members_follow_employer();
"""
HANGING = ("people_identitydocument", "people_contact")
VERBS = (
    ("insert", "NEW TABLE AS came", "came"),
    ("update", "NEW TABLE AS came", "came"),
    ("delete", "OLD TABLE AS went", "went"),
)
HANG = "".join(
    f"CREATE TRIGGER members_follow_{verb} AFTER {verb.upper()} ON {table} REFERENCING {rows}"
    f" FOR EACH STATEMENT EXECUTE FUNCTION members_follow_{which}();"
    for table in HANGING
    for verb, rows, which in VERBS
)
NO_FOLLOW = (
    "".join(f"DROP TRIGGER members_follow_{verb} ON {table};" for table in HANGING for verb, *_ in VERBS)
    + """
DROP TRIGGER members_follow_employer ON network_employer; DROP FUNCTION members_follow_employer();
DROP TRIGGER members_follow_person ON people_person; DROP FUNCTION members_follow_person();
DROP FUNCTION members_follow_came(); DROP FUNCTION members_follow_went();
DROP TRIGGER members_fill ON members_membership; DROP FUNCTION members_fill(); DROP FUNCTION members_know(bigint[]);
"""
)


class Migration(migrations.Migration):
    dependencies = [
        ("members", "0001_begins"),
        ("network", "0011_finding_few"),
        ("people", "0005_rights_of_persons"),
        ("tree", "0002_guards"),
    ]
    operations = [
        copied_path("members_membership", column="union_id"),
        guard("members_membership", own="person_id"),
        migrations.RunSQL(FOLLOW + HANG, NO_FOLLOW),
    ]
