"""The books of a union that ends: empty before the day, ended on it (App. D 10)."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import Any

from niangjia.kernel.access import Actor
from niangjia.kernel.words import say
from niangjia.ledger import actions as ledger
from niangjia.ledger import queries as ledger_queries
from niangjia.ledger.permissions import Word
from niangjia.restructuring.rules import Hindrance, Plan


class Money:
    """What a union holds goes to its heir by transfer, with the audit report; then its books end."""

    label = say("账簿与资金")

    def check(self, *, plan: Plan, today: date) -> Sequence[Hindrance]:
        """A book that still holds money, or in which a voucher waits, is settled first."""
        return [
            Hindrance(
                say("“{title}”还有余额或待复核的凭证，请凭审计报告移交余额并办结凭证。", title=book.title),
                plan.target_id if plan.target_id and plan.target_id > 0 else book.unit_id,
                Word.HAND_OVER,
            )
            for book in ledger_queries.unsettled(unit_ids=plan.ends)
        ]

    def carry(self, *, plan: Plan, by: Actor, at: datetime) -> Mapping[str, Any]:
        """The empty books are ended; refused while one of them holds anything."""
        return {"books": ledger.end_books(unit_ids=plan.ends, on=plan.effective_on, by=by, at=at)}

    def undo(self, *, plan: Plan, facts: Mapping[str, Any], by: Actor, at: datetime) -> None:
        """The books go on."""
        ledger.reopen_books(book_ids=facts["books"], by=by, at=at)


MONEY = Money()
