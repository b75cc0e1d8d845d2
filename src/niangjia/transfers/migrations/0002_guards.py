"""A transfer is read and written from both its sides; each person reads his own."""

from django.db import migrations

from niangjia.kernel.rls import OWN, RANGES, copied_path

DEFINER = "SECURITY DEFINER SET search_path = pg_catalog, public"
BOTH = f"{RANGES.format(path='path')} OR {RANGES.format(path='from_path')}"
SIDES = f"""
ALTER TABLE transfers_transfer ENABLE ROW LEVEL SECURITY;
CREATE POLICY nj_read ON transfers_transfer FOR SELECT USING ({BOTH} OR {OWN.format(column="person_id")});
CREATE POLICY nj_insert ON transfers_transfer FOR INSERT WITH CHECK ({BOTH});
CREATE POLICY nj_update ON transfers_transfer FOR UPDATE USING ({BOTH}) WITH CHECK ({BOTH});
CREATE POLICY nj_delete ON transfers_transfer FOR DELETE USING ({BOTH});
CREATE FUNCTION transfers_transfer_from() RETURNS trigger LANGUAGE plpgsql {DEFINER} AS $$ BEGIN
 SELECT path INTO NEW.from_path FROM tree_unit WHERE id = NEW.from_union_id FOR SHARE; RETURN NEW; END $$;
CREATE TRIGGER transfers_transfer_from BEFORE INSERT OR UPDATE OF from_union_id ON transfers_transfer
 FOR EACH ROW EXECUTE FUNCTION transfers_transfer_from();
CREATE FUNCTION transfers_transfer_from_follow() RETURNS trigger LANGUAGE plpgsql {DEFINER} AS $$ BEGIN
 UPDATE transfers_transfer AS t SET from_path = n.path FROM moved AS n
  WHERE t.from_union_id = n.id AND t.from_path IS DISTINCT FROM n.path;
 RETURN NULL; END $$;
CREATE TRIGGER transfers_transfer_from_follow AFTER UPDATE ON tree_unit REFERENCING NEW TABLE AS moved
 FOR EACH STATEMENT EXECUTE FUNCTION transfers_transfer_from_follow();
"""
NO_SIDES = """
DROP TRIGGER transfers_transfer_from_follow ON tree_unit; DROP FUNCTION transfers_transfer_from_follow();
DROP TRIGGER transfers_transfer_from ON transfers_transfer; DROP FUNCTION transfers_transfer_from();
DROP POLICY nj_read ON transfers_transfer; DROP POLICY nj_insert ON transfers_transfer;
DROP POLICY nj_update ON transfers_transfer; DROP POLICY nj_delete ON transfers_transfer;
ALTER TABLE transfers_transfer DISABLE ROW LEVEL SECURITY;
"""


class Migration(migrations.Migration):
    dependencies = [("transfers", "0001_begins"), ("members", "0002_guards")]
    operations = [
        copied_path("transfers_transfer", column="to_union_id"),
        migrations.RunSQL(SIDES, NO_SIDES),
    ]
