from django.conf import settings
from django.db import migrations

ORDER, TRANSFER = "payments_paymentorder", "payments_transfer"
BATCH, ACCOUNT, READING = "payments_paymentbatch", "payments_bankaccount", "payments_resultreading"
KIND = "payments.payment_order"

STEPS = (
    ("made", "checked"), ("made", "failed"), ("checked", "sent"), ("checked", "failed"), ("sent", "paid"),
    ("sent", "failed"), ("paid", "failed"), ("failed", "made"), ("paid", "refunded"), ("made", "cancelled"),
    ("failed", "cancelled"),
)  # fmt: skip
"""The workflow of a payment order as the database knows it; a test holds it against the table in the rules."""

PAIRS = ", ".join(f"('{source}', '{target}')" for source, target in STEPS)
SAFE = "LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public SET enable_seqscan = off AS $$"
"""Plans are kept: made while a table is small, they must not read it whole when it is large."""


def _no(words: str, name: str) -> str:
    return f"RAISE EXCEPTION '{words}' USING ERRCODE = 'restrict_violation', CONSTRAINT = '{name}';"


STEP = f"""
CREATE FUNCTION payments_order_step() RETURNS trigger {SAFE}
BEGIN
 IF TG_OP = 'INSERT' THEN
  IF NEW.state <> 'made' OR NEW.checker IS NOT NULL OR NEW.sender IS NOT NULL THEN
   {_no("an order begins when it is made", "payment_order_steps")} END IF;
  RETURN NEW;
 END IF;
 IF NEW.state <> OLD.state AND (OLD.state, NEW.state) NOT IN ({PAIRS}) THEN
  {_no("no step leads there", "payment_order_steps")} END IF;
 IF (NEW.unit_id, NEW.fund_id, NEW.payee_id, NEW.amount_fen, NEW.method, NEW.expense_code, NEW.purpose,
     NEW.about_kind, NEW.about_id)
   IS DISTINCT FROM (OLD.unit_id, OLD.fund_id, OLD.payee_id, OLD.amount_fen, OLD.method, OLD.expense_code,
     OLD.purpose, OLD.about_kind, OLD.about_id) THEN
  {_no("what is paid to whom for what never changes", "payment_order_frozen")} END IF;
 IF (NEW.account_id, NEW.maker, NEW.made_at) IS DISTINCT FROM (OLD.account_id, OLD.maker, OLD.made_at)
   AND NOT (OLD.state = 'failed' AND NEW.state = 'made') THEN
  {_no("account and maker change only where an order is made anew", "payment_order_frozen")} END IF;
 IF (NEW.checker, NEW.checked_at) IS DISTINCT FROM (OLD.checker, OLD.checked_at)
   AND NOT (NEW.state = 'checked' AND OLD.state = 'made') AND NOT (NEW.state = 'made' AND NEW.checker IS NULL) THEN
  {_no("who checked stands", "payment_order_frozen")} END IF;
 IF (NEW.sender, NEW.sent_at) IS DISTINCT FROM (OLD.sender, OLD.sent_at)
   AND NOT (NEW.state = 'sent' AND OLD.state = 'checked') AND NOT (NEW.state = 'made' AND NEW.sender IS NULL) THEN
  {_no("who sent stands", "payment_order_frozen")} END IF;
 RETURN NEW;
END $$;
CREATE TRIGGER payments_order_step BEFORE INSERT OR UPDATE ON {ORDER}
 FOR EACH ROW EXECUTE FUNCTION payments_order_step();
"""
"""An order goes the way of the workflow; payee, sum, fund and matter stand from the day it is made."""

