"""Who reads what; a visit stands as it was made; a confirmed one has two officers and the family behind it.

`visits_confirmed(household, campaign, since)` tells the apps above, also in SQL, whether a household was
confirmed: in that campaign, or (campaign null) at all, no earlier than `since` where it is given. It counts
past the scope and tells nothing but yes or no.
"""

from django.db import migrations

from niangjia.kernel.rls import copied_path, guard, guard_through, journal_of

VISIT = "visits_homevisit"
STANDS = """
CREATE FUNCTION visits_homevisit_stands() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN
 IF TG_OP = 'DELETE' THEN
  RAISE EXCEPTION 'a visit is voided, never deleted' USING ERRCODE = 'restrict_violation'; END IF;
 IF (NEW.key, NEW.body_sha256, NEW.household_id, NEW.target_id, NEW.campaign_id, NEW.device_key, NEW.skew,
     NEW.visited_at, NEW.received_at, NEW.recorded_by, NEW.result, NEW.family_signed_at, NEW.told, NEW.notes)
  IS DISTINCT FROM
    (OLD.key, OLD.body_sha256, OLD.household_id, OLD.target_id, OLD.campaign_id, OLD.device_key, OLD.skew,
     OLD.visited_at, OLD.received_at, OLD.recorded_by, OLD.result, OLD.family_signed_at, OLD.told, OLD.notes)
  OR (OLD.voided_at IS NOT NULL AND (NEW.voided_at, NEW.voided_by, NEW.void_why)
      IS DISTINCT FROM (OLD.voided_at, OLD.voided_by, OLD.void_why))
  OR (NEW.family_name <> OLD.family_name AND NEW.family_name <> '')
  OR (NEW.family_relation <> OLD.family_relation AND NEW.family_relation <> '')
  OR (NEW.person_id IS NOT DISTINCT FROM OLD.person_id AND (
      (NEW.statement IS DISTINCT FROM OLD.statement AND length(NEW.statement) > 0)
      OR (NEW.family_signature IS DISTINCT FROM OLD.family_signature AND length(NEW.family_signature) > 0)))
 THEN RAISE EXCEPTION 'a visit stands as it was made' USING ERRCODE = 'restrict_violation'; END IF;
 RETURN NEW; END $$;
CREATE TRIGGER visits_homevisit_stands BEFORE UPDATE OR DELETE ON visits_homevisit
 FOR EACH ROW EXECUTE FUNCTION visits_homevisit_stands();

CREATE FUNCTION visits_visitor_stands() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN
 IF TG_OP = 'DELETE' OR (NEW.visit_id, NEW.user_id, NEW.signed_at) IS DISTINCT FROM
    (OLD.visit_id, OLD.user_id, OLD.signed_at)
  OR (NEW.name <> OLD.name AND NEW.name <> '已删除')
  OR (NEW.person_id IS NOT DISTINCT FROM OLD.person_id
      AND NEW.signature IS DISTINCT FROM OLD.signature AND length(NEW.signature) > 0)
 THEN RAISE EXCEPTION 'who went stands as it was signed' USING ERRCODE = 'restrict_violation'; END IF;
 RETURN NEW; END $$;
CREATE TRIGGER visits_visitor_stands BEFORE UPDATE OR DELETE ON visits_visitor
 FOR EACH ROW EXECUTE FUNCTION visits_visitor_stands();

CREATE FUNCTION visits_is_signed(visit bigint) RETURNS boolean LANGUAGE sql STABLE SECURITY DEFINER
SET search_path = pg_catalog, public AS $$
 SELECT EXISTS (SELECT 1 FROM visits_homevisit AS v WHERE v.id = visit AND v.family_signed_at IS NOT NULL)
  AND (SELECT count(DISTINCT o.user_id) FROM visits_visitor AS o WHERE o.visit_id = visit) >= 2 $$;

CREATE FUNCTION visits_homevisit_signed() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN
 IF NOT visits_is_signed(NEW.id) THEN
  RAISE EXCEPTION 'a confirmed visit has two officers and the family behind it'
   USING ERRCODE = 'check_violation'; END IF;
 RETURN NULL; END $$;
CREATE CONSTRAINT TRIGGER visits_homevisit_signed AFTER INSERT ON visits_homevisit
 DEFERRABLE INITIALLY DEFERRED FOR EACH ROW WHEN (NEW.result = 'confirmed')
 EXECUTE FUNCTION visits_homevisit_signed();

CREATE FUNCTION visits_confirmed(household bigint, campaign bigint, since timestamptz DEFAULT NULL)
RETURNS boolean LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public AS $$
 SELECT EXISTS (SELECT 1 FROM visits_homevisit AS v
  WHERE v.household_id = household AND v.result = 'confirmed' AND v.voided_at IS NULL
   AND (campaign IS NULL OR v.campaign_id = campaign)
   AND (since IS NULL OR least(v.visited_at, v.received_at) >= since)
   AND visits_is_signed(v.id)) $$;
"""
FALLS = """
DROP FUNCTION visits_confirmed(bigint, bigint, timestamptz);
DROP TRIGGER visits_homevisit_signed ON visits_homevisit; DROP FUNCTION visits_homevisit_signed();
DROP FUNCTION visits_is_signed(bigint);
DROP TRIGGER visits_visitor_stands ON visits_visitor; DROP FUNCTION visits_visitor_stands();
DROP TRIGGER visits_homevisit_stands ON visits_homevisit; DROP FUNCTION visits_homevisit_stands();
"""


def _of_a_visit(table: str) -> migrations.RunSQL:
    return guard_through(table, column="visit_id", parent=VISIT)


class Migration(migrations.Migration):
    dependencies = [
        ("visits", "0001_begins"),
        ("tree", "0002_guards"),
        ("kernel", "0020_keys_of_persons"),
    ]
    operations = [
        copied_path(VISIT, column="unit_id"),
        guard(VISIT, own="person_id"),
        _of_a_visit("visits_visitor"),
        _of_a_visit("visits_visitask"),
        _of_a_visit("visits_photo"),
        _of_a_visit("visits_visitplace"),
        migrations.RunSQL(STANDS, FALLS),
        journal_of("visits.home_visit", table=VISIT),
    ]
