from django.db import migrations, models
from django.db.models import Q

from niangjia.households.rules import HOUSEHOLD, MEMBER

HOME, MEMBERS, PAPERS, PERSONS = (
    "households_household", "households_householdmember", "people_identitydocument", "people_person",
)  # fmt: skip

# Whatever a session planned while the tables were small: persons, papers and households are found by index,
# and looked up from what is at hand: a planner that takes a table for empty joins all of it to anything.
PROVEN = f"""
CREATE FUNCTION households_is_proven(person bigint) RETURNS boolean
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public SET enable_seqscan = off AS $$
 SELECT coalesce((SELECT (d.until IS NULL AND d.matchable) OR d.confirmed_by IS NOT NULL FROM {PAPERS} AS d
  WHERE d.person_id = ANY (ARRAY(SELECT person UNION ALL SELECT p.id FROM {PERSONS} AS p WHERE p.merged_into_id = person))
  ORDER BY d.since DESC, d.id DESC LIMIT 1), false) $$;
CREATE FUNCTION households_count_unproven(homes bigint[]) RETURNS void
LANGUAGE sql SECURITY DEFINER SET search_path = pg_catalog, public SET enable_seqscan = off AS $$
 UPDATE {HOME} AS h SET unproven = (SELECT count(*) FROM {MEMBERS} AS m
  WHERE m.household_id = h.id AND m.until IS NULL AND NOT households_is_proven(m.person_id))
 WHERE h.id = ANY (homes) $$;
"""

STAY = f"""
CREATE FUNCTION households_stay_changed() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER
SET search_path = pg_catalog, public SET enable_seqscan = off AS $$ BEGIN
 PERFORM households_count_unproven(ARRAY(SELECT DISTINCT household_id FROM changed)); RETURN NULL; END $$;
CREATE TRIGGER households_stay_in AFTER INSERT ON {MEMBERS} REFERENCING NEW TABLE AS changed
 FOR EACH STATEMENT EXECUTE FUNCTION households_stay_changed();
CREATE TRIGGER households_stay_of AFTER UPDATE ON {MEMBERS} REFERENCING NEW TABLE AS changed
 FOR EACH STATEMENT EXECUTE FUNCTION households_stay_changed();
"""

PAPER = f"""
CREATE FUNCTION households_paper_changed() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER
SET search_path = pg_catalog, public SET enable_seqscan = off AS $$ BEGIN
 PERFORM households_count_unproven(ARRAY(SELECT DISTINCT m.household_id FROM {MEMBERS} AS m
  WHERE m.until IS NULL AND m.person_id = ANY (ARRAY(SELECT unnest(ARRAY[p.id, p.merged_into_id])
   FROM {PERSONS} AS p WHERE p.id = ANY (ARRAY(SELECT c.person_id FROM changed AS c))))));
 RETURN NULL; END $$;
CREATE TRIGGER households_paper_in AFTER INSERT ON {PAPERS} REFERENCING NEW TABLE AS changed
 FOR EACH STATEMENT EXECUTE FUNCTION households_paper_changed();
CREATE TRIGGER households_paper_of AFTER UPDATE ON {PAPERS} REFERENCING NEW TABLE AS changed
 FOR EACH STATEMENT EXECUTE FUNCTION households_paper_changed();
CREATE TRIGGER households_paper_out AFTER DELETE ON {PAPERS} REFERENCING OLD TABLE AS changed
 FOR EACH STATEMENT EXECUTE FUNCTION households_paper_changed();
CREATE FUNCTION households_person_merged() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER
SET search_path = pg_catalog, public SET enable_seqscan = off AS $$ BEGIN
 PERFORM households_count_unproven(ARRAY(SELECT DISTINCT m.household_id FROM {MEMBERS} AS m
  WHERE m.until IS NULL AND m.person_id IN (NEW.id, NEW.merged_into_id, OLD.merged_into_id)));
 RETURN NULL; END $$;
CREATE TRIGGER households_person_merged AFTER UPDATE OF merged_into_id ON {PERSONS}
 FOR EACH ROW EXECUTE FUNCTION households_person_merged();
"""

UNDO = f"""
DROP TRIGGER households_person_merged ON {PERSONS}; DROP FUNCTION households_person_merged();
DROP TRIGGER households_paper_out ON {PAPERS}; DROP TRIGGER households_paper_of ON {PAPERS};
DROP TRIGGER households_paper_in ON {PAPERS}; DROP FUNCTION households_paper_changed();
DROP TRIGGER households_stay_of ON {MEMBERS}; DROP TRIGGER households_stay_in ON {MEMBERS};
DROP FUNCTION households_stay_changed(); DROP FUNCTION households_count_unproven(bigint[]);
DROP FUNCTION households_is_proven(bigint);
"""


def _listed(catalogue):
    return ", ".join(f"'{one.key}'" for one in catalogue if one.asked)


FILL = f"""
SELECT households_count_unproven(ARRAY(SELECT id FROM {HOME}));
UPDATE {HOME} AS h SET
 disputed = (SELECT count(*) FROM households_proposal AS p WHERE p.household_id = h.id AND p.settled = ''),
 lacking = (SELECT count(*) FROM unnest(ARRAY[{_listed(HOUSEHOLD)}]) AS k WHERE NOT EXISTS (
   SELECT 1 FROM households_fact AS f
   WHERE f.household_id = h.id AND f.member_id IS NULL AND f.holds AND f.key = k))
  + (SELECT count(*) FROM {MEMBERS} AS m, unnest(ARRAY[{_listed(MEMBER)}]) AS k
   WHERE m.household_id = h.id AND m.until IS NULL AND NOT EXISTS (
   SELECT 1 FROM households_fact AS f WHERE f.member_id = m.id AND f.holds AND f.key = k));
"""


class Migration(migrations.Migration):
    dependencies = [("households", "0002_guards"), ("people", "0007_found_by_index")]
    operations = [
        migrations.AddField(
            "household", "lacking", models.PositiveSmallIntegerField("没有填写的必填事项", default=0)
        ),
        migrations.AddField(
            "household", "unproven", models.PositiveSmallIntegerField("没有核对证件号码的人", default=0)
        ),
        migrations.AddField(
            "household", "disputed", models.PositiveSmallIntegerField("待核定的填写", default=0)
        ),
        migrations.AddIndex(
            "household",
            models.Index(
                fields=["path"], condition=Q(lacking=0, unproven=0, disputed=0), name="household_complete"
            ),
        ),
        migrations.RunSQL(PROVEN + STAY + PAPER, UNDO),
        migrations.RunSQL(FILL, migrations.RunSQL.noop),
    ]
