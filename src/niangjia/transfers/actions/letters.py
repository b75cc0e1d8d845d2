"""The letter of introduction 转会介绍信, filled in from the register (R-G-07)."""

from datetime import datetime
from typing import TYPE_CHECKING

from niangjia.dues import queries as dues
from niangjia.kernel.access import SYSTEM, Actor
from niangjia.kernel.clock import day_of
from niangjia.kernel.identifiers import Sex
from niangjia.members import queries as members
from niangjia.members.rules import card_number
from niangjia.papers import actions as papers
from niangjia.papers.permissions import Word as PapersWord
from niangjia.people.rules import SEXES
from niangjia.transfers.models import Transfer
from niangjia.transfers.rules import KIND, LETTER

if TYPE_CHECKING:
    from niangjia.papers.models import Paper


def issue_letter(*, transfer: Transfer, by: Actor, at: datetime) -> "Paper":
    """The letter of the old union; whoever may transfer may have it printed."""
    row = members.counting_now(person_id=transfer.person_id, day=day_of(at))
    paid = dues.dues_paid_until(person_id=transfer.person_id)
    values = {
        "name": transfer.name,
        "sex": SEXES[Sex(row.sex)] if row and row.sex else "",
        "joined_on": row.joined_on if row else day_of(at),
        "card": card_number(transfer.person_id),
        "from_union": transfer.from_name,
        "to_union": transfer.to_name,
        "reason": transfer.reason,
        "dues": f"{paid.year}年{paid.month}月" if paid else "",
    }
    issuer = by if by.may(PapersWord.ISSUE, at=transfer.from_path) else SYSTEM
    return papers.issue(
        template=LETTER, values=values, about_kind=KIND, about_id=transfer.pk,
        unit_id=transfer.from_union_id, person_id=transfer.person_id, by=issuer, at=at,
    )  # fmt: skip