WARRANT = f"""
CREATE FUNCTION payments_order_warranted() RETURNS trigger {SAFE}
DECLARE asked text; told text;
BEGIN
 IF TG_OP = 'UPDATE' AND (NEW.state = OLD.state OR NEW.state NOT IN ('made', 'checked', 'sent')) THEN
  RETURN NULL; END IF;
 IF EXISTS (SELECT 1 FROM accounts_user WHERE person_id = NEW.payee_id
   AND id IN (NEW.maker, NEW.checker, NEW.sender)) THEN
  {_no("nobody pays himself", "payment_order_recused")} END IF;
 IF NEW.method = 'bank' AND NOT EXISTS (SELECT 1 FROM {ACCOUNT} AS a JOIN people_person AS p ON p.id = a.person_id
   JOIN people_person AS q ON q.id = NEW.payee_id
   WHERE a.id = NEW.account_id AND a.ended_at IS NULL
    AND coalesce(p.merged_into_id, p.id) = coalesce(q.merged_into_id, q.id)) THEN
  {_no("the account is not the payee''s", "payment_order_account")} END IF;
 IF NOT EXISTS (SELECT 1 FROM ledger_fund AS f JOIN ledger_book AS b ON b.id = f.book_id
   WHERE f.id = NEW.fund_id AND b.unit_id = NEW.unit_id) THEN
  {_no("the fund is not of the paying union", "payment_order_fund")} END IF;
 IF TG_OP = 'INSERT' THEN PERFORM payments_fund_holds(NEW.fund_id); END IF;
 SELECT function INTO asked FROM payments_warrant WHERE kind = NEW.about_kind;
 IF asked IS NULL THEN
  {_no("nothing is paid for this kind of matter", "payment_warrant_unknown")} END IF;
 EXECUTE format('SELECT public.%I($1, $2, $3, $4)', asked) INTO told
  USING NEW.about_id, NEW.payee_id, NEW.amount_fen, NEW.id;
 IF told IS DISTINCT FROM '' THEN
  RAISE EXCEPTION '%', coalesce(told, 'no answer')
   USING ERRCODE = 'restrict_violation', CONSTRAINT = 'payment_warrant'; END IF;
 RETURN NULL;
END $$;
CREATE TRIGGER payments_order_warranted AFTER INSERT OR UPDATE ON {ORDER}
 FOR EACH ROW EXECUTE FUNCTION payments_order_warranted();
"""
"""Before money moves: nobody pays himself, the account is the payee's, the fund holds it, the matter warrants it."""

RESERVED = f"""
CREATE FUNCTION payments_fund_holds(of_fund bigint) RETURNS void {SAFE}
DECLARE held bigint; taken bigint;
BEGIN
 PERFORM 1 FROM ledger_fund WHERE id = of_fund AND restricted FOR NO KEY UPDATE;
 IF NOT FOUND THEN RETURN; END IF;
 SELECT coalesce(sum(b.fen), 0) INTO held FROM ledger_balance AS b WHERE b.fund_id = of_fund AND b.floor;
 SELECT coalesce(sum(amount_fen), 0) INTO taken FROM {ORDER}
  WHERE fund_id = of_fund AND state IN ('made', 'checked', 'sent', 'failed');
 IF taken > held THEN
  {_no("a restricted fund would promise more than it holds", "payment_fund_reserved")} END IF;
END $$;
REVOKE EXECUTE ON FUNCTION payments_fund_holds(bigint) FROM PUBLIC;
CREATE FUNCTION payments_fund_reserved() RETURNS trigger {SAFE}
BEGIN PERFORM payments_fund_holds(NEW.fund_id); RETURN NULL; END $$;
CREATE CONSTRAINT TRIGGER payments_fund_reserved AFTER UPDATE ON ledger_balance DEFERRABLE INITIALLY DEFERRED
 FOR EACH ROW WHEN (NEW.floor AND NEW.fen < OLD.fen) EXECUTE FUNCTION payments_fund_reserved();
"""
"""Open orders of a restricted fund never exceed what it holds, whoever else spends from it meanwhile."""

TRANSFERS = f"""
CREATE FUNCTION payments_transfer_step() RETURNS trigger {SAFE}
BEGIN
 IF TG_OP = 'INSERT' THEN
  IF NEW.outcome <> '' THEN {_no("an attempt begins open", "payment_transfer_steps")} END IF;
  RETURN NEW;
 END IF;
 IF NEW.outcome <> OLD.outcome
   AND (OLD.outcome, NEW.outcome) NOT IN (('', 'paid'), ('', 'failed'), ('paid', 'returned')) THEN
  {_no("an attempt comes to one end", "payment_transfer_steps")} END IF;
 IF (NEW.order_id, NEW.attempt, NEW.batch_id, NEW.line, NEW.account_id, NEW.amount_fen, NEW.sent_at,
     NEW.witness_one, NEW.witness_two)
   IS DISTINCT FROM (OLD.order_id, OLD.attempt, OLD.batch_id, OLD.line, OLD.account_id, OLD.amount_fen,
     OLD.sent_at, OLD.witness_one, OLD.witness_two)
   OR (OLD.entry_id IS NOT NULL AND NEW.entry_id IS DISTINCT FROM OLD.entry_id)
   OR (OLD.contra_id IS NOT NULL AND NEW.contra_id IS DISTINCT FROM OLD.contra_id) THEN
  {_no("an attempt is never rewritten", "payment_transfer_frozen")} END IF;
 RETURN NEW;
END $$;
CREATE TRIGGER payments_transfer_step BEFORE INSERT OR UPDATE ON {TRANSFER}
 FOR EACH ROW EXECUTE FUNCTION payments_transfer_step();
"""

