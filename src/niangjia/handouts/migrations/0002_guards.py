from django.db import migrations

from niangjia.handouts.rules import warrants
from niangjia.handouts.rules.flow import BATCH
from niangjia.kernel.rls import copied_path, guard, guard_through, journal_of, read_by_heirs
from niangjia.kernel.stepping import only_steps
from niangjia.kernel.warranting import warranted

ROW, LINE = "handouts_handoutbatch", "handouts_handoutrow"

WHOLE = f"""NOT EXISTS (SELECT 1 FROM {LINE} WHERE batch_id = NEW.id AND outcome = 'open')
 AND (NOT NEW.counted OR NEW.heads IS NOT NULL)
 AND (NEW.goods = '' OR NEW.bought = coalesce(NEW."left", 0) + CASE WHEN NEW.counted THEN NEW.heads
  ELSE (SELECT count(*) FROM {LINE} WHERE batch_id = NEW.id AND outcome = 'received') END)"""
"""Everybody on the roster has an outcome; bought is what was handed out and what is left."""

PAID = f"""(NEW.amount_fen = 0 OR NOT EXISTS (SELECT 1 FROM {LINE} AS r WHERE r.batch_id = NEW.id
  AND r.outcome = 'received' AND NOT EXISTS (SELECT 1 FROM payments_paymentorder AS o
   WHERE o.about_kind = 'handouts.row' AND o.about_id = r.id AND o.state = 'paid')))
 AND (NEW.each_fen = 0 OR coalesce(NEW.bought, 0) = 0 OR EXISTS (SELECT 1 FROM sympathy_goodsvoucher
  WHERE about_kind = 'handouts.batch' AND about_id = NEW.id AND state = 'posted'
   AND amount_fen = NEW.each_fen * NEW.bought))"""
"""It is settled only where everybody who received was paid and the goods are booked, to the fen."""

WARRANT = f"""
 SELECT * INTO one FROM {LINE} WHERE id = about FOR SHARE;
 SELECT * INTO batch FROM {ROW} WHERE id = one.batch_id FOR SHARE;
 IF batch.id IS NULL OR batch.state NOT IN ('approved', 'closed') OR batch.approved_by IS NULL
   OR batch.approved_by = batch.made_by THEN RETURN '{warrants.NOT_APPROVED.msgid}'; END IF;
 IF one.outcome = 'missed' THEN RETURN '{warrants.NOT_MEANT.msgid}'; END IF;
 IF NOT EXISTS (SELECT 1 FROM people_person AS p JOIN people_person AS q ON q.id = one.person_id
   WHERE p.id = payee AND coalesce(p.merged_into_id, p.id) = coalesce(q.merged_into_id, q.id)) THEN
  RETURN '{warrants.OTHER_PAYEE.msgid}'; END IF;
 IF batch.amount_fen <> fen OR fen <= 0 THEN RETURN '{warrants.OTHER_SUM.msgid}'; END IF;
 IF batch.cap_fen IS NOT NULL AND fen > batch.cap_fen THEN RETURN '{warrants.ABOVE_CAP.msgid}'; END IF;
 IF EXISTS (SELECT 1 FROM payments_paymentorder AS o WHERE o.id = payment
   AND batch.approved_by IN (o.maker, o.checker, o.sender)) THEN
  RETURN '{warrants.OWN_HANDS.msgid}'; END IF;
 RETURN '';
"""
"""Money only of a batch that another approved, to whom its roster names, the sum approved (R-AID-13)."""

LINES = f"""
CREATE FUNCTION handouts_row_while() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER
SET search_path = pg_catalog, public AS $$ DECLARE stands text; BEGIN
 SELECT state INTO stands FROM {ROW} WHERE id = coalesce(NEW.batch_id, OLD.batch_id);
 IF TG_OP = 'INSERT' AND stands <> 'draft' THEN
  RAISE EXCEPTION 'a roster grows while it is a draft' USING ERRCODE = 'restrict_violation'; END IF;
 IF TG_OP = 'DELETE' AND stands IS NOT NULL AND stands <> 'draft' THEN
  RAISE EXCEPTION 'a roster shrinks while it is a draft' USING ERRCODE = 'restrict_violation'; END IF;
 IF TG_OP = 'INSERT' AND NEW.outcome <> 'open' THEN
  RAISE EXCEPTION 'a row begins open' USING ERRCODE = 'check_violation'; END IF;
 IF TG_OP = 'UPDATE' AND OLD.outcome <> NEW.outcome AND stands <> 'approved' THEN
  RAISE EXCEPTION 'nothing is handed out before approval or after closing' USING ERRCODE = 'restrict_violation';
 END IF;
 RETURN coalesce(NEW, OLD); END $$;
CREATE TRIGGER handouts_row_while BEFORE INSERT OR UPDATE OR DELETE ON {LINE}
 FOR EACH ROW EXECUTE FUNCTION handouts_row_while();
CREATE FUNCTION handouts_frozen() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN
 IF OLD.state NOT IN ('draft', 'cancelled')
   AND (NEW.kind, NEW.counted, NEW.each_fen, NEW.amount_fen, NEW.cap_fen, NEW.made_by)
    IS DISTINCT FROM (OLD.kind, OLD.counted, OLD.each_fen, OLD.amount_fen, OLD.cap_fen, OLD.made_by) THEN
  RAISE EXCEPTION 'what was handed in for approval stands' USING ERRCODE = 'restrict_violation'; END IF;
 IF OLD.approved_by IS NOT NULL AND (NEW.approved_by, NEW.approved_at)
   IS DISTINCT FROM (OLD.approved_by, OLD.approved_at) THEN
  RAISE EXCEPTION 'who approved stands' USING ERRCODE = 'restrict_violation'; END IF;
 RETURN NEW; END $$;
CREATE TRIGGER handouts_frozen BEFORE UPDATE ON {ROW} FOR EACH ROW EXECUTE FUNCTION handouts_frozen();
"""
"""The roster and the sums stand from the day they are handed in; nothing is handed out but in between."""
UNDO = f"""
DROP TRIGGER handouts_frozen ON {ROW}; DROP FUNCTION handouts_frozen();
DROP TRIGGER handouts_row_while ON {LINE}; DROP FUNCTION handouts_row_while();
"""


class Migration(migrations.Migration):
    dependencies = [
        ("handouts", "0001_begins"),
        ("tree", "0002_guards"),
        ("kernel", "0010_journal_proves_itself"),
        ("payments", "0003_steps_and_warrants"),
        ("sympathy", "0002_guards"),
    ]
    operations = [
        copied_path(ROW, column="unit_id"),
        guard(ROW),
        guard_through(LINE, column="batch_id", parent=ROW),
        read_by_heirs(ROW),
        read_by_heirs(LINE, column="batch_id", parent=ROW),
        journal_of("handouts.batch", table=ROW),
        only_steps(ROW, BATCH, when={"closed": WHOLE, "settled": PAID}),
        migrations.RunSQL(LINES, UNDO),
        warranted("handouts.row", WARRANT, declare=f"one {LINE}%ROWTYPE; batch {ROW}%ROWTYPE;"),
    ]
