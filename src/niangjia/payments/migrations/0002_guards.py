from django.db import migrations

from niangjia.kernel.rls import (
    OWN,
    RANGES,
    copied_path,
    guard,
    guard_through,
    journal_of,
    only_entered,
    read_by_heirs,
)

ORDER, BATCH, ACCOUNT = "payments_paymentorder", "payments_paymentbatch", "payments_bankaccount"
TRANSFER, READING = "payments_transfer", "payments_resultreading"

INSIDE = f"EXISTS (SELECT 1 FROM people_person AS p WHERE p.id = {ACCOUNT}.person_id AND {RANGES.format(path='p.path')})"
OWNED = f"{INSIDE} OR {OWN.format(column='person_id')}"

ACCOUNTS = f"""
ALTER TABLE {ACCOUNT} ENABLE ROW LEVEL SECURITY;
CREATE POLICY nj_read ON {ACCOUNT} FOR SELECT USING ({OWNED});
CREATE POLICY nj_insert ON {ACCOUNT} FOR INSERT WITH CHECK ({INSIDE});
CREATE POLICY nj_update ON {ACCOUNT} FOR UPDATE USING ({INSIDE}) WITH CHECK ({INSIDE});
CREATE POLICY nj_delete ON {ACCOUNT} FOR DELETE USING ({INSIDE});
CREATE FUNCTION nj_shows_{ACCOUNT}(object bigint) RETURNS boolean LANGUAGE plpgsql STABLE AS $$ BEGIN
 RETURN EXISTS (SELECT 1 FROM {ACCOUNT} WHERE id = object); END $$;
CREATE POLICY nj_of_{ACCOUNT} ON kernel_journalline FOR SELECT
 USING (kind = 'payments.bank_account' AND nj_shows_{ACCOUNT}(object_id));
"""
"""An account is seen by whoever keeps the person, and by the person; its journal by whoever sees it."""

ACCOUNTS_UNDO = f"""
DROP POLICY nj_of_{ACCOUNT} ON kernel_journalline; DROP FUNCTION nj_shows_{ACCOUNT}(bigint);
DROP POLICY nj_read ON {ACCOUNT}; DROP POLICY nj_insert ON {ACCOUNT}; DROP POLICY nj_update ON {ACCOUNT};
DROP POLICY nj_delete ON {ACCOUNT}; ALTER TABLE {ACCOUNT} DISABLE ROW LEVEL SECURITY;
"""


class Migration(migrations.Migration):
    dependencies = [
        ("payments", "0001_begins"),
        ("ledger", "0002_guards"),
        ("people", "0007_found_by_index"),
        ("kernel", "0010_journal_proves_itself"),
    ]
    operations = [
        copied_path(ORDER, column="unit_id"),
        copied_path(BATCH, column="unit_id"),
        guard(ORDER, own="payee_id"),
        guard(BATCH),
        guard_through(TRANSFER, column="order_id", parent=ORDER),
        guard_through(READING, column="batch_id", parent=BATCH),
        read_by_heirs(ORDER),
        read_by_heirs(BATCH),
        read_by_heirs(TRANSFER, column="order_id", parent=ORDER),
        read_by_heirs(READING, column="batch_id", parent=BATCH),
        migrations.RunSQL(ACCOUNTS, ACCOUNTS_UNDO),
        journal_of("payments.payment_order", table=ORDER),
        journal_of("payments.payment_batch", table=BATCH),
        only_entered("payments_warrant", by_owner=True),
    ]
