from django.db import migrations

from niangjia.kernel.rls import copied_path, guard, guard_through, journal_of, read_by_heirs
from niangjia.kernel.stepping import only_steps
from niangjia.kernel.warranting import warranted
from niangjia.sympathy.rules import warrants
from niangjia.sympathy.rules.flow import VISIT
from niangjia.sympathy.rules.goods import GOODS

ROW, WENT, GOODS_TABLE = "sympathy_sympathyvisit", "sympathy_visitor", "sympathy_goodsvoucher"

MADE = f"""NEW.visited_on IS NOT NULL AND NEW.recorded_by IS NOT NULL
 AND EXISTS (SELECT 1 FROM {WENT} WHERE visit_id = NEW.id)"""
"""A visit was made only where somebody went."""

SETTLED = f"""(NEW.amount_fen = 0 OR EXISTS (SELECT 1 FROM payments_paymentorder
  WHERE about_kind = 'sympathy.visit' AND about_id = NEW.id AND state = 'paid' AND amount_fen = NEW.amount_fen))
 AND (NEW.gift_fen = 0 OR EXISTS (SELECT 1 FROM {GOODS_TABLE} WHERE about_kind = 'sympathy.visit'
  AND about_id = NEW.id AND state = 'posted' AND amount_fen = NEW.gift_fen))"""
"""It is settled only where the order is paid and the goods are booked, to the fen."""

POSTED = """EXISTS (SELECT 1 FROM ledger_entry AS e JOIN ledger_posting AS p ON p.entry_id = e.id
 WHERE e.id = NEW.entry_id AND e.about_kind = NEW.about_kind AND e.about_id = NEW.about_id
  AND p.fund_id = NEW.fund_id AND p.fen = NEW.amount_fen)"""
"""A goods voucher is posted only by an entry about the same matter, for the same sum, of the same fund."""

FROZEN = f"""
CREATE FUNCTION sympathy_frozen() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN
 IF OLD.state IN ('done', 'settled') AND NEW.state IN ('done', 'settled')
   AND (NEW.occasion, NEW.since, NEW.visited_on, NEW.gift_fen, NEW.amount_fen, NEW.cap_fen)
    IS DISTINCT FROM (OLD.occasion, OLD.since, OLD.visited_on, OLD.gift_fen, OLD.amount_fen, OLD.cap_fen) THEN
  RAISE EXCEPTION 'what was given stands until the visit is taken back' USING ERRCODE = 'restrict_violation';
 END IF;
 RETURN NEW; END $$;
CREATE TRIGGER sympathy_frozen BEFORE UPDATE ON {ROW} FOR EACH ROW EXECUTE FUNCTION sympathy_frozen();
CREATE FUNCTION sympathy_goods_frozen() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN
 IF (NEW.about_kind, NEW.about_id, NEW.fund_id, NEW."on", NEW.amount_fen, NEW.made_by)
   IS DISTINCT FROM (OLD.about_kind, OLD.about_id, OLD.fund_id, OLD."on", OLD.amount_fen, OLD.made_by)
   OR (OLD.entry_id IS NOT NULL AND NEW.entry_id IS DISTINCT FROM OLD.entry_id) THEN
  RAISE EXCEPTION 'what was proposed stands' USING ERRCODE = 'restrict_violation'; END IF;
 RETURN NEW; END $$;
CREATE TRIGGER sympathy_goods_frozen BEFORE UPDATE ON {GOODS_TABLE}
 FOR EACH ROW EXECUTE FUNCTION sympathy_goods_frozen();
"""
THAWED = f"""
DROP TRIGGER sympathy_goods_frozen ON {GOODS_TABLE}; DROP FUNCTION sympathy_goods_frozen();
DROP TRIGGER sympathy_frozen ON {ROW}; DROP FUNCTION sympathy_frozen();
"""

WARRANT = f"""
 SELECT * INTO one FROM {ROW} WHERE id = about FOR SHARE;
 IF one.id IS NULL OR one.state <> 'done' THEN RETURN '{warrants.NOT_MADE.msgid}'; END IF;
 IF one.receipt = '' THEN RETURN '{warrants.NOT_RECEIVED.msgid}'; END IF;
 IF NOT EXISTS (SELECT 1 FROM people_person AS p JOIN people_person AS q ON q.id = one.recipient_id
   WHERE p.id = payee AND coalesce(p.merged_into_id, p.id) = coalesce(q.merged_into_id, q.id)) THEN
  RETURN '{warrants.OTHER_PAYEE.msgid}'; END IF;
 IF one.amount_fen <> fen OR fen <= 0 THEN RETURN '{warrants.OTHER_SUM.msgid}'; END IF;
 IF one.cap_fen IS NOT NULL AND fen > one.cap_fen THEN RETURN '{warrants.ABOVE_CAP.msgid}'; END IF;
 IF EXISTS (SELECT 1 FROM payments_paymentorder AS o WHERE o.id = payment
   AND one.recorded_by IN (o.maker, o.checker, o.sender)) THEN
  RETURN '{warrants.OWN_HANDS.msgid}'; END IF;
 RETURN '';
"""
"""Money only for a visit that was made and signed for, to the named person, not above the cap (R-AID-13, 15)."""


class Migration(migrations.Migration):
    dependencies = [
        ("sympathy", "0001_begins"),
        ("tree", "0002_guards"),
        ("kernel", "0010_journal_proves_itself"),
        ("payments", "0003_steps_and_warrants"),
        ("ledger", "0002_guards"),
    ]
    operations = [
        copied_path(ROW, column="unit_id"),
        guard(ROW, own="person_id"),
        guard_through(WENT, column="visit_id", parent=ROW),
        copied_path(GOODS_TABLE, column="unit_id"),
        guard(GOODS_TABLE),
        read_by_heirs(ROW),
        read_by_heirs(WENT, column="visit_id", parent=ROW),
        journal_of("sympathy.visit", table=ROW),
        only_steps(ROW, VISIT, when={"done": MADE, "settled": SETTLED}),
        only_steps(GOODS_TABLE, GOODS, when={"posted": POSTED}),
        migrations.RunSQL(FROZEN, THAWED),
        warranted("sympathy.visit", WARRANT, declare=f"one {ROW}%ROWTYPE;"),
    ]