WHOLE = f"""
CREATE FUNCTION payments_entry_pays(of_entry bigint, of_fund bigint, of_code text, sum_fen bigint) RETURNS boolean
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public AS $$
 SELECT count(*) = 2 AND bool_and(p.fund_id = of_fund)
  AND bool_or(a.code = of_code AND a.klass = 'expense' AND p.fen = sum_fen)
  AND bool_or(a.klass = 'asset' AND p.fen = -sum_fen)
 FROM ledger_posting AS p JOIN ledger_account AS a ON a.id = p.account_id WHERE p.entry_id = of_entry $$;
CREATE FUNCTION payments_require_whole(of_order bigint) RETURNS void {SAFE}
DECLARE one {ORDER}%ROWTYPE; open_ones int; paid_ones int; returned_ones int;
BEGIN
 SELECT * INTO one FROM {ORDER} WHERE id = of_order;
 SELECT count(*) FILTER (WHERE outcome = ''), count(*) FILTER (WHERE outcome = 'paid'),
  count(*) FILTER (WHERE outcome = 'returned') INTO open_ones, paid_ones, returned_ones
  FROM {TRANSFER} WHERE order_id = one.id;
 IF open_ones <> (one.state = 'sent')::int OR paid_ones <> (one.state = 'paid')::int
   OR (one.state = 'refunded' AND returned_ones = 0)
   OR EXISTS (SELECT 1 FROM {TRANSFER} WHERE order_id = one.id AND amount_fen <> one.amount_fen) THEN
  {_no("state and attempts of an order disagree", "payment_order_whole")} END IF;
 IF one.state = 'paid' AND one.method = 'cash' AND NOT EXISTS (SELECT 1 FROM papers_attachment
   WHERE about_kind = '{KIND}' AND about_id = one.id AND voided_at IS NULL AND kind IN ('photo', 'signed')) THEN
  {_no("cash needs a picture of its receipt", "payment_order_receipt")} END IF;
 IF EXISTS (SELECT 1 FROM {TRANSFER} AS t JOIN ledger_entry AS e ON e.id = t.entry_id
   WHERE t.order_id = one.id AND NOT (e.kind = 'payment' AND e.about_kind = '{KIND}' AND e.about_id = one.id
    AND payments_entry_pays(e.id, one.fund_id, one.expense_code, one.amount_fen)
    AND (SELECT max(c.id) FROM ledger_entry AS c WHERE c.contra_of_id = e.id) IS NOT DISTINCT FROM t.contra_id)) THEN
  {_no("the books do not say what the order says", "payment_order_booked")} END IF;
END $$;
REVOKE EXECUTE ON FUNCTION payments_entry_pays(bigint, bigint, text, bigint), payments_require_whole(bigint)
 FROM PUBLIC;
CREATE FUNCTION payments_order_whole() RETURNS trigger {SAFE}
BEGIN PERFORM payments_require_whole(NEW.id); RETURN NULL; END $$;
CREATE CONSTRAINT TRIGGER payments_order_whole AFTER INSERT OR UPDATE ON {ORDER} DEFERRABLE INITIALLY DEFERRED
 FOR EACH ROW EXECUTE FUNCTION payments_order_whole();
CREATE FUNCTION payments_transfer_whole() RETURNS trigger {SAFE}
BEGIN PERFORM payments_require_whole(NEW.order_id); RETURN NULL; END $$;
CREATE CONSTRAINT TRIGGER payments_transfer_whole AFTER INSERT OR UPDATE ON {TRANSFER}
 DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION payments_transfer_whole();
CREATE FUNCTION payments_entry_ordered() RETURNS trigger {SAFE}
DECLARE of_order bigint;
BEGIN
 IF NEW.kind = 'contra' THEN
  SELECT order_id INTO of_order FROM {TRANSFER} WHERE entry_id = NEW.contra_of_id;
  IF of_order IS NOT NULL THEN PERFORM payments_require_whole(of_order); END IF;
 ELSIF NEW.about_kind = '{KIND}' OR EXISTS (SELECT 1 FROM ledger_posting AS p JOIN ledger_account AS a
   ON a.id = p.account_id WHERE p.entry_id = NEW.id AND a.by_order AND p.fen > 0) THEN
  IF NOT EXISTS (SELECT 1 FROM {TRANSFER} WHERE entry_id = NEW.id AND order_id = NEW.about_id
    AND outcome IN ('paid', 'returned')) THEN
   {_no("this expense is paid by an order alone", "payment_entry_ordered")} END IF;
 END IF;
 RETURN NULL;
END $$;
CREATE CONSTRAINT TRIGGER payments_entry_ordered AFTER INSERT ON ledger_entry DEFERRABLE INITIALLY DEFERRED
 FOR EACH ROW WHEN (NEW.kind = 'contra' OR (NEW.kind = 'payment' AND NEW.about_id IS NOT NULL))
 EXECUTE FUNCTION payments_entry_ordered();
"""
"""At commit an order, its attempts and the books say the same; an expense by order has no other way.

The books hold a payment exactly once for an attempt that was paid, and its contra exactly where it came back.
"""

