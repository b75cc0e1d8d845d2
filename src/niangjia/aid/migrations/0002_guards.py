from django.db import migrations

from niangjia.aid.rules import APPLICATION
from niangjia.kernel.rls import copied_path, guard, journal_of, never_deleted
from niangjia.kernel.stepping import only_steps
from niangjia.kernel.warranting import warranted

ROW, ROUND = "aid_aidapplication", "aid_round"

VISITED = "aid_is_visited(NEW.household_id, NEW.campaign_id, NEW.created_at)"
CLEAR = "aid_round_is_clear(NEW.round_id)"
PAID = """EXISTS (SELECT 1 FROM payments_paymentorder AS o WHERE o.about_kind = 'aid.application'
 AND o.about_id = NEW.id AND o.state = 'paid' AND o.amount_fen = NEW.amount_fen AND o.payee_id = NEW.payee_id)"""

IS_VISITED = """
CREATE FUNCTION aid_is_visited(household bigint, campaign bigint, asked_at timestamptz) RETURNS boolean
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public AS $$
 SELECT visits_confirmed(household, campaign,
  CASE WHEN campaign IS NULL THEN asked_at - interval '5 years' END) $$;
"""
"""Visited in the campaign; outside of one at all lately: within how many months is policy, which SQL does not know."""

ROUND_IS_CLEAR = """
CREATE FUNCTION aid_round_is_clear(number bigint) RETURNS boolean LANGUAGE sql STABLE SECURITY DEFINER
SET search_path = pg_catalog, public AS $$
 SELECT EXISTS (SELECT 1 FROM notices_publicnotice AS n
  WHERE n.id = (SELECT max(m.id) FROM notices_publicnotice AS m WHERE m.about_kind = 'aid.round'
    AND m.about_id = number AND m.state <> 'withdrawn')
   AND n.state IN ('closed_clear', 'resolved')
   AND NOT EXISTS (SELECT 1 FROM notices_objection AS o WHERE o.notice_id = n.id AND o.outcome = '')
   AND (SELECT count(*) FROM notices_objection AS o WHERE o.notice_id = n.id AND o.outcome = 'upheld')
    <= (SELECT count(*) FROM aid_aidapplication AS a WHERE a.round_id = number AND a.objected)) $$;
"""
"""The notice has run its days, every objection is answered, and whoever it was upheld against is out (R-AID-11)."""

FROZEN = """
CREATE FUNCTION aid_granted_stands() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN
 IF OLD.state IN ('approved', 'paying', 'paid', 'confirmed', 'closed')
  AND NEW.state IN ('approved', 'paying', 'paid', 'confirmed', 'closed', 'refunded')
  AND (NEW.amount_fen, NEW.fund_id, NEW.household_id, NEW.campaign_id, NEW.round_id, NEW.decided_by, NEW.kind)
   IS DISTINCT FROM (OLD.amount_fen, OLD.fund_id, OLD.household_id, OLD.campaign_id, OLD.round_id,
    OLD.decided_by, OLD.kind) THEN
  RAISE EXCEPTION 'aid_aidapplication: what was granted stands' USING ERRCODE = 'check_violation'; END IF;
 RETURN NEW; END $$;
CREATE TRIGGER aid_granted_stands BEFORE UPDATE ON aid_aidapplication
 FOR EACH ROW EXECUTE FUNCTION aid_granted_stands();
"""

WARRANT = """
 SELECT * INTO one FROM aid_aidapplication WHERE id = about FOR UPDATE;
 IF one.id IS NULL OR one.state NOT IN ('approved', 'paying') THEN
  RETURN '这件帮扶申请还没有审批同意，不能付款。请先办完走访、公示和审批。'; END IF;
 IF one.payee_id <> payee OR one.amount_fen <> fen THEN
  RETURN '收款人或金额与审批的不一致，不能付款。请按审批的内容重新制单。'; END IF;
 IF NOT aid_is_visited(one.household_id, one.campaign_id, one.created_at) OR NOT aid_round_is_clear(one.round_id) THEN
  RETURN '走访或公示还不完整，不能付款。请先补齐走访记录、答复公示异议。'; END IF;
 IF EXISTS (SELECT 1 FROM payments_paymentorder AS o WHERE o.about_kind = 'aid.application' AND o.about_id = about
   AND o.id <> payment AND o.state NOT IN ('cancelled', 'refunded')) THEN
  RETURN '这件帮扶申请已有支付单，不能重复付款。请在原支付单上办理。'; END IF;
 IF EXISTS (SELECT 1 FROM payments_paymentorder AS o WHERE o.id = payment
   AND one.decided_by IN (o.maker, o.checker, o.sender)) THEN
  RETURN '审批人不能再经手付款。请由其他同志制单、复核、支付。'; END IF;
 RETURN '';
"""


class Migration(migrations.Migration):
    dependencies = [
        ("aid", "0001_begins"),
        ("tree", "0002_guards"),
        ("kernel", "0010_journal_proves_itself"),
        ("notices", "0002_guards"),
        ("visits", "0002_guards"),
        ("payments", "0003_steps_and_warrants"),
    ]
    operations = [
        copied_path(ROW, column="unit_id"),
        guard(ROW, own="payee_id"),
        copied_path(ROUND, column="unit_id"),
        guard(ROUND),
        journal_of("aid.application", table=ROW),
        migrations.RunSQL(IS_VISITED, "DROP FUNCTION aid_is_visited(bigint, bigint, timestamptz);"),
        migrations.RunSQL(ROUND_IS_CLEAR, "DROP FUNCTION aid_round_is_clear(bigint);"),
        only_steps(
            ROW,
            APPLICATION,
            when={
                "visited": VISITED,
                "reviewed": VISITED,
                "noticed": VISITED,
                "approved": f"{VISITED} AND {CLEAR}",
                "paying": f"{VISITED} AND {CLEAR}",
                "paid": PAID,
            },
        ),
        migrations.RunSQL(
            FROZEN, f"DROP TRIGGER aid_granted_stands ON {ROW}; DROP FUNCTION aid_granted_stands();"
        ),
        never_deleted(ROW),
        never_deleted(ROUND),
        warranted("aid.application", WARRANT, declare="one aid_aidapplication%ROWTYPE;"),
    ]
