"""A list is taken back: whoever came on by it goes off again while nobody has worked with it."""

from dataclasses import dataclass
from datetime import datetime

from django.db import transaction

from niangjia.campaigns import rules
from niangjia.campaigns.actions.entering import BULK
from niangjia.campaigns.models import Mention, Target
from niangjia.campaigns.permissions import Word
from niangjia.campaigns.rules import Outcome, State
from niangjia.kernel import journal
from niangjia.kernel.access import Actor
from niangjia.kernel.reaching import beyond
from niangjia.kernel.words import Said, say
from niangjia.tasks import actions as tasks

WORKED_WITH = say("之后有人安排了走访或登记了结果，所以没有撤下。")
NAMED_AGAIN = say("之后另一份名单也列了这个人，所以没有撤下，只去掉了这份名单的记载。")
ENDED = say("行动已经不在进行中，所以没有撤下。")


@dataclass(frozen=True, slots=True)
class Listed:
    """What a list entered: the target, its version then, the list, whether it was new."""

    target_id: int
    version: int
    roll: str
    was_new: bool


@transaction.atomic
def withdraw_listed(*, listed: Listed, by: Actor, at: datetime, reason: str) -> Said | None:
    """The list no longer names the target, which is gone if nobody else knows it; or why it stays."""
    with beyond():
        found = Target.objects.select_for_update(of=("self",)).select_related("campaign")
        row = found.filter(pk=listed.target_id).first()
        if row is None or not by.may(Word.REPORT, at=row.path):
            return WORKED_WITH
        if row.campaign.state != State.RUNNING:
            return ENDED
        mine = Mention.objects.filter(target=row, roll=listed.roll)
        others = Mention.objects.filter(target=row).exclude(roll=listed.roll).exists()
        if not listed.was_new:
            mine.delete()
            return None
        if row.version != listed.version or row.outcome != Outcome.OPEN or row.holder_id or row.planned_on:
            return WORKED_WITH
        if others:
            mine.delete()
            return NAMED_AGAIN
        tasks.cancel(by=by, at=at, about=(rules.TARGET, row.pk), reason="撤回导入")
        told = {"target": row.pk, "unit": row.unit_id, "campaign": row.campaign_id, "reason": reason}
        row.delete()
        journal.record_rows("withdraw_targets", [told], by=by, at=at, kind=BULK)
    return None
