"""The same figures counted once more in plain SQL, over rows and dates: no roll-up, no query of the apps."""

from datetime import date
from typing import Any

from django.db import connection

STANDING = """FROM tree_placement AS p JOIN network_organisation AS o ON o.unit_id = p.unit_id
 WHERE p.since <= %(day)s AND (p.until IS NULL OR p.until > %(day)s)
 AND o.established_on <= %(day)s AND (o.closed_on IS NULL OR o.closed_on > %(day)s)
 AND starts_with(p.path, (SELECT q.path FROM tree_placement AS q WHERE q.unit_id = %(top)s
  AND q.since <= %(day)s AND (q.until IS NULL OR q.until > %(day)s)))"""
REACHED = f"""SELECT count(DISTINCT e.id) FROM network_coverage AS c
 JOIN network_employer AS e ON e.id = c.employer_id
 WHERE c.since <= %(day)s AND (c.until IS NULL OR c.until > %(day)s) AND e.kind = ANY (%(kinds)s)
 AND c.union_id IN (SELECT p.unit_id {STANDING})"""  # noqa: S608 - fixed text
HOLDS = "{0}.since <= %(day)s AND ({0}.until IS NULL OR {0}.until > %(day)s)"
ACTIVE = f"""SELECT count(DISTINCT m.person_id) FROM members_membership AS m
 WHERE m.counts AND m.state = 'active' AND {HOLDS.format("m")}"""  # noqa: S608 - fixed text
MEMBERS = f"{ACTIVE} AND m.union_id IN (SELECT p.unit_id {STANDING})"
MEMBERS_OF_MODE = f"""{ACTIVE} AND EXISTS (SELECT FROM tree_placement AS q JOIN tree_placement AS f
 ON starts_with(q.path, f.path) JOIN network_organisation AS g ON g.unit_id = f.unit_id AND g.mode = %(mode)s
 WHERE q.unit_id = m.union_id AND {HOLDS.format("q")} AND {HOLDS.format("f")}
 AND f.unit_id IN (SELECT p.unit_id {STANDING}))"""
CARDS = """SELECT k.federation_id, count(DISTINCT k.child_id) FILTER (WHERE k.part = 'N'),
 count(DISTINCT k.child_id) FILTER (WHERE k.part = 'X'), count(DISTINCT c.employer_id)
 FROM network_composition AS k LEFT JOIN network_coverage AS c ON c.union_id = k.child_id AND c.counts
  AND c.since <= %(day)s AND (c.until IS NULL OR c.until > %(day)s)
 WHERE k.since <= %(day)s AND (k.until IS NULL OR k.until > %(day)s) GROUP BY 1"""


def organisations(*, top: int, day: date, kind: str, mode: str = "") -> int:
    """Organisations of a kind, of one mode where one is named, at or under a unit on a day."""
    where = "AND o.kind = %(kind)s AND (%(mode)s = '' OR o.mode = %(mode)s)"
    return _number(f"SELECT count(*) {STANDING} {where}", top=top, day=day, kind=kind, mode=mode)


def employers(*, top: int, day: date, kinds: tuple[str, ...]) -> int:
    """Distinct employers that any union at or under a unit reaches on a day, each once."""
    return _number(REACHED, top=top, day=day, kinds=list(kinds))


def cards(*, day: date) -> dict[int, tuple[int, int, int]]:
    """N, X and employers of every federation on a day."""
    with connection.cursor() as cursor:
        cursor.execute(CARDS, {"day": day})
        return {row[0]: (row[1], row[2], row[3]) for row in cursor.fetchall()}


def members(*, top: int, day: date) -> int:
    """Distinct persons with an active counting membership at or under a unit on a day."""
    return _number(MEMBERS, top=top, day=day)


def members_of_mode(*, top: int, day: date, mode: str) -> int:
    """The same under the federations of one mode."""
    return _number(MEMBERS_OF_MODE, top=top, day=day, mode=mode)


def _number(sql: str, **values: Any) -> int:
    with connection.cursor() as cursor:
        cursor.execute(sql, values)
        return int(cursor.fetchone()[0])


def targets() -> int:
    """Whom any campaign was to reach."""
    return _number("SELECT count(*) FROM campaigns_target")


def visits() -> int:
    """Visits that stand, each once however often it was sent."""
    return _number("SELECT count(*) FROM visits_homevisit WHERE voided_at IS NULL")


def visited_households() -> int:
    """Households that two officers were at."""
    return _number("""SELECT count(DISTINCT household_id) FROM visits_homevisit AS v WHERE voided_at IS NULL
 AND (SELECT count(DISTINCT user_id) FROM visits_visitor AS o WHERE o.visit_id = v.id) >= 2""")


def households_paid() -> int:
    """Households to which a payment order was paid."""
    return _number("""SELECT count(DISTINCT a.household_id) FROM payments_paymentorder AS o
 JOIN aid_aidapplication AS a ON o.about_kind = 'aid.application' AND o.about_id = a.id
 WHERE o.state = 'paid'""")


def orders_paid() -> tuple[int, int]:
    """How many orders were paid, and their sum in fen: an order counts once, whatever its transfers met."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT count(*), coalesce(sum(amount_fen), 0) FROM payments_paymentorder WHERE state = 'paid'"
        )
        count, fen = cursor.fetchone()
    return int(count), int(fen)


def bank_account(*, book: int, code: str) -> int:
    """What stands on an account of a book, in fen."""
    return _number(
        """SELECT coalesce(sum(p.fen), 0) FROM ledger_posting AS p
 JOIN ledger_account AS a ON a.id = p.account_id WHERE a.book_id = %(book)s AND a.code = %(code)s""",
        book=book,
        code=code,
    )
