"""Warrants: before money moves the database itself asks the matter it is paid for (R-AID-01, 11, 13).

An app that has people paid registers one function for its kind of matter, in a migration. The trigger on
payment orders calls it at every step that leads money on; the web role can neither change the function nor
the table that names it, so an order without a warrant is refused in plain SQL too.
"""

import re

from django.conf import settings
from django.db import migrations

TABLE = "payments_warrant"
REFUSED = "payment_warrant"
"""The name under which the database tells a warrant that was not given (`constraint_name` of the error)."""
_KIND = re.compile(r"[a-z]+\.[a-z_]+")

SIGNATURE = "about bigint, payee bigint, fen bigint, payment bigint"


def warranted(kind: str, body: str, *, declare: str = "") -> migrations.RunSQL:
    """Orders about `kind` may be paid as far as this plpgsql `body` returns an empty text; else the reason.

    The body knows `about` (the number of the matter), `payee` (a person), `fen`, and `payment`, the number of
    the order, whose row in `payments_paymentorder` stands already as it is to become: there are its maker,
    checker and sender, none of whom may have approved the matter. It reads every table, whoever asks. A
    reason is a Chinese sentence of the catalogue and says the next step. It is asked when an order is made,
    checked, sent and made anew; not when the bank tells what has happened, for that is a fact.

    >>> warranted("test.matter", "RETURN '';").sql.count("warrant_test_matter")
    2
    """
    if not _KIND.fullmatch(kind):
        message = f"{kind!r} is no kind of record"
        raise ValueError(message)
    name = f"warrant_{kind.replace('.', '_')}"
    head = f"DECLARE {declare}" if declare else ""
    return migrations.RunSQL(
        f"""
CREATE FUNCTION {name}({SIGNATURE}) RETURNS text LANGUAGE plpgsql VOLATILE SECURITY DEFINER
SET search_path = pg_catalog, public AS $$ {head} BEGIN {body} END $$;
REVOKE EXECUTE ON FUNCTION {name}({_TYPES}) FROM PUBLIC, {settings.DATABASES["default"]["USER"]};
INSERT INTO {TABLE} (kind, function) VALUES ('{kind}', '{name}');
""",  # noqa: S608 - words of a migration, checked above
        f"DELETE FROM {TABLE} WHERE kind = '{kind}'; DROP FUNCTION {name}({_TYPES});",  # noqa: S608
    )


_TYPES = "bigint, bigint, bigint, bigint"
