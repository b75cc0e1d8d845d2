"""A person's accounts by their tails."""

from typing import TYPE_CHECKING

from django.urls import reverse

from niangjia.kernel.access import Scope
from niangjia.kernel.errors import NotVisible
from niangjia.kernel.money import Yuan
from niangjia.kernel.reaching import beyond
from niangjia.kernel.shapes import Cell, Column, Fact, Row, Table
from niangjia.kernel.words import Said, say
from niangjia.payments import queries as payments
from niangjia.payments import rules
from niangjia.people import queries as people

if TYPE_CHECKING:
    from niangjia.payments.models import BankAccount

SHOWN = 5
MOST_PAYMENTS = 50


def facts_of(*, person_id: int, reveals: bool = False) -> list[Fact]:
    """The account in use, then those before it; the caller has asked who may see the person."""
    with beyond():
        rows = list(payments.accounts_of(person_id=person_id)[:SHOWN])
    return [Fact(_term(one), _said(one), _href(one) if reveals else "") for one in rows]


def account_for(*, person_id: int, account_id: int, scope: Scope) -> "BankAccount":
    """An account of this person, whom the scope shows, or 404."""
    row = payments.account_for(account_id=account_id, scope=scope)
    if row.person_id not in people.records_of(person_id=person_id):
        raise NotVisible
    return row


def payments_of(*, person_id: int) -> Table:
    """What was paid to a person, as he may read it himself."""
    with beyond():
        rows = list(payments.paid_to(person_id=person_id).select_related("unit")[:MOST_PAYMENTS])
    columns = (
        Column(say("用途")),
        Column(say("金额"), right=True),
        Column(say("付款工会")),
        Column(say("付款日")),
        Column(say("状态")),
    )
    lines = [
        Row(
            [
                one.purpose,
                Yuan(one.amount_fen),
                one.unit.name,
                one.paid_on or "—",
                Cell(rules.LABELS[one.state], status=rules.STATUS.get(one.state, "now")),
            ]
        )
        for one in rows
    ]
    return Table(say("付给我的款项"), columns, lines, empty=say("还没有付给您的款项。"))


def _term(row: "BankAccount") -> Said:
    return say("现用账户") if row.ended_at is None else say("停用的账户")


def _said(row: "BankAccount") -> Said:
    relation = say(rules.RELATION_LABELS[rules.Relation(row.relation)])
    return say("{bank}，尾号 {tail}（{whose}）", bank=row.bank or "—", tail=row.tail or "—", whose=relation)


def _href(row: "BankAccount") -> str:
    return reverse("reveal-account", args=[row.person_id, row.pk])