BLANKED = f"""
CREATE FUNCTION payments_account_kept() RETURNS trigger {SAFE}
BEGIN
 IF (NEW.person_id, NEW.guardian_id, NEW.compared, NEW.kept_by, NEW.kept_at)
   IS DISTINCT FROM (OLD.person_id, OLD.guardian_id, OLD.compared, OLD.kept_by, OLD.kept_at)
   OR (NEW.relation <> OLD.relation)
   OR (OLD.ended_at IS NOT NULL AND NEW.ended_at IS DISTINCT FROM OLD.ended_at)
   OR NEW.sealed NOT IN (OLD.sealed, '') OR NEW.blind NOT IN (OLD.blind, '') OR NEW.tail NOT IN (OLD.tail, '')
   OR NEW.bank NOT IN (OLD.bank, '') OR NEW.holder NOT IN (OLD.holder, '') OR NEW.basis NOT IN (OLD.basis, '') THEN
  {_no("an account is ended, never rewritten", "payment_account_frozen")} END IF;
 RETURN NEW;
END $$;
CREATE TRIGGER payments_account_kept BEFORE UPDATE ON {ACCOUNT}
 FOR EACH ROW EXECUTE FUNCTION payments_account_kept();
"""
"""Into which account something was paid stands for ever; only an erasure empties it."""

UNDO = f"""
DROP TRIGGER payments_account_kept ON {ACCOUNT}; DROP FUNCTION payments_account_kept();
DROP TRIGGER payments_entry_ordered ON ledger_entry; DROP FUNCTION payments_entry_ordered();
DROP TRIGGER payments_transfer_whole ON {TRANSFER}; DROP FUNCTION payments_transfer_whole();
DROP TRIGGER payments_order_whole ON {ORDER}; DROP FUNCTION payments_order_whole();
DROP FUNCTION payments_require_whole(bigint); DROP FUNCTION payments_entry_pays(bigint, bigint, text, bigint);
DROP TRIGGER payments_transfer_step ON {TRANSFER}; DROP FUNCTION payments_transfer_step();
DROP TRIGGER payments_order_warranted ON {ORDER}; DROP FUNCTION payments_order_warranted();
DROP TRIGGER payments_fund_reserved ON ledger_balance; DROP FUNCTION payments_fund_reserved();
DROP FUNCTION payments_fund_holds(bigint);
DROP TRIGGER payments_order_step ON {ORDER}; DROP FUNCTION payments_order_step();
"""


def _rights():
    """The web role deletes nothing, and of a batch it notes only when its file was fetched and when all is known."""
    role = settings.DATABASES["default"]["USER"]
    return migrations.RunSQL(
        f"""
REVOKE DELETE, TRUNCATE ON {ORDER}, {TRANSFER}, {BATCH}, {ACCOUNT}, {READING} FROM {role};
REVOKE UPDATE ON {BATCH}, {READING} FROM {role};
GRANT UPDATE (fetched_at, settled_at) ON {BATCH} TO {role};
""",
        f"GRANT UPDATE, DELETE ON {ORDER}, {TRANSFER}, {BATCH}, {ACCOUNT}, {READING} TO {role};",
    )


class Migration(migrations.Migration):
    dependencies = [
        ("payments", "0002_guards"),
        ("papers", "0003_read_by_heirs"),
        ("accounts", "0005_holders"),
    ]
    operations = [
        migrations.RunSQL(STEP + RESERVED + WARRANT + TRANSFERS + WHOLE + BLANKED, UNDO),
        _rights(),
    ]
