"""Who reads what; the way of a file is held by the database itself, also against direct SQL of the web role.

A file moves only along the table of `rules.FILE`. It is approved, and stands, only upon a confirmed visit of
this household, an answered check of this household, and a finished notice of this file whose objections are
answered and not upheld (R-AID-01, R-AID-11). Another head of the household is the file's worker (App. D 11).
"""

from django.db import migrations

from niangjia.kernel.rls import copied_path, guard, guard_through, journal_of

FILE = "hardship_needyworkerfile"
STEPS = (
    "lead>applied lead>cancelled lead>temporary lead>withdrawn applied>temporary applied>primary_reviewed "
    "applied>returned applied>rejected applied>withdrawn returned>applied returned>withdrawn "
    "temporary>applied temporary>cancelled temporary>withdrawn primary_reviewed>visited "
    "primary_reviewed>returned primary_reviewed>rejected primary_reviewed>withdrawn visited>economic_check "
    "visited>returned visited>rejected visited>withdrawn economic_check>town_reviewed "
    "economic_check>returned economic_check>rejected economic_check>withdrawn town_reviewed>noticed "
    "town_reviewed>economic_check town_reviewed>rejected town_reviewed>withdrawn noticed>approved "
    "noticed>economic_check noticed>rejected noticed>withdrawn approved>active approved>cancelled "
    "active>review_due active>lifted active>cancelled review_due>active review_due>lifted "
    "review_due>cancelled lifted>applied cancelled>applied rejected>appealed appealed>applied "
    "appealed>rejected"
)
WAY = f"""
CREATE FUNCTION hardship_file_is_proven(file {FILE}) RETURNS boolean LANGUAGE sql STABLE SECURITY DEFINER
SET search_path = pg_catalog, public AS $$
 SELECT file.household_id IS NOT NULL AND file.visit_since IS NOT NULL
  AND visits_confirmed(file.household_id, NULL, file.visit_since)
  AND EXISTS (SELECT 1 FROM visits_homevisit AS v WHERE v.id = file.visit_id
   AND v.household_id = file.household_id AND v.result = 'confirmed' AND v.voided_at IS NULL)
  AND EXISTS (SELECT 1 FROM means_check AS c WHERE c.id = file.check_made_id
   AND c.household_id = file.household_id AND c.state = 'answered' AND c.asked_at >= file.applied_at)
  AND EXISTS (SELECT 1 FROM notices_publicnotice AS n WHERE n.id = file.notice_id
   AND n.about_kind = 'hardship.needy_worker_file' AND n.about_id = file.id
   AND n.opened_at >= file.applied_at AND n.state IN ('closed_clear', 'resolved')
   AND NOT EXISTS (SELECT 1 FROM notices_objection AS o
    WHERE o.notice_id = n.id AND o.outcome IN ('', 'upheld'))) $$;

CREATE FUNCTION hardship_file_way() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN
 IF TG_OP = 'DELETE' THEN
  RAISE EXCEPTION 'a needy-worker file is cancelled, never deleted' USING ERRCODE = 'restrict_violation';
 END IF;
 IF TG_OP = 'INSERT' THEN
  IF NEW.state <> 'lead' THEN
   RAISE EXCEPTION 'a needy-worker file begins as a lead' USING ERRCODE = 'check_violation'; END IF;
  RETURN NEW;
 END IF;
 IF NEW.state <> OLD.state THEN
  IF NOT (OLD.state || '>' || NEW.state) = ANY (string_to_array('{STEPS}', ' ')) THEN
   RAISE EXCEPTION 'a needy-worker file cannot go from % to %', OLD.state, NEW.state
    USING ERRCODE = 'check_violation'; END IF;
  IF NEW.state = 'approved' AND NOT hardship_file_is_proven(NEW) THEN
   RAISE EXCEPTION 'no needy-worker file is approved without visit, answered check and finished notice'
    USING ERRCODE = 'check_violation'; END IF;
 ELSIF NEW.state IN ('approved', 'active', 'review_due') AND NEW.household_id IS DISTINCT FROM OLD.household_id
 THEN RAISE EXCEPTION 'an approved file stays with its household' USING ERRCODE = 'check_violation';
 END IF;
 RETURN NEW; END $$;
CREATE TRIGGER hardship_file_way BEFORE INSERT OR UPDATE OR DELETE ON {FILE}
 FOR EACH ROW EXECUTE FUNCTION hardship_file_way();

CREATE FUNCTION hardship_file_head() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER
SET search_path = pg_catalog, public AS $$ BEGIN
 UPDATE {FILE} SET worker_id = NEW.head_id
  WHERE household_id = NEW.id AND state NOT IN ('withdrawn', 'cancelled', 'lifted', 'rejected');
 RETURN NULL; END $$;
CREATE TRIGGER hardship_file_head AFTER UPDATE OF head_id ON households_household
 FOR EACH ROW WHEN (NEW.head_id IS DISTINCT FROM OLD.head_id) EXECUTE FUNCTION hardship_file_head();
"""
NO_WAY = f"""
DROP TRIGGER hardship_file_head ON households_household; DROP FUNCTION hardship_file_head();
DROP TRIGGER hardship_file_way ON {FILE}; DROP FUNCTION hardship_file_way();
DROP FUNCTION hardship_file_is_proven({FILE});
"""


class Migration(migrations.Migration):
    dependencies = [
        ("hardship", "0001_begins"),
        ("households", "0002_guards"),
        ("visits", "0002_guards"),
        ("means", "0002_guards"),
        ("notices", "0002_guards"),
        ("tree", "0002_guards"),
        ("kernel", "0010_journal_proves_itself"),
    ]
    operations = [
        copied_path(FILE, column="keeper_id"),
        guard(FILE, own="worker_id", user="asked_by"),
        guard_through("hardship_decision", column="file_id", parent=FILE),
        guard_through("hardship_relative", column="file_id", parent=FILE),
        migrations.RunSQL(WAY, NO_WAY),
        journal_of("hardship.needy_worker_file", table=FILE),
    ]
