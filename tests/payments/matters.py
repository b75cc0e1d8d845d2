"""A kind of matter of the tests' own, registered as an app would: a table, and a warrant that reads it."""

from django.db import connection, connections

from niangjia.kernel.warranting import warranted

KIND = "test.matter"
NOT_APPROVED = "这件事还没有批准。请批准后再付款。"
APPROVED_IT = "批准人不能经手付款。请由其他同志办理。"
OTHER_SUM = "金额和批准的不一致。请核对。"
TABLE = """
CREATE TABLE test_matter (id bigint PRIMARY KEY, payee bigint NOT NULL, fen bigint NOT NULL,
 approved boolean NOT NULL, approver bigint);
"""
BODY = f"""
 SELECT * INTO one FROM test_matter WHERE id = about FOR SHARE;
 IF one.id IS NULL OR NOT one.approved OR one.payee <> warrant_test_matter.payee THEN
  RETURN '{NOT_APPROVED}'; END IF;
 IF one.fen <> warrant_test_matter.fen THEN RETURN '{OTHER_SUM}'; END IF;
 IF EXISTS (SELECT 1 FROM payments_paymentorder WHERE id = payment
  AND one.approver IN (maker, checker, sender)) THEN RETURN '{APPROVED_IT}'; END IF;
 RETURN '';
"""  # noqa: S608 - our own words


def register():
    """The owner registers the kind; the web role may write the matters, as an app's own actions would."""
    with connections["owner"].cursor() as cursor:
        cursor.execute("SELECT 1 FROM payments_warrant WHERE kind = %s", [KIND])
        if cursor.fetchone() is None:
            cursor.execute(TABLE)
            cursor.execute(warranted(KIND, BODY, declare="one test_matter%ROWTYPE;").sql)


def matter(number, *, payee, fen, approved=True, approver=None):
    """A matter stands as the tests say."""
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO test_matter VALUES (%s, %s, %s, %s, %s)"
            " ON CONFLICT (id) DO UPDATE SET approved = EXCLUDED.approved, approver = EXCLUDED.approver",
            [number, payee, fen, approved, approver],
        )
    return KIND, number
