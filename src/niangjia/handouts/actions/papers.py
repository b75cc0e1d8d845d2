"""发放花名册, as the roster stands; printed before the handing out it has room for signatures."""

from datetime import datetime
from typing import TYPE_CHECKING

from django.db import transaction

from niangjia.accounts import queries as accounts
from niangjia.handouts import queries
from niangjia.handouts.models import HandoutBatch, HandoutRow
from niangjia.handouts.rules import KIND, KINDS, OUTCOMES, ROSTER, WAYS, Outcome, State
from niangjia.kernel.access import EVERYWHERE, Actor
from niangjia.kernel.clock import SHANGHAI
from niangjia.kernel.errors import Refused
from niangjia.kernel.money import Yuan
from niangjia.kernel.reaching import beyond
from niangjia.kernel.words import say
from niangjia.papers import actions as papers
from niangjia.papers import queries as issued
from niangjia.sympathy.permissions import Word
from niangjia.tree import queries as tree

if TYPE_CHECKING:
    from niangjia.papers.models import Paper


@transaction.atomic
def issue_roster(*, batch_id: int, by: Actor, at: datetime) -> "Paper":
    """The paper of a batch that was approved; issued anew, it stands in the place of the one before."""
    row = queries.batch_for(batch_id=batch_id, actor=by, word=Word.VISIT)
    by.require(Word.VISIT, at=row.path)
    if row.state not in {State.APPROVED, State.CLOSED, State.SETTLED}:
        raise Refused(say("批准以后才能打印发放花名册。"))
    with beyond():
        values = _values(row)
        about = issued.papers_about(about_kind=KIND, about_id=row.pk, scope=EVERYWHERE)
        old = about.filter(template=ROSTER.key, voided_at=None).first()
        if old is not None:
            reason = str(say("重新打印"))
            return papers.reissue(
                paper_id=old.pk, template=ROSTER, values=values, reason=reason, by=by, at=at
            )
        return papers.issue(
            template=ROSTER,
            values=values,
            about_kind=KIND,
            about_id=row.pk,
            unit_id=row.unit_id,
            by=by,
            at=at,
        )


def _values(row: HandoutBatch) -> dict[str, object]:
    tally = queries.tally_of(batch=row)
    each = Yuan(row.each_fen + row.amount_fen)
    total = each * (row.heads or 0) if row.counted else tally.total(each)
    count = say("{n} 人次", n=row.heads or 0) if row.counted else say("{n} 人", n=tally.persons.value)
    names = accounts.account_names(user_ids={row.made_by or 0, row.approved_by or 0})
    return {
        "name": row.name,
        "kind": str(KINDS[row.kind]),
        "unit": row.unit.name,
        "on": row.on,
        "site": row.site,
        "goods": row.goods,
        "each": Yuan(row.each_fen),
        "amount": Yuan(row.amount_fen),
        "count": str(count),
        "total": total,
        "capital": total.capital(),
        "made": names.get(row.made_by or 0, "—"),
        "approved": names.get(row.approved_by or 0, ""),
        "stock": str(queries.goods_of(batch=row, tally=tally).said) if row.left is not None else "",
        "rows": _rows(row),
    }


def _rows(row: HandoutBatch) -> list[list[str]]:
    found = list(queries.rows_of(batch=row))
    unions = tree.names_of(unit_ids={one.union_id for one in found if one.union_id})
    return [
        [str(place), one.name, unions.get(one.union_id or 0, ""), _receipt(one)]
        for place, one in enumerate(found, 1)
    ]


def _receipt(one: HandoutRow) -> str:
    if one.outcome == Outcome.OPEN:
        return ""
    if one.outcome == Outcome.MISSED or one.outcome_at is None:
        return f"{OUTCOMES[one.outcome]}：{one.reason}"
    proxy = str(say("，{name}代领", name=one.proxy)) if one.proxy else ""
    return f"{WAYS[one.way]}{proxy} {one.outcome_at.astimezone(SHANGHAI):%m-%d %H:%M}"
