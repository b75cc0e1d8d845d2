"""慰问登记表, filled in from what is known."""

from datetime import datetime
from typing import TYPE_CHECKING

from django.db import transaction

from niangjia.kernel.access import EVERYWHERE, Actor
from niangjia.kernel.clock import SHANGHAI
from niangjia.kernel.errors import Refused
from niangjia.kernel.money import Yuan
from niangjia.kernel.reaching import beyond
from niangjia.kernel.words import listed, say
from niangjia.papers import actions as papers
from niangjia.papers import queries as issued
from niangjia.sympathy import queries, rules
from niangjia.sympathy.models import SympathyVisit
from niangjia.sympathy.permissions import Word
from niangjia.sympathy.rules import GIVEN, OCCASIONS, RECEIPTS, REGISTRATION

if TYPE_CHECKING:
    from niangjia.papers.models import Paper


@transaction.atomic
def issue_registration(*, visit_id: int, by: Actor, at: datetime) -> "Paper":
    """The paper of a visit that was made; issued anew, it stands in the place of the one before."""
    row = queries.visit_for(visit_id=visit_id, actor=by, word=Word.VISIT)
    by.require(Word.VISIT, at=row.path)
    if row.state not in GIVEN:
        raise Refused(say("慰问登记以后才能打印登记表。"))
    with beyond():
        values = _values(row)
        about = issued.papers_about(about_kind=rules.KIND, about_id=row.pk, scope=EVERYWHERE)
        old = about.filter(template=REGISTRATION.key, voided_at=None).first()
        if old is not None:
            reason = str(say("重新打印"))
            return papers.reissue(
                paper_id=old.pk, template=REGISTRATION, values=values, reason=reason, by=by, at=at
            )
        return papers.issue(
            template=REGISTRATION,
            values=values,
            about_kind=rules.KIND,
            about_id=row.pk,
            unit_id=row.unit_id,
            person_id=row.person_id,
            by=by,
            at=at,
        )


def _values(row: SympathyVisit) -> dict[str, object]:
    amount = Yuan(row.amount_fen)
    received = row.received_at.astimezone(SHANGHAI) if row.received_at else None
    return {
        "name": row.name,
        "unit": row.unit.name,
        "occasion": str(OCCASIONS[row.occasion]),
        "since": row.since,
        "on": row.visited_on,
        "visitors": str(listed([one.name for one in queries.visitors_of(visit=row)])),
        "gift": row.gift,
        "gift_value": Yuan(row.gift_fen),
        "amount": amount,
        "capital": amount.capital() if amount else "",
        "recipient": str(queries.recipient_said(row=row)),
        "receipt": str(RECEIPTS[row.receipt]),
        "received": f"{received:%Y-%m-%d %H:%M}" if received else "",
        "words": queries.words_of(visit=row, field="words"),
    }
